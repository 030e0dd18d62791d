import { type Dirent, lstatSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { compileIgnoreFile, type Entry, type IgnoreRules } from './ignore-rules.ts';
import type { Ledger } from './ledger.ts';
import type { ByteReader } from './read-bytes.ts';

/** The ignore files that hold in a folder, the strongest first. */
export type FolderRules = readonly ScopedRules[];

interface Scope {
  /** Path of the ignore file, relative to the root: it stands in the report. */
  readonly file: string;
  /** How many characters to cut off a path below the root, and what to put before it, to make it relative to the ignore file. */
  readonly cut: number;
  readonly prefix: string;
}

interface ScopedRules extends Scope {
  readonly rules: IgnoreRules;
}

/** Loads the ignore files that hold in the folders of one tree. */
export interface RuleLoader {
  /** What holds at the root from outside it. */
  aboveRoot(): FolderRules;
  /** What holds inside a folder: its own ignore files before the inherited ones. */
  inside(path: string, listing: readonly Dirent[], inherited: FolderRules): FolderRules;
}

/** The stronger one first. */
const IGNORE_FILES = ['.ai-depsignore', '.gitignore'] as const;
const IGNORE_FILE_CAP = 1 << 20;
const HIGHEST_PARENT = 64;

/** `read` opens ignore files as carefully as any other file of the tree. */
export function createRuleLoader(root: string, read: ByteReader, ledger: Ledger): RuleLoader {
  return {
    aboveRoot: () => repositoryRules(root, load),
    inside(path, listing, inherited) {
      const prefix = path === '' ? '' : `${path}/`;
      const present = IGNORE_FILES.filter((name) => listing.some((entry) => entry.name === name && entry.isFile()));
      const own = present.flatMap((name) =>
        load(`${root}/${prefix}${name}`, { file: prefix + name, cut: prefix.length, prefix: '' }),
      );
      return own.length === 0 ? inherited : [...own, ...inherited];
    },
  };

  function load(absolute: string, scope: Scope): FolderRules {
    const result = read(absolute, IGNORE_FILE_CAP);
    if (result.kind === 'fault') {
      ledger.note(scope.file, 'ignore-file', `not applied: ${result.reason}`);
      return [];
    }
    const { isCut, ...rules } = compileIgnoreFile(result.bytes.toString('utf8'));
    if (isCut)
      ledger.note(scope.file, 'ignore-file', 'longer than 5,000 patterns or 1,024 characters a line: the rest is not applied');
    return [{ ...scope, rules }];
  }
}

/** The ignore file that leaves the entry out; a negated pattern of a stronger file keeps it. */
export function ignoredBy(entry: Entry, rules: FolderRules): string | undefined {
  for (const { file, cut, prefix, rules: own } of rules) {
    // Most rules stand at the root: their paths need no change.
    const seenFromThere = cut === 0 && prefix === '' ? entry : { ...entry, path: prefix + entry.path.slice(cut) };
    const verdict = own.verdict(seenFromThere);
    if (verdict !== undefined) return verdict === 'ignored' ? file : undefined;
  }
  return undefined;
}

/**
 * Ignore files of the folders above the root, as far as its repository reaches, and the repository's `info/exclude`: a part
 * of a repository is audited with the same eyes as the whole. Without a repository, what lies above is none of our business.
 */
function repositoryRules(root: string, load: (absolute: string, scope: Scope) => FolderRules): FolderRules {
  const found: FolderRules[] = [];
  let folder = root;
  for (let height = 0; height < HIGHEST_PARENT; height++) {
    const up = '../'.repeat(height);
    const prefix = height === 0 ? '' : `${relative(folder, root).replaceAll('\\', '/')}/`;
    const names = height === 0 ? [] : IGNORE_FILES.filter((name) => typeOf(`${folder}/${name}`) === 'file');
    found.push(...names.map((name) => load(`${folder}/${name}`, { file: up + name, cut: 0, prefix })));
    if (typeOf(`${folder}/.git`) !== undefined) {
      const exclude = '.git/info/exclude';
      // Each step is looked at without following a link.
      const isThere =
        typeOf(`${folder}/.git`) === 'folder' &&
        typeOf(`${folder}/.git/info`) === 'folder' &&
        typeOf(`${folder}/${exclude}`) === 'file';
      return [...found, isThere ? load(`${folder}/${exclude}`, { file: up + exclude, cut: 0, prefix }) : []].flat();
    }
    if (dirname(folder) === folder) break;
    folder = dirname(folder);
  }
  return [];
}

function typeOf(path: string): 'file' | 'folder' | 'other' | undefined {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  } catch {
    // A folder above the root that may not be looked into holds nothing for us.
    return undefined;
  }
}
