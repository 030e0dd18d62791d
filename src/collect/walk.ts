import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import type { Exclusions } from './exclusions.ts';
import type { FolderRules } from './folder-rules.ts';
import type { Ledger } from './ledger.ts';
import { faultOf } from './read-bytes.ts';

/** What the walk found: the regular files that nothing excludes, and the folders as they were. */
export interface Walked {
  readonly files: readonly string[];
  readonly folders: ReadonlyMap<string, FolderIdentity>;
}

/** Device and inode: the same again before its files are opened, or the folder was swapped. */
export interface FolderIdentity {
  readonly device: number;
  readonly inode: number;
}

interface Folder {
  readonly path: string;
  readonly depth: number;
  readonly rules: FolderRules;
}

const MOST_ENTRIES = 2_000_000;
const DEEPEST = 256;
const LONGEST_PATH = 4096;

/** Lists the tree below `root` with a stack of its own: no link is followed, no other file system entered. */
export function walk(root: string, exclusions: Exclusions, ledger: Ledger): Walked {
  const files: string[] = [];
  const folders = new Map<string, FolderIdentity>();
  const stack: Folder[] = [{ path: '', depth: 0, rules: exclusions.atRoot() }];
  let entries = 0;
  for (let folder = stack.pop(); folder !== undefined; folder = stack.pop()) {
    const listing = list(root, folder, { folders, ledger });
    if (listing === undefined) continue;
    entries += listing.length;
    if (entries > MOST_ENTRIES) {
      ledger.fail(folder.path || '.', 'too-many-entries');
      break;
    }
    const rules = exclusions.enter(folder.path, listing, folder.rules);
    if (rules === undefined) continue;
    for (const entry of listing) visit(entry, { path: childOf(folder.path, entry.name), depth: folder.depth + 1, rules });
  }
  return { files, folders };

  function visit(entry: Dirent, { path, depth, rules }: Folder): void {
    if (exclusions.leavesOut({ path, name: entry.name, isFolder: entry.isDirectory() }, rules)) return;
    const obstacle = obstacleTo(entry, path, depth);
    if (obstacle !== undefined) ledger.skip(path, obstacle);
    else if (entry.isDirectory()) stack.push({ path, depth, rules });
    else files.push(path);
  }
}

function childOf(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function obstacleTo(entry: Dirent, path: string, depth: number): string | undefined {
  if (entry.isSymbolicLink()) return 'symlink';
  if (!entry.isFile() && !entry.isDirectory()) return 'not-regular';
  if (path.length > LONGEST_PATH / 4 && Buffer.byteLength(path) > LONGEST_PATH) return 'path-too-long';
  return entry.isDirectory() && depth > DEEPEST ? 'too-deep' : undefined;
}

interface Listing {
  readonly folders: Map<string, FolderIdentity>;
  readonly ledger: Ledger;
}

function list(root: string, folder: Folder, { folders, ledger }: Listing): readonly Dirent[] | undefined {
  const absolute = folder.path === '' ? root : `${root}/${folder.path}`;
  try {
    const stats = lstatSync(absolute);
    if (!stats.isDirectory()) {
      ledger.fail(folder.path || '.', 'vanished');
      return undefined;
    }
    if (folder.path !== '' && stats.dev !== folders.get('')?.device) {
      ledger.skip(folder.path, 'other-filesystem');
      return undefined;
    }
    folders.set(folder.path, { device: stats.dev, inode: stats.ino });
    return legible(readdirSync(absolute, { withFileTypes: true }), { absolute, path: folder.path, ledger });
  } catch (error) {
    ledger.fail(folder.path || '.', faultOf(error));
    return undefined;
  }
}

interface Place {
  readonly absolute: string;
  readonly path: string;
  readonly ledger: Ledger;
}

/** Leaves out names that are no UTF-8: the text that stands for them opens nothing, or another file. */
function legible(entries: readonly Dirent[], { absolute, path, ledger }: Place): readonly Dirent[] {
  if (!entries.some((entry) => entry.name.includes('\ufffd'))) return entries;
  const illegible = new Set<string>();
  for (const name of readdirSync(absolute, { encoding: 'buffer' })) {
    const text = name.toString('utf8');
    if (Buffer.from(text, 'utf8').equals(name)) continue;
    illegible.add(text);
    ledger.skip(childOf(path, text), 'unreadable-name');
  }
  // A legible name that looks like an illegible one goes too: the entries cannot be told apart.
  return entries.filter((entry) => !illegible.has(entry.name));
}
