import { createHash } from 'node:crypto';
import type { ModelFamily, ScoringFacts } from '../model/catalog.ts';
import type { ApiShape } from '../model/surface.ts';
import {
  byCodePoint,
  type CompiledPack,
  keyOf,
  type PackContents,
  TABLE_NAMES,
  type TableName,
  type Tables,
} from './compiled.ts';
import { dottedOf, indexesOf, kindsOf, pathsOf } from './indexes.ts';
import { tellingTexts } from './pattern-text.ts';
import { prefixesOf } from './prefixes.ts';
import { callNamesOf } from './surface-index.ts';
import { vocabularyDataOf } from './words.ts';

// A constant that no pack states weighs nothing and is no more than a guess.
const NO_SHAPES: Readonly<Record<ApiShape, number>> = { abstraction: 0, 'openai-compatible': 0, platform: 0, native: 0, http: 0 };

/** Puts packs on top of each other: a later entry replaces the earlier one of the same key, a removed key is gone. */
export function mergePacks(packs: readonly PackContents[]): CompiledPack {
  const merged = new Map<TableName, Map<string, unknown>>();
  let scoring: ScoringFacts = { apiShape: NO_SHAPES, confidence: {} };
  for (const pack of packs) {
    for (const table of TABLE_NAMES) layOn(merged, table, pack);
    scoring = {
      apiShape: { ...scoring.apiShape, ...pack.scoring.apiShape },
      confidence: { ...scoring.confidence, ...definedOnly(pack.scoring.confidence) },
    };
  }
  // Each row came out of the table of the same name.
  const tables = Object.fromEntries(TABLE_NAMES.map((table) => [table, sorted(merged.get(table))])) as unknown as Tables;
  return withIndexes(tables, scoring);
}

function withIndexes(tables: Tables, scoring: ScoringFacts): CompiledPack {
  const body = { date: youngest(tables), scoring, ...tables };
  const rows = rowsByKey(tables);
  const kinds = kindsOf(tables.providers);
  const dotted = dottedOf(tables.providers);
  return {
    format: 3,
    digest: createHash('sha256').update(JSON.stringify(body)).digest('hex'),
    vocabulary: vocabularyDataOf(tables),
    paths: pathsOf(tables.providers),
    kinds,
    dotted,
    familyOrder: familyOrderOf(tables.families),
    callNames: callNamesOf(tables.surfaces),
    ...body,
    rows,
    indexes: indexesOf(tables, prefixesOf({ rows, kinds, dotted })),
  };
}

function familyOrderOf(families: readonly ModelFamily[]): CompiledPack['familyOrder'] {
  return [...families]
    .sort((left, right) => right.priority - left.priority || byCodePoint(left.id, right.id))
    .map(({ id, words, ambiguous, pattern }) => ({ id, ambiguous, words: words.length > 0 ? words : tellingTexts(pattern) }));
}

function rowsByKey(tables: Tables): CompiledPack['rows'] {
  const keyed = (name: TableName) => tables[name].map((entry): [string, unknown] => [keyOf(name, entry), entry]);
  return Object.fromEntries(TABLE_NAMES.map((name) => [name, new Map(keyed(name))])) as unknown as CompiledPack['rows'];
}

/** A compiled pack as one more layer to merge. */
export function contentsOf(pack: CompiledPack): PackContents {
  return { tables: pack, removed: {}, scoring: pack.scoring };
}

function layOn(rows: Map<TableName, Map<string, unknown>>, table: TableName, pack: PackContents): void {
  const merged = rows.get(table) ?? new Map<string, unknown>();
  rows.set(table, merged);
  for (const key of pack.removed[table] ?? []) merged.delete(key);
  for (const entry of pack.tables[table]) merged.set(keyOf(table, entry), entry);
}

function sorted(rows: ReadonlyMap<string, unknown> | undefined): readonly unknown[] {
  return [...(rows ?? [])].sort(([left], [right]) => byCodePoint(left, right)).map(([, entry]) => entry);
}

function definedOnly(values: Partial<Readonly<Record<string, number>>> | undefined): Record<string, number> {
  const defined: Record<string, number> = {};
  for (const [key, value] of Object.entries(values ?? {})) if (value !== undefined) defined[key] = value;
  return defined;
}

function youngest(tables: Tables): string {
  let date = '';
  for (const table of TABLE_NAMES) {
    for (const entry of tables[table]) if ('date' in entry && entry.date > date) date = entry.date;
  }
  return date;
}
