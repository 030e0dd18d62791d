/** The letter, what caps it, and the vector that must stand beside it. */
import { sum } from './arithmetic.ts';
import { type Dimension, KAPPA, LOW_COVERAGE } from './constants.ts';
import { hidden, knownNodes, residual } from './exposure.ts';
import { totalWeight, type Unit, type UnknownMode } from './settle.ts';

export type Letter = 'A' | 'B' | 'C' | 'D' | 'F';
/** '-' where nothing carries weight. */
export type Grade = Letter | '-';

/** A fact that keeps the letter from being better than `grade`; the number is not touched. */
export interface Cap {
  readonly grade: Letter;
  readonly reason: 'retired-model' | 'unprotected-majority' | 'untested-failover' | 'low-coverage';
}

/** Each letter holds below its limit. */
const LIMITS: readonly (readonly [Letter, number])[] = [
  ['A', 20],
  ['B', 35],
  ['C', 50],
  ['D', 70],
];

/** The worst of what the number says and what the caps allow. */
export function gradeOf(value: number, caps: readonly Cap[]): Letter {
  let worst = LIMITS.find(([, limit]) => value < limit)?.[0] ?? 'F';
  for (const { grade } of caps) if (grade > worst) worst = grade;
  return worst;
}

/** Weight of the capabilities whose primaries are known, as a part of all weight. */
export function coverageOf(units: readonly Unit[]): number {
  const covered = units.filter(({ isCovered }) => isCovered);
  return sum(covered, ({ weight }) => weight) / sum(units, ({ weight }) => weight);
}

/** Every cap that holds, the hardest first. */
export function capsOf(units: readonly Unit[], coverage: number): readonly Cap[] {
  const unprotected = sum(units.filter(isUnprotected), ({ weight }) => weight);
  const caps: readonly (Cap & { holds: boolean })[] = [
    { grade: 'D', reason: 'retired-model', holds: units.some(isRetired) },
    { grade: 'C', reason: 'unprotected-majority', holds: unprotected >= 0.5 * totalWeight(units) },
    { grade: 'B', reason: 'untested-failover', holds: units.some((unit) => unit.weight >= 1 && isUntested(unit)) },
    { grade: 'B', reason: 'low-coverage', holds: coverage < LOW_COVERAGE },
  ];
  return caps.filter(({ holds }) => holds).map(({ grade, reason }) => ({ grade, reason }));
}

/** What the vector prints; absent dimensions and coverage are shown as a dash. */
export interface VectorParts {
  readonly dimensions?: Readonly<Record<Dimension, number>>;
  readonly coverage?: number;
  readonly home: readonly string[];
  readonly asOf: string | undefined;
  readonly unknown: UnknownMode;
}

/** The whole verdict in one line, so that a letter can be traced to its numbers and its assumptions. */
export function vectorOf({ dimensions, coverage, home, asOf, unknown }: VectorParts): string {
  const show = (dimension: Dimension) => dimensions?.[dimension].toFixed(1) ?? '-';
  const hasHome = home.length > 0;
  const parts = [
    'AIDEPS:1',
    `C:${show('concentration')}`,
    `L:${show('lockIn')}`,
    `R:${show('region')}`,
    `J:${hasHome ? show('jurisdiction') : '-'}`,
    `M:${show('lifecycle')}`,
    `H:${hasHome ? [...home].sort().join('+') : '-'}`,
    `D:${asOf ?? '-'}`,
    `U:${coverage === undefined ? '-' : Math.round(100 * (1 - coverage))}`,
  ];
  if (unknown === 'optimistic') parts.push('X:optimistic');
  return parts.join('/');
}

function isRetired({ isProduction, legs }: Unit): boolean {
  return isProduction && legs.some(({ primary }) => primary.isRetired);
}

/** Some operator takes the whole capability with it, or might. */
function isUnprotected(unit: Unit): boolean {
  return hidden(unit, 'operator') > 0 || [...knownNodes(unit, 'operator')].some((node) => residual(unit, 'operator', node) >= 1);
}

function isUntested({ legs }: Unit): boolean {
  return legs.some(({ fallbacks }) => !fallbacks.some(({ kappa, credit }) => kappa >= KAPPA.tested && credit > 0));
}
