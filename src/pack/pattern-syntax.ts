/** A regular expression as a tree, in the part of the syntax that packs may use. */
export type PatternNode =
  /** One character out of a set: 128 ASCII codes, and index 128 for all others. `literal` where it is exactly one character. */
  | { readonly kind: 'set'; readonly codes: Uint8Array; readonly literal?: string }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly of: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly of: PatternNode; readonly min: number; readonly max: number };

/** Why a pattern is refused. */
export class PatternError extends Error {}

export const OTHER = 128;
const MAX_DEPTH = 30;
const MAX_LENGTH = 1500;
const EMPTY: PatternNode = { kind: 'sequence', items: [] };
const CLASSES: Readonly<Record<string, string>> = { d: '0-9', w: '0-9A-Z_a-z', s: ' \t\n\r\f\v' };
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', 0: '\0' };

interface Cursor {
  readonly text: string;
  at: number;
  depth: number;
}

/** Parses a pattern; throws a PatternError for what is broken or not allowed. */
export function parsePattern(text: string): PatternNode {
  if (text.length > MAX_LENGTH) throw new PatternError(`longer than ${MAX_LENGTH} characters`);
  const cursor: Cursor = { text, at: 0, depth: 0 };
  const node = parseChoice(cursor);
  if (cursor.at < text.length) throw new PatternError('a closing parenthesis too many');
  return node;
}

function parseChoice(cursor: Cursor): PatternNode {
  const of = [parseSequence(cursor)];
  while (cursor.text[cursor.at] === '|') {
    cursor.at += 1;
    of.push(parseSequence(cursor));
  }
  return of.length === 1 && of[0] ? of[0] : { kind: 'choice', of };
}

function parseSequence(cursor: Cursor): PatternNode {
  const items: PatternNode[] = [];
  for (;;) {
    const next = cursor.text[cursor.at];
    if (next === undefined || next === '|' || next === ')') break;
    items.push(parseRepeat(cursor, parseAtom(cursor)));
  }
  return items.length === 1 && items[0] ? items[0] : { kind: 'sequence', items };
}

function parseRepeat(cursor: Cursor, of: PatternNode): PatternNode {
  const match = /^(?:([*+?])|\{(\d{1,4})(?:(,)(\d{0,4}))?\})\??/.exec(cursor.text.slice(cursor.at, cursor.at + 14));
  if (!match) return of;
  cursor.at += match[0].length;
  if (match[1] !== undefined) {
    return { kind: 'repeat', of, min: match[1] === '+' ? 1 : 0, max: match[1] === '?' ? 1 : Number.POSITIVE_INFINITY };
  }
  const min = Number(match[2]);
  const max =
    match[3] === undefined ? min : match[4] === '' || match[4] === undefined ? Number.POSITIVE_INFINITY : Number(match[4]);
  return { kind: 'repeat', of, min, max };
}

function parseAtom(cursor: Cursor): PatternNode {
  const character = cursor.text[cursor.at] ?? '';
  cursor.at += 1;
  if (character === '(') return parseGroup(cursor);
  if (character === '[') return parseClass(cursor);
  if (character === '^' || character === '$') return EMPTY;
  if (character === '.') return { kind: 'set', codes: codesOf('\n\r', true) };
  if (character !== '\\') return literal(character);
  const escaped = cursor.text[cursor.at] ?? '';
  if (escaped === 'b' || escaped === 'B') {
    cursor.at += 1;
    return EMPTY;
  }
  return parseEscape(cursor);
}

function parseGroup(cursor: Cursor): PatternNode {
  const rest = cursor.text.slice(cursor.at, cursor.at + 60);
  if (/^\?<?[=!]/.test(rest)) throw new PatternError('look-around is not allowed');
  const head = /^\?(?::|<[A-Za-z]\w*>)/.exec(rest)?.[0] ?? '';
  if (rest.startsWith('?') && head === '') throw new PatternError('an unknown kind of group');
  cursor.at += head.length;
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) throw new PatternError('groups nested too deeply');
  const node = parseChoice(cursor);
  if (cursor.text[cursor.at] !== ')') throw new PatternError('a group is not closed');
  cursor.at += 1;
  cursor.depth -= 1;
  return node;
}

