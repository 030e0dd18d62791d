// https://toml.io/en/v1.0.0
import type { Expr } from '../../../model/source.ts';
import { type Complaints, complaints, LIMITS, type Parsed } from '../../../parse/parsed.ts';
import { spansOf, withoutMark } from '../../../parse/position.ts';
import { listAt, type Table, tableAt, toExpr } from './toml-table.ts';
import { readKey, readValue, skipBlank, type TomlCursor } from './toml-value.ts';

/** Each path of keys makes a table; more than this in one path is no configuration. */
const MAX_PATH = 20;

interface State {
  readonly cursor: TomlCursor;
  readonly root: Table;
  readonly complaints: Complaints;
  /** Undefined behind a heading that could not be read: its keys belong nowhere. */
  table: Table | undefined;
}

/** TOML as values with positions. A broken line is left out, the lines behind it are read. */
export function parseToml(source: string): Parsed {
  const text = withoutMark(source);
  const cursor: TomlCursor = { text, offset: 0, spanOf: spansOf(text) };
  const root: Table = { entries: new Map(), at: cursor.spanOf(0, text.length) };
  const state: State = { cursor, root, complaints: complaints(), table: root };
  while (cursor.offset < text.length) {
    skipBlank(cursor, true);
    if (cursor.offset >= text.length) break;
    const start = cursor.offset;
    if (!readLine(state) || !endsLine(cursor)) {
      state.complaints.add({
        reason: 'syntax-error',
        message: 'no valid TOML; this line was left out',
        at: cursor.spanOf(start, start),
      });
      cursor.offset = lineEnd(text, Math.max(start, cursor.offset));
    }
  }
  return { documents: [toExpr(root)], ...state.complaints.result() };
}

function readLine(state: State): boolean {
  return state.cursor.text[state.cursor.offset] === '[' ? readHeading(state) : readPair(state);
}

/** `[a.b]` opens a table, `[[a.b]]` one more item of a list of tables. */
function readHeading(state: State): boolean {
  const { cursor, root } = state;
  const start = cursor.offset;
  const isItem = cursor.text.startsWith('[[', start);
  const close = isItem ? ']]' : ']';
  cursor.offset += close.length;
  state.table = undefined;
  const path = readKey(cursor);
  if (path.length === 0 || path.length > MAX_PATH || !cursor.text.startsWith(close, cursor.offset)) return false;
  cursor.offset += close.length;
  const at = cursor.spanOf(start, cursor.offset);
  state.table = isItem ? listAt(root, path, at) : tableAt(root, path, at);
  return state.table !== undefined;
}

function readPair({ cursor, table, complaints: found }: State): boolean {
  const start = cursor.offset;
  const path = readKey(cursor);
  const key = path.at(-1);
  if (key === undefined || path.length > MAX_PATH || cursor.text[cursor.offset] !== '=') return false;
  cursor.offset++;
  const value: Expr | undefined = readValue(cursor, 0, () => found.add({ reason: 'too-deep', message: LIMITS['too-deep'] }));
  if (value === undefined || !endsLine(cursor)) return false;
  const at = cursor.spanOf(start, cursor.offset);
  if (table) tableAt(table, path.slice(0, -1), at)?.entries.set(key, { value, at });
  return true;
}

function endsLine(cursor: TomlCursor): boolean {
  skipBlank(cursor, false);
  const next = cursor.text[cursor.offset];
  return next === undefined || next === '\n' || next === '\r';
}

function lineEnd(text: string, start: number): number {
  const ending = /[\r\n]|$/g;
  ending.lastIndex = start;
  return ending.exec(text)?.index ?? text.length;
}
