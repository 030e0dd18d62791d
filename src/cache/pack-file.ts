import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Tables } from './layout.ts';

/** One file of observations: tables shared by all entries, and the bytes of each entry. */
export interface Pack {
  readonly tables: Tables;
  readonly entries: ReadonlyMap<string, Uint8Array>;
}

const FORMAT = 'ai-deps-observations-1';
const DIGEST_LENGTH = 64;
const LARGEST_PACK = 256 << 20;
const PACKS_KEPT = 32;
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/** Reads a pack, or undefined where it is missing, damaged, not a plain file or somebody else's. */
export function readPack(folder: string, name: string): Pack | undefined {
  try {
    if (!isOwnFolder(folder)) return undefined;
    const descriptor = openSync(join(folder, name), constants.O_RDONLY | NO_FOLLOW | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile() || !isOwn(stats.uid) || stats.size > LARGEST_PACK) return undefined;
      return parsePack(readFileSync(descriptor));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // A cache that cannot be used is no cache: the run is only slower.
    return undefined;
  }
}

/** Writes a pack beside its place and moves it there in one step; gives up silently where that is not possible. */
export function writePack(folder: string, name: string, pack: Pack): void {
  const temporary = join(folder, `${randomUUID()}.tmp`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOwnFolder(folder)) return;
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;
    const descriptor = openSync(temporary, flags, 0o600);
    try {
      fchmodSync(descriptor, 0o600);
      for (const part of formatPack(pack)) writeAll(descriptor, part);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, join(folder, name));
    prune(folder);
  } catch {
    // Disk full or read-only: the next run starts cold, this one is not disturbed.
    removeQuietly(temporary);
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
}

/** Digest of the rest, length of the header, header, entries. */
function formatPack({ tables, entries }: Pack): readonly Uint8Array[] {
  const index = [...entries].map(([key, numbers]) => [key, numbers.length] as const);
  const header = JSON.stringify({ format: FORMAT, texts: tables.texts, shapes: tables.shapes, index });
  const head = Buffer.from(header, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const parts = [length, head, ...entries.values()];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return [Buffer.from(hash.digest('hex'), 'latin1'), ...parts];
}

function parsePack(bytes: Buffer): Pack | undefined {
  if (bytes.length < DIGEST_LENGTH + 4) return undefined;
  const digest = createHash('sha256').update(bytes.subarray(DIGEST_LENGTH)).digest('hex');
  if (digest !== bytes.toString('latin1', 0, DIGEST_LENGTH)) return undefined;
  const start = DIGEST_LENGTH + 4;
  const end = start + bytes.readUInt32LE(DIGEST_LENGTH);
  // The digest holds, so this is what formatPack wrote.
  const header = JSON.parse(bytes.toString('utf8', start, end)) as { format: string; index: [string, number][] } & Tables;
  if (header.format !== FORMAT) return undefined;
  const entries = new Map<string, Uint8Array>();
  let position = end;
  for (const [key, length] of header.index) {
    entries.set(key, bytes.subarray(position, position + length));
    position += length;
  }
  return { tables: { texts: header.texts, shapes: header.shapes }, entries };
}

/** Keeps the packs written last. */
function prune(folder: string): void {
  const names = readdirSync(folder).filter((name) => name.endsWith('.pack') || name.endsWith('.tmp'));
  if (names.length <= PACKS_KEPT) return;
  const aged = names.map((name) => ({ name, time: lstatSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }));
  aged.sort((a, b) => b.time - a.time || (a.name < b.name ? -1 : 1));
  for (const { name } of aged.slice(PACKS_KEPT)) removeQuietly(join(folder, name));
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Already gone, or never there.
  }
}

function isOwnFolder(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && isOwn(stats.uid);
}

/** Windows has no owner to compare. */
function isOwn(uid: number): boolean {
  return process.getuid === undefined || process.getuid() === uid;
}
