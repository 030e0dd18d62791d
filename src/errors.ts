/** Something the user can fix: what, where, and what to do. Exit code 2, no stack. */
export class UserError extends Error {
  readonly hint: string | undefined;
  /** More of the same kind, a line each. */
  readonly others: readonly string[];

  constructor(message: string, { hint, others = [] }: { hint?: string; others?: readonly string[] } = {}) {
    super(message);
    this.name = 'UserError';
    this.hint = hint;
    this.others = others;
  }
}

/** Letters to insert, delete or replace (Levenshtein), one row of the table at a time. */
export function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let line = 1; line <= one.length; line++) {
    const next = [line];
    for (let column = 1; column <= other.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (one[line - 1] === other[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
