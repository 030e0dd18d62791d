/** The score of a portfolio: 0 = nothing depends on anybody, 100 = worst. */
import { type Dimension, forEachDimension } from './constants.ts';
import { dimensionsOf } from './dimensions.ts';
import { type Cap, capsOf, coverageOf, type Grade, gradeOf, vectorOf } from './grade.ts';
import type { Portfolio } from './portfolio.ts';
import { settle, type UnknownMode } from './settle.ts';

export interface ScoreOptions {
  /** How missing nodes are read; pessimistic unless said otherwise. */
  readonly unknown?: UnknownMode | undefined;
  /** Printed in the vector where the portfolio itself has no date. */
  readonly asOf?: string | undefined;
}

/** Numbers 0..100 and unrounded; null, with grade '-', where no capability has weight. */
export interface Score {
  readonly value: number | null;
  /** The optimistic reading. */
  readonly low: number | null;
  /** The pessimistic reading. */
  readonly high: number | null;
  readonly grade: Grade;
  readonly caps: readonly Cap[];
  readonly vector: string;
  readonly dimensions: Readonly<Record<Dimension, number | null>>;
}

/** Scores a portfolio; throws a PortfolioError where it does not have the input form. */
export function score(portfolio: Portfolio, options: ScoreOptions = {}): Score {
  const unknown = options.unknown ?? 'pessimistic';
  const optimistic = settle(portfolio, { unknown: 'optimistic' }).units;
  const pessimistic = settle(portfolio, { unknown: 'pessimistic' }).units;
  const home = portfolio.home ?? [];
  const printed = { home, asOf: portfolio.asOf ?? options.asOf, unknown };
  if (pessimistic.length === 0) return unscorable(vectorOf(printed));

  const low = dimensionsOf(optimistic, home);
  const high = dimensionsOf(pessimistic, home);
  const chosen = unknown === 'optimistic' ? { ...low, units: optimistic } : { ...high, units: pessimistic };
  const coverage = coverageOf(chosen.units);
  const caps = capsOf(chosen.units, coverage);
  return {
    value: chosen.value,
    low: low.value,
    high: high.value,
    grade: gradeOf(chosen.value, caps),
    caps,
    vector: vectorOf({ ...printed, dimensions: chosen.dimensions, coverage }),
    dimensions: chosen.dimensions,
  };
}

function unscorable(vector: string): Score {
  return { value: null, low: null, high: null, grade: '-', caps: [], vector, dimensions: forEachDimension(() => null) };
}
