import type { Entry, Expr, Span } from '../model/source.ts';
import { complaints, LIMITS, MAX_NODES, type Parsed } from './parsed.ts';
import { spansOf, withoutMark } from './position.ts';
import { complain, readKey, readValue, skipBlank, skipLine, type TomlKey, type TomlReader } from './toml-value.ts';

/** A table while it grows: later headers add to it. */
interface Table {
  readonly entries: Entry[];
  readonly tables: Map<string, Table>;
  readonly lists: Map<string, Expr[]>;
  readonly at: Span;
}

/** TOML as one record with positions. Doubled keys are kept, the last one wins; a broken line is passed over. */
export function parseToml(source: string): Parsed {
  const text = withoutMark(source);
  const found = complaints();
  const spanOf = spansOf(text);
  const reader: TomlReader = { text, spanOf, complaints: found, offset: 0, nodes: 0 };
  const root = table(spanOf(0, text.length));
  let current = root;
  for (skipBlank(reader, true); reader.offset < text.length; skipBlank(reader, true)) {
    if (++reader.nodes > MAX_NODES) {
      found.add({ reason: 'too-many-nodes', message: LIMITS['too-many-nodes'] });
      break;
    }
    if (text[reader.offset] === '[') current = readHeader(reader, root) ?? current;
    else readLine(reader, current);
    endLine(reader);
  }
  return { documents: [recordOf(root)], ...found.result() };
}

function table(at: Span): Table {
  return { entries: [], tables: new Map(), lists: new Map(), at };
}

function recordOf({ entries, at }: Table): Expr {
  return { kind: 'record', entries, open: false, at };
}

/** `[a.b]` goes on with a table, `[[a.b]]` adds one to a list. */
function readHeader(reader: TomlReader, root: Table): Table | undefined {
  const start = reader.offset;
  const isItem = reader.text[start + 1] === '[';
  reader.offset += isItem ? 2 : 1;
  const path = readKey(reader);
  const last = path.at(-1);
  if (!last || !reader.text.startsWith(isItem ? ']]' : ']', reader.offset)) {
    complain(reader);
    return undefined;
  }
  reader.offset += isItem ? 2 : 1;
  const at = reader.spanOf(start, reader.offset);
  const parent = path.slice(0, -1).reduce((outer, part) => tableAt(outer, part, at), root);
  return isItem ? addItem(parent, last, at) : tableAt(parent, last, at);
}

/** The table under a key: a new one where there is none, the latest of a list. */
function tableAt(outer: Table, { text }: TomlKey, at: Span): Table {
  const known = outer.tables.get(text);
  if (known) return known;
  const made = table(at);
  outer.tables.set(text, made);
  outer.entries.push({ key: text, value: recordOf(made), at });
  return made;
}

function addItem(outer: Table, { text }: TomlKey, at: Span): Table {
  const made = table(at);
  let items = outer.lists.get(text);
  if (!items) {
    items = [];
    outer.lists.set(text, items);
    outer.entries.push({ key: text, value: { kind: 'list', items, at }, at });
  }
  items.push(recordOf(made));
  outer.tables.set(text, made);
  return made;
}

function readLine(reader: TomlReader, current: Table): void {
  const path = readKey(reader);
  const last = path.at(-1);
  const [first] = path;
  if (!last || !first || reader.text[reader.offset] !== '=') {
    complain(reader);
    skipLine(reader);
    return;
  }
  reader.offset++;
  skipBlank(reader, false);
  const value = readValue(reader, path.length);
  const at = reader.spanOf(first.start, reader.offset);
  const parent = path.slice(0, -1).reduce((outer, part) => tableAt(outer, part, at), current);
  parent.entries.push({ key: last.text, value, at });
}

/** Nothing but a comment may follow on a line. */
function endLine(reader: TomlReader): void {
  skipBlank(reader, false);
  const sign = reader.text[reader.offset];
  if (sign !== undefined && sign !== '\n' && sign !== '\r' && sign !== '#') complain(reader);
  skipLine(reader);
}
