/**
 * Observations as two flat tables and bytes that point into them. An expression often stands in several places of a unit (as
 * a call, as a value, as an argument); plain JSON would write it out each time and forget that it is one.
 */
export interface Tables {
  /** All texts, each once. */
  readonly texts: string[];
  /** Key lists of objects, each once. */
  readonly shapes: (readonly string[])[];
}

/** First number of every encoded value. */
export const TAG = {
  absent: 0,
  nothing: 1,
  yes: 2,
  no: 3,
  integer: 4,
  real: 5,
  text: 6,
  list: 7,
  record: 8,
  /** A record without prototype: its keys came from a file. */
  bareRecord: 9,
  /** An object that already stood before, by its number in the order of the text. */
  again: 10,
  span: 11,
} as const;

/** Deeper values are not kept: neither side may run out of stack. */
export const DEEPEST = 500;

/** Whole numbers with a sign as numbers without: 0, -1, 1, -2 … become 0, 1, 2, 3 … */
export function folded(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** Undoes `folded`. */
export function unfolded(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
