import type { Dirent } from 'node:fs';
import { type FolderRules, ignoredBy, type RuleLoader } from './folder-rules.ts';
import type { GlobSet } from './globs.ts';
import type { Entry } from './ignore-rules.ts';
import type { Ledger } from './ledger.ts';

/** Decides what the walk leaves out, and counts each exclusion under what caused it. */
export interface Exclusions {
  atRoot(): FolderRules;
  /** The rules inside a folder, or undefined where its contents show that it holds installed dependencies. */
  enter(path: string, listing: readonly Dirent[], inherited: FolderRules): FolderRules | undefined;
  leavesOut(entry: Entry, rules: FolderRules): boolean;
}

export interface ExclusionOptions {
  readonly include: GlobSet | undefined;
  readonly exclude: GlobSet | undefined;
  /** Paths of our own reports, relative to the root. */
  readonly outputs: ReadonlySet<string>;
  /** Absent: ignore files have no say. */
  readonly ignoreFiles: RuleLoader | undefined;
}

/** Folders that hold installed packages or caches of tools, never the project's own code. */
const CONVENTIONS: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.venv',
  'venv',
  'site-packages',
  '__pycache__',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.terraform',
  '.next',
  '.nuxt',
  '.svelte-kit',
  '.turbo',
  '.gradle',
  '.hg',
  '.svn',
]);

/** Files that give away a folder of installed packages under an ordinary name. */
const VENDOR_MARKERS: ReadonlySet<string> = new Set(['modules.txt', 'autoload.php']);
const VIRTUALENV_MARKER = 'pyvenv.cfg';

/** Asks in turn: convention, own outputs, the user's globs, ignore files. */
export function createExclusions(options: ExclusionOptions, ledger: Ledger): Exclusions {
  const { ignoreFiles } = options;
  return {
    atRoot: () => ignoreFiles?.aboveRoot() ?? [],
    enter(path, listing, inherited) {
      const convention = path === '' ? undefined : conventionInside(path, listing);
      if (convention === undefined) return ignoreFiles?.inside(path, listing, inherited) ?? inherited;
      ledger.exclude(convention);
      return undefined;
    },
    leavesOut(entry, rules) {
      if (entry.name === '.git') return true;
      const cause = causeOf(entry, options) ?? ignoredBy(entry, rules) ?? notIncluded(entry, options);
      if (cause !== undefined) ledger.exclude(cause);
      return cause !== undefined;
    },
  };
}

function causeOf({ path, name, isFolder }: Entry, { exclude, outputs }: ExclusionOptions): string | undefined {
  if (isFolder && CONVENTIONS.has(name)) return name;
  if (isFolder && /(^|\/)vendor\/bundle$/.test(path)) return 'vendor/bundle';
  if (outputs.has(path)) return 'output';
  return exclude?.matches(path, isFolder) === true ? 'exclude' : undefined;
}

function notIncluded({ path, isFolder }: Entry, { include }: ExclusionOptions): string | undefined {
  return include === undefined || isFolder || include.covers(path) ? undefined : 'include';
}

function conventionInside(path: string, listing: readonly Dirent[]): string | undefined {
  if (listing.some((entry) => entry.name === VIRTUALENV_MARKER)) return 'venv';
  const isVendor = /(^|\/)vendor$/.test(path);
  return isVendor && listing.some((entry) => VENDOR_MARKERS.has(entry.name)) ? 'vendor' : undefined;
}
