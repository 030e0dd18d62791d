import { UserError } from '../errors.ts';
import { compileRules, type IgnoreRules } from './ignore-rules.ts';

/** Tells whether the user's globs take a path in. */
export interface GlobSet {
  /** The entry itself matches. */
  matches(path: string, isFolder: boolean): boolean;
  /** The entry or a folder it lies in matches. */
  covers(path: string): boolean;
}

const MOST_ALTERNATIVES = 1000;

/** Compiles the globs of `include` and `exclude`: `src/**`, `*.test.ts`, `**\/*.{ts,py}`; without a slash they match at any depth. */
export function compileGlobs(globs: readonly string[]): GlobSet {
  const rules = compileRules(globs.flatMap(expandBraces).map((glob) => glob.replace(/^\.\//, '')));
  return { matches: (path, isFolder) => isIgnored(rules, path, isFolder), covers: (path) => covers(rules, path) };
}

function isIgnored(rules: IgnoreRules, path: string, isFolder: boolean): boolean {
  return rules.verdict({ path, name: path.slice(path.lastIndexOf('/') + 1), isFolder }) === 'ignored';
}

function covers(rules: IgnoreRules, path: string): boolean {
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    if (isIgnored(rules, path.slice(0, slash), true)) return true;
  }
  return isIgnored(rules, path, false);
}

/** `a.{ts,py}` -> `a.ts`, `a.py`; braces may nest. */
function expandBraces(glob: string): readonly string[] {
  const done: string[] = [];
  const open = [glob];
  while (open.length > 0) {
    if (open.length + done.length > MOST_ALTERNATIVES) {
      throw new UserError(`glob "${glob}" stands for more than ${MOST_ALTERNATIVES} patterns`, {
        hint: 'write several shorter globs',
      });
    }
    const next = open.pop() ?? '';
    // The innermost pair first: what is inside it has no braces of its own.
    const pair = /\{([^{}]*,[^{}]*)\}/.exec(next);
    if (pair === null) done.push(next);
    else
      for (const choice of (pair[1] ?? '').split(','))
        open.push(next.slice(0, pair.index) + choice + next.slice(pair.index + pair[0].length));
  }
  return done;
}
