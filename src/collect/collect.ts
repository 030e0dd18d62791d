import { createHash } from 'node:crypto';
import { lstatSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { Collected } from '../model/collected.ts';
import { byCodePoint } from './code-point.ts';
import { createExclusions } from './exclusions.ts';
import { createRuleLoader } from './folder-rules.ts';
import { compileGlobs, type GlobSet } from './globs.ts';
import { createLedger } from './ledger.ts';
import { createByteReader } from './read-bytes.ts';
import { type Candidate, screen } from './screen.ts';
import { createSelector, type Selectable } from './select.ts';
import { createTexts } from './texts.ts';
import { walk } from './walk.ts';

export interface CollectOptions {
  readonly detectors: readonly Selectable[];
  /** Lower-case words of the catalog. */
  readonly words: readonly string[];
  /** Globs relative to the root; where there are any, nothing else is looked at. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** false: `.gitignore` and `.ai-depsignore` of the tree have no say. */
  readonly useIgnoreFiles: boolean;
  /** Environment files named by the user: read even where ignored. Relative to the root, or absolute. */
  readonly envFiles: readonly string[];
  /** Files this run writes: left out. Relative to the root, or absolute. */
  readonly outputs: readonly string[];
  /** Bytes of hits to keep in memory, so that they are read once. */
  readonly keepBytes?: number;
}

const KEEP_BYTES = 64 << 20;

/** Lists the tree, accounts for every entry, and reads once what a detector knows: which files hold a catalog word. */
export function collect(root: string, options: CollectOptions): Collected {
  const absolute = folderOf(root);
  const ledger = createLedger();
  const read = createByteReader();
  const toPath = (file: string) => pathBelow(absolute, root, file);
  const exclusions = createExclusions(
    {
      include: globsOf(options.include),
      exclude: globsOf(options.exclude),
      outputs: new Set(options.outputs.map(toPath)),
      ignoreFiles: options.useIgnoreFiles ? createRuleLoader(absolute, read, ledger) : undefined,
    },
    ledger,
  );
  const { files: walked, folders } = walk(absolute, exclusions, ledger);
  const withoutFile = ledger.entries();
  const envFiles = new Set(options.envFiles.map(toPath));
  for (const path of envFiles) requireFile(absolute, path);
  const paths = [...new Set([...walked, ...envFiles])].sort(byCodePoint);
  const texts = createTexts(absolute, options.keepBytes ?? KEEP_BYTES);
  const candidates = candidatesOf(paths, options.detectors, envFiles);
  const files = screen({ root: absolute, candidates, words: options.words, folders }, { read, ledger, texts });
  const known = new Set(paths);
  return {
    files,
    paths,
    discovered: paths.length + withoutFile,
    ...ledger.close(),
    treeDigest: digest(files.map(({ path, size, sha256 }) => `${path}\0${size}\0${sha256}\n`)),
    text: texts.of,
    has: (path) => known.has(path),
  };
}

function globsOf(globs: readonly string[] | undefined): GlobSet | undefined {
  return globs === undefined || globs.length === 0 ? undefined : compileGlobs(globs);
}

/** The real path of the root: a link to it is the user's own choice. */
function folderOf(root: string): string {
  const stats = statSync(root, { throwIfNoEntry: false });
  if (stats === undefined)
    throw new UserError(`${root}: no such folder`, { hint: 'name an existing folder, or "." for this one' });
  if (!stats.isDirectory()) throw new UserError(`${root}: is not a folder`, { hint: 'name the folder that holds the code' });
  return realpathSync(root);
}

function pathBelow(absolute: string, root: string, file: string): string {
  if (!isAbsolute(file)) return relative(absolute, resolve(absolute, file)).replaceAll('\\', '/');
  // The root may be named through a link, and then so may the file.
  const viaName = relative(resolve(root), file);
  return (viaName.startsWith('..') ? relative(absolute, file) : viaName).replaceAll('\\', '/');
}

function requireFile(root: string, path: string): void {
  const stats = lstatSync(resolve(root, path), { throwIfNoEntry: false });
  if (stats?.isFile() === true) return;
  throw new UserError(`--env-file ${path}: ${stats === undefined ? 'no such file' : 'is not a regular file'}`, {
    hint: 'paths are relative to the audited folder; links are not followed',
  });
}

function candidatesOf(
  paths: readonly string[],
  detectors: readonly Selectable[],
  envFiles: ReadonlySet<string>,
): readonly Candidate[] {
  const select = createSelector(detectors);
  const asEnvFile = select('.env');
  return paths.flatMap((path) => {
    const selection = envFiles.has(path) ? asEnvFile : select(path.slice(path.lastIndexOf('/') + 1));
    return selection === undefined ? [] : [{ path, ...selection }];
  });
}

function digest(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line);
  return hash.digest('hex');
}
