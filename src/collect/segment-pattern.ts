/** A glob over one path segment (`*`, `?`, `[…]`, `\x`), matched in time linear in pattern times name. */
export interface SegmentPattern {
  /** Two or more stars alone: any number of segments. */
  readonly isGlobstar: boolean;
  matches(name: string): boolean;
}

type Token = string | { readonly star: true } | { readonly accepts: (character: string) => boolean };

const SPECIAL = /[*?[\]\\]/;

/** Compiles one segment; a broken one matches nothing, as in git. */
export function compileSegment(source: string): SegmentPattern {
  const isGlobstar = /^\*\*+$/.test(source);
  return { isGlobstar, matches: matcherOf(source) };
}

/** Most lines of real ignore files are a plain name or `*.ext`: those need no walk over tokens. */
function matcherOf(source: string): (name: string) => boolean {
  if (!SPECIAL.test(source)) return (name) => name === source;
  const rest = source.slice(1);
  if (source.startsWith('*') && !SPECIAL.test(rest)) return (name) => name.endsWith(rest);
  const tokens = tokenize(source);
  if (tokens === undefined) return () => false;
  return (name) => matchGreedily(tokens.length, [...name], (index, character) => accepts(tokens[index], character));
}

/** What a step of the pattern makes of one item: eats it, is a star, or neither. */
export type Step = 'one' | 'star' | 'no';

/**
 * Matches items against a pattern with stars. On a mismatch only the last star has to be tried again, because an earlier
 * one can gain nothing that the last cannot, so a hostile pattern cannot make it exponential.
 */
export function matchGreedily<Item>(
  length: number,
  items: readonly Item[],
  step: (index: number, item: Item | undefined) => Step,
): boolean {
  let position = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < items.length) {
    const outcome = position < length ? step(position, items[at]) : 'no';
    if (outcome === 'star') {
      star = position++;
      resume = at;
    } else if (outcome === 'one') {
      position++;
      at++;
    } else if (star >= 0) {
      position = star + 1;
      at = ++resume;
    } else return false;
  }
  while (position < length && step(position, undefined) === 'star') position++;
  return position === length;
}

function accepts(token: Token | undefined, character: string | undefined): Step {
  if (token === undefined) return 'no';
  if (typeof token === 'string') return token === character ? 'one' : 'no';
  if ('star' in token) return 'star';
  return character !== undefined && token.accepts(character) ? 'one' : 'no';
}

/** undefined where the pattern is broken (open bracket, trailing backslash): git lets such a pattern match nothing. */
function tokenize(source: string): readonly Token[] | undefined {
  const characters = [...source];
  const tokens: Token[] = [];
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? '';
    if (character === '*') tokens.push({ star: true });
    else if (character === '?') tokens.push({ accepts: () => true });
    else if (character === '\\') {
      const escaped = characters[++index];
      if (escaped === undefined) return undefined;
      tokens.push(escaped);
    } else if (character === '[') {
      const bracket = readBracket(characters, index + 1);
      if (bracket === undefined) return undefined;
      tokens.push({ accepts: bracket.accepts });
      index = bracket.end;
    } else tokens.push(character);
  }
  return tokens;
}

interface Bracket {
  readonly accepts: (character: string) => boolean;
  /** Index of the closing bracket. */
  readonly end: number;
}

function readBracket(characters: readonly string[], start: number): Bracket | undefined {
  let index = start;
  const isNegated = characters[index] === '!' || characters[index] === '^';
  if (isNegated) index++;
  const members: ((character: string) => boolean)[] = [];
  for (let isFirst = true; isFirst || characters[index] !== ']'; isFirst = false) {
    const named = namedClass(characters, index);
    if (named !== undefined) {
      members.push(named.accepts);
      index = named.end + 1;
      continue;
    }
    const low = bracketCharacter(characters, index);
    if (low === undefined) return undefined;
    index = low.next;
    const isRange = characters[index] === '-' && characters[index + 1] !== ']' && characters[index + 1] !== undefined;
    const high = isRange ? bracketCharacter(characters, index + 1) : low;
    if (high === undefined) return undefined;
    index = high.next;
    members.push((character) => character >= low.character && character <= high.character);
  }
  return { accepts: (character) => members.some((member) => member(character)) !== isNegated, end: index };
}

function bracketCharacter(characters: readonly string[], index: number): { character: string; next: number } | undefined {
  const position = characters[index] === '\\' ? index + 1 : index;
  const character = characters[position];
  return character === undefined ? undefined : { character, next: position + 1 };
}

const NAMED: Readonly<Record<string, RegExp>> = {
  alnum: /[a-z0-9]/i,
  alpha: /[a-z]/i,
  blank: /[ \t]/,
  digit: /[0-9]/,
  lower: /[a-z]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /\s/,
  upper: /[A-Z]/,
  xdigit: /[0-9a-f]/i,
};

function namedClass(characters: readonly string[], index: number): Bracket | undefined {
  if (characters[index] !== '[' || characters[index + 1] !== ':') return undefined;
  const end = characters.indexOf(']', index + 2);
  if (end < 0 || characters[end - 1] !== ':') return undefined;
  const name = characters.slice(index + 2, end - 1).join('');
  const pattern = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  return { accepts: (character) => pattern?.test(character) === true, end };
}
