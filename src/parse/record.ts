import type { Entry, Expr } from '../model/source.ts';

/** The entries of a record, one for each key: the last one wins, as in every format read here. */
export function entriesOf(expr: Expr | undefined): readonly Entry[] {
  if (expr?.kind !== 'record') return [];
  return [...new Map(expr.entries.map((entry) => [entry.key, entry])).values()];
}

/** The value under a path of keys. */
export function valueAt(expr: Expr | undefined, ...path: readonly string[]): Expr | undefined {
  let value = expr;
  for (const key of path) value = entryOf(value, key)?.value;
  return value;
}

/** The last entry of a key. */
export function entryOf(expr: Expr | undefined, key: string): Entry | undefined {
  return expr?.kind === 'record' ? expr.entries.findLast((entry) => entry.key === key) : undefined;
}

/** The text of a plain text, of nothing else. */
export function textOf(expr: Expr | undefined): string | undefined {
  return expr?.kind === 'text' ? expr.text : undefined;
}

/** The texts of a list, or the one text where a format takes either; what is no text is left out. */
export function textsOf(expr: Expr | undefined): readonly string[] {
  const items = expr?.kind === 'list' ? expr.items : [expr];
  return items.flatMap((item) => textOf(item) ?? []);
}

/** Every text inside a value, in the order of the text. */
export function leavesOf(expr: Expr | undefined): readonly string[] {
  if (expr?.kind === 'record') return expr.entries.flatMap((entry) => leavesOf(entry.value));
  if (expr?.kind === 'list') return expr.items.flatMap((item) => leavesOf(item));
  return textsOf(expr);
}
