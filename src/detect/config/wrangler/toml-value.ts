import type { Entry, Expr } from '../../../model/source.ts';
import type { SpanOf } from '../../../parse/position.ts';

/** Where the reader stands. */
export interface TomlCursor {
  readonly text: string;
  readonly spanOf: SpanOf;
  offset: number;
}

/** Lists and inline tables inside each other. */
const MAX_NESTING = 60;

const BLANK = /(?:[^\S\r\n]|#[^\r\n]*)*/y;
const BLANK_LINES = /(?:\s|#[^\r\n]*)*/y;
const BARE_KEY = /[\w-]+/y;
const BARE_VALUE = /[\w.:+-]+(?: \d[\d:.]*[\w:+-]*)?/y;
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r' };

/** Skips blanks and comments, and line ends where they mean nothing. */
export function skipBlank(cursor: TomlCursor, overLines: boolean): void {
  const blank = overLines ? BLANK_LINES : BLANK;
  blank.lastIndex = cursor.offset;
  blank.exec(cursor.text);
  cursor.offset = Math.max(cursor.offset, blank.lastIndex);
}

/** A dotted key; empty where none stands. Leaves the cursor behind the blanks that follow. */
export function readKey(cursor: TomlCursor): readonly string[] {
  const path: string[] = [];
  do {
    if (path.length > 0) cursor.offset++;
    skipBlank(cursor, false);
    const part = readPart(cursor);
    if (part === undefined) return [];
    path.push(part);
    skipBlank(cursor, false);
  } while (cursor.text[cursor.offset] === '.');
  return path;
}

function readPart(cursor: TomlCursor): string | undefined {
  const quote = cursor.text[cursor.offset];
  if (quote === '"' || quote === "'") return readQuoted(cursor, quote);
  return take(cursor, BARE_KEY);
}

/** The value at the cursor; undefined where none can be read. */
export function readValue(cursor: TomlCursor, depth: number, tooDeep: () => void): Expr | undefined {
  skipBlank(cursor, false);
  const start = cursor.offset;
  const first = cursor.text[start];
  if ((first === '[' || first === '{') && depth >= MAX_NESTING) {
    tooDeep();
    return undefined;
  }
  if (first === '[') return readList(cursor, depth, tooDeep);
  if (first === '{') return readInlineTable(cursor, depth, tooDeep);
  const text = first === '"' || first === "'" ? readText(cursor, first) : undefined;
  if (first === '"' || first === "'") {
    return text === undefined ? undefined : { kind: 'text', text, at: cursor.spanOf(start, cursor.offset) };
  }
  const bare = take(cursor, BARE_VALUE);
  return bare === undefined ? undefined : bareValue(bare, cursor, start);
}

function bareValue(bare: string, cursor: TomlCursor, start: number): Expr {
  const at = cursor.spanOf(start, cursor.offset);
  if (bare === 'true' || bare === 'false') return { kind: 'constant', value: bare === 'true', at };
  const number = Number(bare.replaceAll('_', ''));
  return Number.isFinite(number) ? { kind: 'constant', value: number, at } : { kind: 'text', text: bare, at };
}

function readText(cursor: TomlCursor, quote: '"' | "'"): string | undefined {
  const triple = quote.repeat(3);
  if (!cursor.text.startsWith(triple, cursor.offset)) return readQuoted(cursor, quote);
  const end = cursor.text.indexOf(triple, cursor.offset + 3);
  if (end < 0) return undefined;
  const inner = cursor.text.slice(cursor.offset + 3, end).replace(/^\r?\n/, '');
  cursor.offset = end + 3;
  return quote === '"' ? unescaped(inner.replace(/\\\s*\n\s*/g, '')) : inner;
}

function readQuoted(cursor: TomlCursor, quote: '"' | "'"): string | undefined {
  const inner = quote === '"' ? /"((?:[^"\\\r\n]|\\.)*)"/y : /'([^'\r\n]*)'/y;
  inner.lastIndex = cursor.offset;
  const match = inner.exec(cursor.text);
  if (!match) return undefined;
  cursor.offset = inner.lastIndex;
  return quote === '"' ? unescaped(match[1] ?? '') : match[1];
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short?: string, long?: string, letter = '') => {
    const code = short ?? long;
    if (code === undefined) return ESCAPES[letter] ?? letter;
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '';
  });
}

function readList(cursor: TomlCursor, depth: number, tooDeep: () => void): Expr | undefined {
  const start = cursor.offset++;
  const items: Expr[] = [];
  for (;;) {
    skipBlank(cursor, true);
    if (cursor.text[cursor.offset] === ']') break;
    const item = readValue(cursor, depth + 1, tooDeep);
    if (item === undefined) return undefined;
    items.push(item);
    skipBlank(cursor, true);
    if (cursor.text[cursor.offset] === ',') cursor.offset++;
    else if (cursor.text[cursor.offset] !== ']') return undefined;
  }
  cursor.offset++;
  return { kind: 'list', items, at: cursor.spanOf(start, cursor.offset) };
}

function readInlineTable(cursor: TomlCursor, depth: number, tooDeep: () => void): Expr | undefined {
  const start = cursor.offset++;
  const entries: Entry[] = [];
  for (;;) {
    skipBlank(cursor, true);
    if (cursor.text[cursor.offset] === '}') break;
    const from = cursor.offset;
    const path = readKey(cursor);
    if (path.length === 0 || cursor.text[cursor.offset] !== '=') return undefined;
    cursor.offset++;
    const value = readValue(cursor, depth + 1, tooDeep);
    if (value === undefined) return undefined;
    // A dotted key inside an inline table is rare; its whole path is its key.
    entries.push({ key: path.join('.'), value, at: cursor.spanOf(from, cursor.offset) });
    skipBlank(cursor, true);
    if (cursor.text[cursor.offset] === ',') cursor.offset++;
    else if (cursor.text[cursor.offset] !== '}') return undefined;
  }
  cursor.offset++;
  return { kind: 'record', entries, open: false, at: cursor.spanOf(start, cursor.offset) };
}

function take(cursor: TomlCursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.offset;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.offset = pattern.lastIndex;
  return found;
}
