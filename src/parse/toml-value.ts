import type { Entry, Expr } from '../model/source.ts';
import { type Complaints, LIMITS, MAX_DEPTH, MAX_NODES } from './parsed.ts';
import type { SpanOf } from './position.ts';

const BARE = /[A-Za-z0-9_-]+/y;
const NUMBER = /[+-]?(?:0[xob][\dA-Fa-f_]+|(?:inf|nan)|\d[\d_]*(?:\.[\d_]+)?(?:[eE][+-]?[\d_]+)?)(?![\w:-])/y;
/** Dates and times, and whatever else stands where a value should. */
const OTHER = /[^\s,\]}#]+(?: \d\d:[^\s,\]}#]+)?/y;
const ESCAPE = /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|(\r?\n\s*)|([\s\S]))/g;
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
]);

/** The text of a TOML file and how far it was read. */
export interface TomlReader {
  readonly text: string;
  readonly spanOf: SpanOf;
  readonly complaints: Complaints;
  offset: number;
  nodes: number;
}

/** One part of a dotted key. */
export interface TomlKey {
  readonly text: string;
  readonly start: number;
}

/** Passes over blanks, and over line ends and comments where they mean nothing. */
export function skipBlank(reader: TomlReader, overLines: boolean): void {
  const { text } = reader;
  for (;;) {
    const sign = text[reader.offset];
    if (sign === ' ' || sign === '\t' || (overLines && (sign === '\n' || sign === '\r'))) reader.offset++;
    else if (overLines && sign === '#') skipLine(reader);
    else return;
  }
}

/** Goes to the end of the line. */
export function skipLine(reader: TomlReader): void {
  const end = reader.text.indexOf('\n', reader.offset);
  reader.offset = end < 0 ? reader.text.length : end;
}

/** Says that something here is no TOML. */
export function complain(reader: TomlReader): void {
  const at = reader.spanOf(reader.offset, reader.offset);
  reader.complaints.add({ reason: 'syntax-error', message: 'no valid TOML here; what could be read was kept', at });
}

/** A key, its dots taken apart; nothing where none stands. */
export function readKey(reader: TomlReader): readonly TomlKey[] {
  const parts: TomlKey[] = [];
  for (;;) {
    skipBlank(reader, false);
    const start = reader.offset;
    const part = keyPart(reader);
    if (part === undefined || parts.length > MAX_DEPTH) return [];
    parts.push({ text: part, start });
    skipBlank(reader, false);
    if (reader.text[reader.offset] !== '.') return parts;
    reader.offset++;
  }
}

function keyPart(reader: TomlReader): string | undefined {
  const sign = reader.text[reader.offset];
  if (sign === '"' || sign === "'") return readString(reader, sign);
  return take(reader, BARE);
}

/** The value at the offset; what cannot be read of it is unknown. */
export function readValue(reader: TomlReader, depth: number): Expr {
  const start = reader.offset;
  const sign = reader.text[start];
  if (++reader.nodes > MAX_NODES) return giveUp(reader, 'too-many-nodes');
  if (sign === '[' || sign === '{') {
    if (depth >= MAX_DEPTH) return giveUp(reader, 'too-deep');
    return sign === '[' ? readList(reader, depth) : readRecord(reader, depth);
  }
  if (sign === '"' || sign === "'") {
    const text = readString(reader, sign) ?? '';
    return { kind: 'text', text, at: reader.spanOf(start, reader.offset) };
  }
  return readWord(reader, start);
}

function readWord(reader: TomlReader, start: number): Expr {
  const number = take(reader, NUMBER);
  if (number !== undefined) {
    const value = Number(number.replaceAll('_', ''));
    return { kind: 'constant', value: Number.isFinite(value) ? value : 0, at: reader.spanOf(start, reader.offset) };
  }
  const word = take(reader, OTHER);
  const at = reader.spanOf(start, reader.offset);
  if (word === 'true' || word === 'false') return { kind: 'constant', value: word === 'true', at };
  if (word !== undefined && /^\d/.test(word)) return { kind: 'text', text: word, at };
  complain(reader);
  return { kind: 'unknown', why: 'syntax-error', at };
}