/** The cursor stands behind the backslash. */
function parseEscape(cursor: Cursor): PatternNode {
  const letter = cursor.text[cursor.at] ?? '';
  cursor.at += 1;
  const named = CLASSES[letter.toLowerCase()];
  if (named !== undefined && /[dwsDWS]/.test(letter))
    return { kind: 'set', codes: codesOf(named, letter !== letter.toLowerCase()) };
  if (/[1-9k]/.test(letter)) throw new PatternError('a back-reference is not allowed');
  const control = CONTROLS[letter];
  if (control !== undefined) return literal(control);
  const hex = /^x[0-9A-Fa-f]{2}|^u[0-9A-Fa-f]{4}/.exec(cursor.text.slice(cursor.at - 1, cursor.at + 4))?.[0];
  if (hex) {
    cursor.at += hex.length - 1;
    return literal(String.fromCharCode(Number.parseInt(hex.slice(1), 16)));
  }
  if (letter === '' || /[A-Za-z]/.test(letter)) throw new PatternError(`the escape \\${letter} means nothing here`);
  return literal(letter);
}

function parseClass(cursor: Cursor): PatternNode {
  const negated = cursor.text[cursor.at] === '^';
  if (negated) cursor.at += 1;
  const codes = new Uint8Array(OTHER + 1);
  let last: string | undefined;
  for (;;) {
    const character = cursor.text[cursor.at];
    if (character === undefined) throw new PatternError('a character class is not closed');
    cursor.at += 1;
    if (character === ']') break;
    if (character === '-' && last !== undefined && cursor.text[cursor.at] !== ']') {
      const end = classItem(cursor);
      if (end.literal === undefined || end.literal < last) throw new PatternError('a range in a character class is upside down');
      for (let code = last.charCodeAt(0); code <= end.literal.charCodeAt(0); code += 1) mark(codes, code);
      last = undefined;
      continue;
    }
    cursor.at -= 1;
    const item = classItem(cursor);
    for (let code = 0; code <= OTHER; code += 1) if (item.codes[code]) codes[code] = 1;
    last = item.literal;
  }
  return { kind: 'set', codes: negated ? codes.map((bit) => 1 - bit) : codes };
}

function classItem(cursor: Cursor): PatternNode & { kind: 'set' } {
  const character = cursor.text[cursor.at] ?? '';
  cursor.at += 1;
  if (character !== '\\') return literal(character);
  if (cursor.text[cursor.at] === 'b') {
    cursor.at += 1;
    return literal('\b');
  }
  const node = parseEscape(cursor);
  if (node.kind !== 'set') throw new PatternError('a group in a character class');
  return node;
}

function literal(character: string): PatternNode & { kind: 'set' } {
  const codes = new Uint8Array(OTHER + 1);
  // Patterns over model ids ignore case; to fold always is on the safe side for the checks.
  for (const variant of [character, character.toLowerCase(), character.toUpperCase()]) mark(codes, variant.charCodeAt(0));
  return { kind: 'set', codes, literal: character };
}

function mark(codes: Uint8Array, code: number): void {
  codes[Math.min(code, OTHER)] = 1;
}

/** Codes of a compact list such as `0-9A-Z_`; ranges by a dash between two characters. */
function codesOf(list: string, negated: boolean): Uint8Array {
  const codes = new Uint8Array(OTHER + 1);
  for (let index = 0; index < list.length; index += 1) {
    const ranged = list[index + 1] === '-' && index + 2 < list.length;
    const end = ranged ? list.charCodeAt(index + 2) : list.charCodeAt(index);
    for (let code = list.charCodeAt(index); code <= end; code += 1) mark(codes, code);
    if (ranged) index += 2;
  }
  return negated ? codes.map((bit) => 1 - bit) : codes;
}
