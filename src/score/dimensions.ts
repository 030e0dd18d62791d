/** The five dimensions and the one value. */
import { largest, noisyOr, smallest, sum } from './arithmetic.ts';
import { CONCENTRATION, DIMENSIONS, type Dimension, FLOOR, forEachDimension, type Layer, PORTABILITY } from './constants.ts';
import { exposure, exposureNorm, type Scope } from './exposure.ts';
import { type SettledLeg, type SettledRoute, totalWeight, UNKNOWN, type Unit, type UnknownMode } from './settle.ts';

/** Value and dimensions, 0..100 each. */
export interface Measures {
  readonly value: number;
  readonly dimensions: Readonly<Record<Dimension, number>>;
}

/** The whole portfolio sets each number, and its worst capability a floor under it. */
export function dimensionsOf(units: readonly Unit[], home: readonly string[]): Measures {
  const dimensions = forEachDimension((dimension) => {
    const all = RAW[dimension](units, { totalWeight: totalWeight(units), home });
    const worst = largest(units, (unit) => Math.min(1, unit.weight) * RAW[dimension]([unit], { totalWeight: unit.weight, home }));
    return Math.min(100, 100 * Math.max(all, FLOOR * worst));
  });
  return { value: combine(dimensions, home), dimensions };
}

/** q of lock-in, 0..1: what binds a capability, less what a portable fallback proves. */
export function lockInOf(unit: Unit): number {
  return noisyOr(unit.lockIn) * (1 - PORTABILITY * portabilityOf(unit));
}

/** kappa*: credit of the best fallback at another operator and of another family; with several legs the worst leg's. */
export function portabilityOf({ legs, mode }: Unit): number {
  return smallest(legs, ({ primary, fallbacks }: SettledLeg) =>
    largest(fallbacks, (fallback) => (isPortable(primary, fallback, mode) ? fallback.credit : 0)),
  );
}

const RAW: Record<Dimension, (units: readonly Unit[], scope: Scope) => number> = {
  concentration: (units, scope) =>
    Math.sqrt(
      CONCENTRATION.operator * layerNorm(units, 'operator', scope) ** 2 +
        CONCENTRATION.maker * layerNorm(units, 'maker', scope) ** 2 +
        CONCENTRATION.cloud * layerNorm(units, 'cloud', scope) ** 2,
    ),
  lockIn: (units, scope) => rootMeanSquare(units, scope, lockInOf),
  region: (units, scope) => layerNorm(units, 'region', scope),
  jurisdiction: (units, scope) => layerNorm(units, 'jurisdiction', scope),
  lifecycle: (units, scope) => rootMeanSquare(units, scope, ({ lifecycle }) => noisyOr(lifecycle)),
};

/** Without a home nobody is foreign in particular: jurisdiction is shown, not scored. */
function combine(dimensions: Readonly<Record<Dimension, number>>, home: readonly string[]): number {
  const weights = forEachDimension((dimension) =>
    dimension === 'jurisdiction' && home.length === 0 ? 0 : DIMENSIONS[dimension],
  );
  let squares = 0;
  let total = 0;
  forEachDimension((dimension) => {
    squares += weights[dimension] * dimensions[dimension] ** 2;
    total += weights[dimension];
  });
  return Math.min(100, Math.sqrt(squares / total));
}

function layerNorm(units: readonly Unit[], layer: Layer, scope: Scope): number {
  return exposureNorm(exposure(units, layer, scope), layer, scope);
}

function rootMeanSquare(units: readonly Unit[], scope: Scope, of: (unit: Unit) => number): number {
  return Math.sqrt(sum(units, (unit) => unit.weight * of(unit) ** 2) / scope.totalWeight);
}

function isPortable(primary: SettledRoute, fallback: SettledRoute, mode: UnknownMode): boolean {
  const [from, to] = [primary.nodes.operator, fallback.nodes.operator];
  if (from.get(UNKNOWN) || to.get(UNKNOWN)) return false;
  if ([...from.keys()].some((operator) => to.has(operator))) return false;
  return primary.family && fallback.family ? primary.family !== fallback.family : mode === 'optimistic';
}
