import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.ts';

/** Puts a whole file in place or leaves everything as it was. `shown` is how the user wrote the path. */
export function writeFileWhole(path: string, text: string, shown: string): void {
  refuseSpecial(path, shown);
  const draft = join(dirname(path), `.ai-deps-${randomBytes(8).toString('hex')}.tmp`);
  // In one go: while nothing is awaited no signal is handled, so an interrupted run leaves no draft behind.
  try {
    writeDraft(draft, text);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw writeError(error, shown);
  }
}

function writeDraft(draft: string, text: string): void {
  const file = openSync(draft, 'wx', 0o644);
  try {
    writeFileSync(file, text, 'utf8');
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A link could make us write anywhere, and a device cannot be replaced. */
function refuseSpecial(path: string, shown: string): void {
  const stats = statsOf(path);
  if (stats === undefined || stats.isFile()) return;
  const kind = stats.isSymbolicLink() ? 'a link' : stats.isDirectory() ? 'a folder' : 'no regular file';
  throw new UserError(`${shown}: is ${kind}, nothing was written there`, {
    hint: stats.isSymbolicLink() ? 'give the path it leads to, or - for stdout' : 'give the path of a file, or - for stdout',
  });
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    // Nothing there, or nothing that may be looked at: writing will tell.
    return undefined;
  }
}

const WORDS = new Map([
  ['ENOENT', ['the folder does not exist', 'make the folder first']],
  ['ENOTDIR', ['the folder does not exist', 'make the folder first']],
  ['ENOSPC', ['no space is left on the device', 'free some space, or write elsewhere']],
  ['EDQUOT', ['the disk quota is used up', 'free some space, or write elsewhere']],
  ['EACCES', ['the folder may not be written to', 'change its permissions, or write elsewhere']],
  ['EPERM', ['the folder may not be written to', 'change its permissions, or write elsewhere']],
  ['EROFS', ['the file system is read-only', 'write elsewhere']],
  ['ENAMETOOLONG', ['the name is too long', 'give a shorter one']],
] as const);

/** What went wrong with a report that could not be written, in words. */
export function writeError(error: unknown, shown: string): UserError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const [problem, hint] = new Map<string, readonly [string, string]>(WORDS).get(code) ?? [
    `could not be written (${code})`,
    'write elsewhere',
  ];
  return new UserError(`${shown}: ${problem}`, { hint });
}
