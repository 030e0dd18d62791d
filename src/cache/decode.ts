import type { Span } from '../model/source.ts';
import { DEEPEST, TAG, type Tables, unfolded } from './layout.ts';
import { createByteReader } from './small-numbers.ts';

/** Reads back what the encoder wrote; throws a RangeError where the bytes are nothing it would write. */
export function decode(bytes: Uint8Array, tables: Tables): unknown {
  return read({ next: createByteReader(bytes), tables, seen: [] }, 0);
}

interface Reading {
  readonly next: () => number;
  readonly tables: Tables;
  /** Objects in the order of the text. */
  readonly seen: object[];
}

/** The most frequent kinds first. */
function read(reading: Reading, depth: number): unknown {
  if (depth > DEEPEST) throw new RangeError('cache entry too deep');
  const { next, tables, seen } = reading;
  const tag = next();
  if (tag === TAG.span) return readSpan(next);
  if (tag === TAG.text) return at(tables.texts, next());
  if (tag === TAG.integer) return unfolded(next());
  if (tag === TAG.record) return readRecord(reading, {}, depth);
  if (tag === TAG.list) return readList(reading, depth);
  if (tag === TAG.again) return at(seen, next());
  if (tag === TAG.bareRecord) return readRecord(reading, Object.create(null), depth);
  if (tag === TAG.yes || tag === TAG.no) return tag === TAG.yes;
  if (tag === TAG.nothing) return null;
  if (tag === TAG.real) return Number(at(tables.texts, next()));
  if (tag === TAG.absent) return undefined;
  throw new RangeError('cache entry of an unknown kind');
}

function readSpan(next: () => number): Span {
  const line = next();
  const column = next();
  return { line, column, endLine: line + unfolded(next()), endColumn: column + unfolded(next()) };
}

function readList(reading: Reading, depth: number): unknown {
  const length = reading.next();
  const list: unknown[] = [];
  reading.seen.push(list);
  for (let index = 0; index < length; index++) list.push(read(reading, depth + 1));
  return list;
}

function readRecord(reading: Reading, record: Record<string, unknown>, depth: number): unknown {
  const keys = at(reading.tables.shapes, reading.next());
  reading.seen.push(record);
  for (const key of keys) {
    const value = read(reading, depth + 1);
    // Assigning this one key would change what the object inherits.
    if (key === '__proto__') Object.defineProperty(record, key, { value, enumerable: true, writable: true, configurable: true });
    else record[key] = value;
  }
  return record;
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError('cache entry points nowhere');
  return item;
}
