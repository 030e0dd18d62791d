import { compileSegment, matchGreedily, type SegmentPattern } from './segment-pattern.ts';

/** The rules of one ignore file, in the grammar of https://git-scm.com/docs/gitignore. */
export interface IgnoreRules {
  /** What the last matching rule says of an entry; undefined where none matches. `path` is relative to the file's folder. */
  verdict(entry: Entry): 'ignored' | 'kept' | undefined;
}

export interface Entry {
  readonly path: string;
  readonly name: string;
  readonly isFolder: boolean;
}

interface Rule {
  readonly isNegated: boolean;
  readonly foldersOnly: boolean;
  /** One segment matches names at any depth, more match the whole path. */
  readonly segments: readonly SegmentPattern[];
  readonly isAnchored: boolean;
}

/** Beyond these a file is no ignore file but an attack on the walk's time; the lines over the limit are not applied. */
const MOST_LINES = 5000;
const LONGEST_LINE = 1024;

/** Compiles an ignore file. `isCut` tells that lines over the limits were left out. */
export function compileIgnoreFile(text: string): IgnoreRules & { readonly isCut: boolean } {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const patterns = lines.map(patternOf).filter((pattern) => pattern !== '' && !pattern.startsWith('#'));
  const usable = patterns.slice(0, MOST_LINES).filter((pattern) => pattern.length <= LONGEST_LINE);
  return { ...compileRules(usable), isCut: usable.length < patterns.length };
}

/** Compiles patterns that are already separated: no comments, no trailing blanks. */
export function compileRules(patterns: readonly string[]): IgnoreRules {
  const rules = patterns.map(compileRule).filter((rule) => rule !== undefined);
  return {
    verdict(entry) {
      let segments: readonly string[] | undefined;
      for (let index = rules.length - 1; index >= 0; index--) {
        const rule = rules[index];
        if (rule === undefined || (rule.foldersOnly && !entry.isFolder)) continue;
        if (rule.isAnchored) segments ??= entry.path.split('/');
        const matches = rule.isAnchored ? matchPath(rule.segments, segments ?? []) : rule.segments[0]?.matches(entry.name);
        if (matches === true) return rule.isNegated ? 'kept' : 'ignored';
      }
      return undefined;
    },
  };
}

/** Drops the carriage return and the trailing blanks, except an escaped one. */
function patternOf(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  let end = text.length;
  while (end > 0 && text[end - 1] === ' ' && !isEscaped(text, end - 1)) end--;
  return text.slice(0, end);
}

function isEscaped(text: string, index: number): boolean {
  let backslashes = 0;
  while (text[index - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

function compileRule(pattern: string): Rule | undefined {
  const isNegated = pattern.startsWith('!');
  let body = isNegated ? pattern.slice(1) : pattern;
  const foldersOnly = body.endsWith('/');
  if (foldersOnly) body = body.slice(0, -1);
  if (body === '') return undefined;
  const isAnchored = body.includes('/');
  const parts = isAnchored ? splitSegments(body.startsWith('/') ? body.slice(1) : body) : [body];
  const segments = parts.map(compileSegment);
  // A trailing `/**` stands for what is inside, not for the folder itself: at least one segment.
  if (isAnchored && segments.at(-1)?.isGlobstar === true) segments.push(compileSegment('*'));
  return { isNegated, foldersOnly, isAnchored, segments };
}

/** Splits at slashes, but not inside brackets: there a slash is a member that no name can hold. */
function splitSegments(body: string): readonly string[] {
  const segments: string[] = [];
  let start = 0;
  for (let index = 0; index < body.length; index++) {
    if (body[index] === '\\') index++;
    else if (body[index] === '[') index = Math.max(index, body.indexOf(']', index + 2));
    else if (body[index] === '/') {
      segments.push(body.slice(start, index));
      start = index + 1;
    }
  }
  segments.push(body.slice(start));
  return segments;
}

function matchPath(pattern: readonly SegmentPattern[], path: readonly string[]): boolean {
  return matchGreedily(pattern.length, path, (index, name) => {
    const segment = pattern[index];
    if (segment?.isGlobstar === true) return 'star';
    return name !== undefined && segment?.matches(name) === true ? 'one' : 'no';
  });
}
