import type { Entry, Expr, Span } from '../../../model/source.ts';

/** A table while it is read: later headings may add to it. */
export interface Table {
  readonly entries: Map<string, { readonly value: Expr | Table | Table[]; readonly at: Span }>;
  at: Span;
}

/** The table at a path, made where it is missing; undefined where something else stands. */
export function tableAt(root: Table, path: readonly string[], at: Span): Table | undefined {
  let table: Table | undefined = root;
  for (const key of path) {
    const known: Expr | Table | Table[] | undefined = table.entries.get(key)?.value;
    const next: Table | undefined = known === undefined ? { entries: new Map(), at } : lastTable(known);
    if (next === undefined) return undefined;
    if (known === undefined) table.entries.set(key, { value: next, at });
    table = next;
  }
  return table;
}

/** One more table in the list at a path. */
export function listAt(root: Table, path: readonly string[], at: Span): Table | undefined {
  const owner = tableAt(root, path.slice(0, -1), at);
  const key = path.at(-1) ?? '';
  const known = owner?.entries.get(key)?.value;
  const table: Table = { entries: new Map(), at };
  if (Array.isArray(known)) known.push(table);
  else if (owner && known === undefined) owner.entries.set(key, { value: [table], at });
  else return undefined;
  return table;
}

/** The finished table as a record. As deep as the longest path of its headings, which is bounded. */
export function toExpr({ entries, at }: Table): Expr {
  const lowered = [...entries].map(([key, entry]): Entry => ({ key, value: toValue(entry.value, entry.at), at: entry.at }));
  return { kind: 'record', entries: lowered, open: false, at };
}

function toValue(value: Expr | Table | Table[], at: Span): Expr {
  if (Array.isArray(value)) return { kind: 'list', items: value.map((table) => toExpr(table)), at };
  return 'kind' in value ? value : toExpr(value);
}

/** Keys below a list of tables belong to its last item. */
function lastTable(value: Expr | Table | Table[]): Table | undefined {
  if (Array.isArray(value)) return value.at(-1);
  return 'kind' in value ? undefined : value;
}
