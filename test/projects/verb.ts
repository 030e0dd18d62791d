import type { Report } from '../../src/model/report.ts';

/** Whether something holds, and what there is instead: what a person needs to see why not. */
export interface Verdict {
  readonly holds: boolean;
  readonly found: readonly string[];
}

export type Verb = (operands: readonly string[], report: Report) => Verdict;

/** Operands without their trailing `in <context>`; production where none is named. */
export function inContext(operands: readonly string[]): { readonly operands: readonly string[]; readonly context: string } {
  const at = operands.indexOf('in');
  if (at < 0) return { operands, context: 'production' };
  return { operands: operands.slice(0, at), context: operands[at + 1] ?? '' };
}

/** Holds where some row passes. The rows shown are all of them: the near misses tell most. */
export function someRow<Row>(rows: readonly Row[], isMeant: (row: Row) => boolean, show: (row: Row) => string): Verdict {
  return { holds: rows.some(isMeant), found: [...new Set(rows.map(show))].sort() };
}

/** Whether a place `src/ask.ts` or `src/ask.ts:10` is where an entry stands; no place is any place. */
export function standsAt(place: string | undefined, { path, line }: { readonly path: string; readonly line: number }): boolean {
  return place === undefined || place === path || place === `${path}:${line}`;
}

/** Whether a number is the wanted one, up to what nobody would notice. */
export function isNear(value: number | null | undefined, wanted: string | undefined): boolean {
  return typeof value === 'number' && Math.abs(value - Number(wanted)) < 0.005;
}
