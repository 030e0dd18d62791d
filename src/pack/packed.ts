import { type CompiledPack, type Constants, TABLE_NAMES } from './compiled.ts';
import { lazy } from './lazy.ts';
import { END, jsonOf, type Rows, START, textOf, WrittenRows } from './rows.ts';

const FORMAT: Constants['format'] = 2;
const BETWEEN = ',\n\n';
const INDEX = 'index ';

/** Writes a compiled pack as JSON with one row a line and an empty line between tables, so that a reader can leave rows unparsed. */
export function packedText(pack: CompiledPack): string {
  const { format, digest, date, scoring, vocabulary, paths, kinds, dotted, familyOrder, callNames } = pack;
  const constants: Constants = { format, digest, date, scoring, vocabulary, paths, kinds, dotted, familyOrder, callNames };
  const parts = [
    ...Object.entries(constants).map(([name, value]) => `"${name}":${jsonOf(value)}`),
    ...TABLE_NAMES.map((name) => `"${name}":${textOf(pack.rows[name])}`),
    ...Object.entries(pack.indexes).map(([name, rows]) => `"${INDEX}${name}":${textOf(rows)}`),
  ];
  return `${START}${parts.join(BETWEEN)}${END}`;
}

/** Reads what `packedText` wrote; a row is parsed when it is first looked at: most runs need few of them. */
export function unpack(text: string): CompiledPack {
  const parts = new Map<string, string>();
  for (const part of text.slice(START.length, -END.length).split(BETWEEN)) {
    const colon = part.indexOf('":');
    parts.set(part.slice(1, colon), part.slice(colon + 2));
  }
  if (parts.get('format') !== `${FORMAT}`) throw new Error('the compiled pack is of another version: build again');
  const rows: Record<string, Rows<unknown>> = {};
  const indexes: Record<string, Rows<unknown>> = {};
  const pack = { rows, indexes };
  for (const [name, part] of parts) {
    const table = new WrittenRows(part);
    if (name.startsWith(INDEX)) indexes[name.slice(INDEX.length)] = table;
    else if (!part.startsWith(START)) define(pack, name, () => JSON.parse(part));
    else {
      rows[name] = table;
      define(pack, name, () => [...table.values()]);
    }
  }
  // Written by our own build, from files it validated.
  return pack as unknown as CompiledPack;
}

function define(pack: object, name: string, make: () => unknown): void {
  Object.defineProperty(pack, name, { get: lazy(make), enumerable: true });
}