/** The rest of the file cannot be told apart any more. */
function giveUp(reader: TomlReader, reason: keyof typeof LIMITS): Expr {
  const at = reader.spanOf(reader.offset, reader.offset);
  reader.complaints.add({ reason, message: LIMITS[reason], at });
  reader.offset = reader.text.length;
  return { kind: 'unknown', why: reason, at };
}

function readList(reader: TomlReader, depth: number): Expr {
  const start = reader.offset++;
  const items: Expr[] = [];
  for (;;) {
    skipBlank(reader, true);
    if (closes(reader, ']')) break;
    items.push(readValue(reader, depth + 1));
    skipBlank(reader, true);
    if (reader.text[reader.offset] === ',') reader.offset++;
    else if (reader.text[reader.offset] !== ']') {
      complain(reader);
      break;
    }
  }
  return { kind: 'list', items, at: reader.spanOf(start, reader.offset) };
}

function readRecord(reader: TomlReader, depth: number): Expr {
  const start = reader.offset++;
  const entries: Entry[] = [];
  for (;;) {
    skipBlank(reader, true);
    if (closes(reader, '}')) break;
    const entry = readEntry(reader, depth + 1);
    if (entry) entries.push(entry);
    skipBlank(reader, true);
    if (entry && reader.text[reader.offset] === ',') reader.offset++;
    else if (!entry || reader.text[reader.offset] !== '}') {
      complain(reader);
      break;
    }
  }
  return { kind: 'record', entries, open: false, at: reader.spanOf(start, reader.offset) };
}

/** True behind the closing sign, and at the end of the text, where it is missing. */
function closes(reader: TomlReader, sign: string): boolean {
  if (reader.text[reader.offset] === sign) {
    reader.offset++;
    return true;
  }
  if (reader.offset < reader.text.length) return false;
  complain(reader);
  return true;
}

/** `a.b = value` inside braces: records inside records. */
function readEntry(reader: TomlReader, depth: number): Entry | undefined {
  const [first, ...rest] = readKey(reader);
  if (!first || reader.text[reader.offset] !== '=') return undefined;
  reader.offset++;
  skipBlank(reader, false);
  let value = readValue(reader, depth + rest.length);
  for (const part of rest.reverse()) {
    const at = reader.spanOf(part.start, reader.offset);
    value = { kind: 'record', entries: [{ key: part.text, value, at }], open: false, at };
  }
  return { key: first.text, value, at: reader.spanOf(first.start, reader.offset) };
}

/** A string of one line or, behind three quotes, of several; undefined where it does not end. */
function readString(reader: TomlReader, quote: string): string | undefined {
  const { text } = reader;
  const isLong = text.startsWith(quote.repeat(3), reader.offset);
  const mark = isLong ? quote.repeat(3) : quote;
  const start = reader.offset + mark.length;
  let end = text.indexOf(mark, start);
  while (quote === '"' && end > 0 && isEscaped(text, start, end)) end = text.indexOf(mark, end + 1);
  const line = isLong ? -1 : text.slice(start, end < 0 ? undefined : end).search(/[\r\n]/);
  if (end < 0 || line >= 0) {
    complain(reader);
    skipLine(reader);
    return undefined;
  }
  // Two quotes more may stand before the last three.
  while (isLong && text[end + 3] === quote) end++;
  reader.offset = end + mark.length;
  const inner = isLong ? text.slice(start, end).replace(/^\r?\n/, '') : text.slice(start, end);
  return quote === "'" ? inner : unescaped(inner);
}

function isEscaped(text: string, start: number, offset: number): boolean {
  let first = offset;
  while (first > start && text[first - 1] === '\\') first--;
  return (offset - first) % 2 === 1;
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (_whole: string, four?: string, eight?: string, line?: string, letter?: string) => {
    const code = four ?? eight;
    if (code !== undefined)
      return Number.parseInt(code, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(code, 16)) : '\uFFFD';
    return line === undefined ? (LETTERS.get(letter ?? '') ?? letter ?? '') : '';
  });
}

function take(reader: TomlReader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.offset;
  const found = pattern.exec(reader.text)?.[0];
  if (found !== undefined) reader.offset += found.length;
  return found;
}
