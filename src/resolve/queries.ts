/** SQL inside other languages: a text that calls a function of the catalog is a call. */
import type { Catalog } from '../model/catalog.ts';
import type { Arg, Site, Span, Unit } from '../model/source.ts';
import { sqlCalls } from './sql-calls.ts';

const LANGUAGE = 'sql';

/** The unit with a site for every call in its texts; a file of SQL is one text. */
export function withQueries(unit: Unit, path: string, { surfaces }: Pick<Catalog, 'surfaces'>): Unit {
  const isFile = path.toLowerCase().endsWith('.sql');
  const added = unit.strings.flatMap(({ text, block, at, role }) => {
    if (role === 'jsx' || role === 'type') return [];
    const calls = sqlCalls(text, (name) => surfaces.global(LANGUAGE, name).length > 0);
    return calls.map((call) => ({ call, block, at: isFile ? spanIn(text, call) : at }));
  });
  if (!added.length) return unit;
  const sites = added.map(({ call: { name, first }, block, at }, index): Site => {
    const args: readonly Arg[] = [
      { value: first === undefined ? { kind: 'unknown', why: 'expression', at } : { kind: 'text', text: first, at } },
    ];
    const callee = { kind: 'name' as const, name: `${LANGUAGE}:${name}`, block, at };
    return { block, call: { kind: 'call', callee, args, site: unit.sites.length + index, at } };
  });
  return { ...unit, sites: [...unit.sites, ...sites] };
}

/** Where a call stands in the text of a whole file. */
function spanIn(text: string, { start, end }: { readonly start: number; readonly end: number }): Span {
  const from = placeIn(text, start);
  const to = placeIn(text, end);
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

function placeIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
