import { createScanner } from 'jsonc-parser';
import type { Entry, Expr } from '../model/source.ts';
import { type Complaints, complaints, LIMITS, MAX_DEPTH, MAX_NODES, type Parsed } from './parsed.ts';
import { type SpanOf, spansOf, withoutMark } from './position.ts';

/** Token kinds of jsonc-parser, whose own constant enum cannot be read from outside. */
const TOKEN = {
  openRecord: 1,
  closeRecord: 2,
  openList: 3,
  closeList: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  end: 17,
} as const;

interface Frame {
  readonly start: number;
  /** Absent: a list. */
  readonly entries?: Entry[];
  readonly items: Expr[];
  key?: { readonly text: string; readonly start: number };
}

interface Reader {
  readonly spanOf: SpanOf;
  readonly complaints: Complaints;
  readonly stack: Frame[];
  root?: Expr;
  /** Containers open below the deepest one that is read. */
  skipped: number;
  nodes: number;
}

interface Token {
  readonly kind: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** JSON as values with positions. Comments, trailing commas and doubled keys are taken; a broken text gives what can be read of it. */
export function parseJson(source: string): Parsed {
  const text = withoutMark(source);
  const scanner = createScanner(text, true);
  const reader: Reader = { spanOf: spansOf(text), complaints: complaints(), stack: [], skipped: 0, nodes: 0 };
  for (let kind: number = scanner.scan(); kind !== TOKEN.end; kind = scanner.scan()) {
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    if (scanner.getTokenError() !== 0) complain(reader, { kind, text: '', start, end });
    take(reader, { kind, text: scanner.getTokenValue(), start, end });
    if (reader.nodes > MAX_NODES) break;
  }
  if (reader.nodes > MAX_NODES) {
    reader.complaints.add({ reason: 'too-many-nodes', message: LIMITS['too-many-nodes'] });
  } else if (reader.stack.length > 0) {
    complain(reader, { kind: TOKEN.end, text: '', start: text.length, end: text.length });
  }
  reader.skipped = 0;
  while (reader.stack.length > 0) close(reader, text.length);
  return { documents: reader.root ? [reader.root] : [], ...reader.complaints.result() };
}

function take(reader: Reader, token: Token): void {
  const { kind, start, end } = token;
  if (kind === TOKEN.openRecord || kind === TOKEN.openList) open(reader, token);
  else if (kind === TOKEN.closeRecord || kind === TOKEN.closeList) closeMatching(reader, token);
  else if (reader.skipped > 0 || kind === TOKEN.colon) return;
  else if (kind === TOKEN.comma) forgetKey(reader, token);
  else if (kind === TOKEN.string) takeString(reader, token);
  else if (kind === TOKEN.number)
    put(reader, { kind: 'constant', value: Number(token.text), at: reader.spanOf(start, end) }, token);
  else if (kind === TOKEN.true || kind === TOKEN.false) {
    put(reader, { kind: 'constant', value: kind === TOKEN.true, at: reader.spanOf(start, end) }, token);
  } else if (kind === TOKEN.null) put(reader, { kind: 'constant', value: null, at: reader.spanOf(start, end) }, token);
  else complain(reader, token);
}

function open(reader: Reader, token: Token): void {
  if (reader.stack.length < MAX_DEPTH) {
    reader.stack.push({ start: token.start, items: [], ...(token.kind === TOKEN.openRecord ? { entries: [] } : {}) });
    return;
  }
  if (reader.skipped === 0) {
    const at = reader.spanOf(token.start, token.end);
    reader.complaints.add({ reason: 'too-deep', message: LIMITS['too-deep'], at });
    put(reader, { kind: 'unknown', why: 'too-deep', at }, token);
  }
  reader.skipped++;
}

function closeMatching(reader: Reader, token: Token): void {
  if (reader.skipped > 0) {
    reader.skipped--;
    return;
  }
  const frame = reader.stack.at(-1);
  if (!frame || (frame.entries !== undefined) !== (token.kind === TOKEN.closeRecord)) complain(reader, token);
  else {
    forgetKey(reader, token);
    close(reader, token.end);
  }
}

/** A key that got no value must not take the next one. */
function forgetKey(reader: Reader, token: Token): void {
  const frame = reader.stack.at(-1);
  if (!frame?.key) return;
  complain(reader, token);
  delete frame.key;
}

function close(reader: Reader, end: number): void {
  const frame = reader.stack.pop();
  if (!frame) return;
  const at = reader.spanOf(frame.start, end);
  const value: Expr = frame.entries
    ? { kind: 'record', entries: frame.entries, open: false, at }
    : { kind: 'list', items: frame.items, at };
  put(reader, value, { kind: TOKEN.end, text: '', start: frame.start, end });
}

function takeString(reader: Reader, token: Token): void {
  const frame = reader.stack.at(-1);
  if (frame?.entries && !frame.key) frame.key = { text: token.text, start: token.start };
  else put(reader, { kind: 'text', text: token.text, at: reader.spanOf(token.start, token.end) }, token);
}

function put(reader: Reader, value: Expr, token: Token): void {
  reader.nodes++;
  const frame = reader.stack.at(-1);
  if (!frame) {
    if (reader.root) complain(reader, token);
    reader.root ??= value;
  } else if (!frame.entries) frame.items.push(value);
  else if (!frame.key) complain(reader, token);
  else {
    frame.entries.push({ key: frame.key.text, value, at: reader.spanOf(frame.key.start, token.end) });
    delete frame.key;
  }
}

function complain(reader: Reader, { start, end }: Token): void {
  reader.complaints.add({
    reason: 'syntax-error',
    message: 'no valid JSON from here on; what could be read was kept',
    at: reader.spanOf(start, end),
  });
}
