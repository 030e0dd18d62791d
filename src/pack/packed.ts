import { type CompiledPack, type Constants, TABLE_NAMES } from './compiled.ts';
import { lazy } from './lazy.ts';
import { jsonOf, type Rows, textOf, WrittenRows } from './rows.ts';

const FORMAT: Constants['format'] = 3;
const BETWEEN = ',\n\n';
const INDEX = 'index ';
const HEAD = '{"lengths":';

/** Writes a compiled pack as JSON with one row a line, behind the length of each of its parts: a reader cuts out what it needs. */
export function packedText(pack: CompiledPack): string {
  const { format, digest, date, scoring, vocabulary, paths, kinds, dotted, familyOrder, callNames } = pack;
  const constants: Constants = { format, digest, date, scoring, vocabulary, paths, kinds, dotted, familyOrder, callNames };
  const parts = [
    ...Object.entries(constants).map(([name, value]) => [name, jsonOf(value)] as const),
    ...TABLE_NAMES.map((name) => [name, textOf(pack.rows[name])] as const),
    ...Object.entries(pack.indexes).map(([name, rows]) => [`${INDEX}${name}`, textOf(rows)] as const),
  ];
  const lengths = Object.fromEntries(parts.map(([name, text]) => [name, text.length]));
  const members = [['lengths', jsonOf(lengths)], ...parts].map(([name, text]) => `"${name}":${text}`);
  return `{${members.join(BETWEEN)}}`;
}

/** Reads what `packedText` wrote, one byte a character; a row is parsed when it is first looked at: most runs need few of them. */
export function unpack(bytes: Buffer): CompiledPack {
  const rows: Record<string, Rows<unknown>> = {};
  const indexes: Record<string, Rows<unknown>> = {};
  const pack = { rows, indexes };
  for (const [name, cut] of partsOf(bytes)) {
    if (name.startsWith(INDEX)) indexes[name.slice(INDEX.length)] = new WrittenRows(cut);
    else if (isTable(name)) {
      const table = new WrittenRows(cut);
      rows[name] = table;
      define(pack, name, () => [...table.values()]);
    } else define(pack, name, () => JSON.parse(cut()));
  }
  if (!('format' in pack) || pack.format !== FORMAT) throw new Error('the compiled pack is of another version: build again');
  // Written by our own build, from files it validated.
  return pack as unknown as CompiledPack;
}

function partsOf(bytes: Buffer): readonly (readonly [string, () => string])[] {
  const head = bytes.toString('latin1', 0, Math.max(0, bytes.indexOf(BETWEEN)));
  if (!head.startsWith(HEAD)) return [];
  let end = head.length;
  return Object.entries<number>(JSON.parse(head.slice(HEAD.length))).map(([name, length]) => {
    const start = end + BETWEEN.length + name.length + 3;
    end = start + length;
    return [name, () => bytes.toString('latin1', start, start + length)];
  });
}

function isTable(name: string): boolean {
  return TABLE_NAMES.some((table) => table === name);
}

function define(pack: object, name: string, make: () => unknown): void {
  Object.defineProperty(pack, name, { get: lazy(make), enumerable: true });
}
