/** Scores changes to one portfolio without starting over: only what a change touches is settled and measured again. */
import { noisyOr } from '../score/arithmetic.ts';
import { CONCENTRATION, DIMENSIONS, type Dimension, FLOOR, forEachDimension, forEachScored, SCORED } from '../score/constants.ts';
import { dimensionsOf, lockInOf } from '../score/dimensions.ts';
import { exposureNorm, hidden, knownNodes, residual, type Scope } from '../score/exposure.ts';
import { capsOf, coverageOf, type Grade, gradeOf } from '../score/grade.ts';
import type { Portfolio, PortfolioCapability } from '../score/portfolio.ts';
import { settle, totalWeight, UNKNOWN, type Unit, type UnknownMode } from '../score/settle.ts';

type ScoredLayer = (typeof SCORED)[number];
type ByLayer<T> = Readonly<Record<ScoredLayer, T>>;

/** Capability id -> the capability as it would be. Weights stay as they are. */
export type Changes = ReadonlyMap<string, PortfolioCapability>;

/** Says what a portfolio would score after changes. */
export interface Rescorer {
  /** Value (0..100) of the portfolio after the changes, as `score` gives it. */
  valueAfter(changes: Changes): number;
  gradeAfter(changes: Changes): Grade;
  /** Value of one capability as if it were all there is: cheap, and good enough to order alternatives. */
  valueAlone(capability: PortfolioCapability): number;
}

/** A unit with what it adds to each number. */
interface Part {
  readonly unit: Unit;
  readonly losses: ByLayer<ReadonlyMap<string, number>>;
  readonly hidden: ByLayer<number>;
  readonly lockIn: number;
  readonly lifecycle: number;
  /** The floor it sets under each dimension, 0..100. */
  readonly floors: Readonly<Record<Dimension, number>>;
}

/** Makes the rescorer of a portfolio that holds at least one capability of weight. */
export function createRescorer(portfolio: Portfolio, unknown: UnknownMode): Rescorer {
  const home = portfolio.home ?? [];
  const parts = settle(portfolio, { unknown }).units.map((unit) => partOf(unit, home));
  const positions = new Map(parts.map(({ unit }, index) => [unit.id, index]));
  const scope: Scope = { totalWeight: totalWeight(parts.map(({ unit }) => unit)), home };
  const totals = forEachScored((layer) => totalOf(parts, layer));
  const unitsOf = (capabilities: readonly PortfolioCapability[]) => settle({ ...portfolio, capabilities }, { unknown }).units;
  const partsAfter = (changes: Changes): Replaced => {
    const after = [...parts];
    const pairs: [Part, Part][] = [];
    for (const unit of unitsOf([...changes.values()])) {
      const index = positions.get(unit.id) ?? -1;
      const before = parts[index];
      if (!before) continue;
      const part = partOf(unit, home);
      after[index] = part;
      pairs.push([before, part]);
    }
    return { after, pairs };
  };
  const measure = (replaced: Replaced) => combine(dimensionsAfter(replaced, { totals, scope }), home);
  return {
    valueAfter: (changes) => measure(partsAfter(changes)),
    gradeAfter: (changes) => {
      const replaced = partsAfter(changes);
      const units = replaced.after.map(({ unit }) => unit);
      return gradeOf(measure(replaced), capsOf(units, coverageOf(units)));
    },
    valueAlone: (capability) => dimensionsOf(unitsOf([{ ...capability, weight: 1 }]), home).value,
  };
}

interface Replaced {
  readonly after: readonly Part[];
  readonly pairs: readonly (readonly [before: Part, after: Part])[];
}

function partOf(unit: Unit, home: readonly string[]): Part {
  const { weight } = unit;
  // Alone, a unit below weight 1 is measured against its own weight, which is the same as at weight 1.
  const alone = dimensionsOf([weight < 1 ? { ...unit, weight: 1 } : unit], home).dimensions;
  return {
    unit,
    losses: forEachScored((layer) => lossesOf(unit, layer)),
    hidden: forEachScored((layer) => weight * hidden(unit, layer)),
    lockIn: weight * lockInOf(unit) ** 2,
    lifecycle: weight * noisyOr(unit.lifecycle) ** 2,
    floors: forEachDimension((dimension) => FLOOR * Math.min(1, weight) * alone[dimension]),
  };
}

function lossesOf(unit: Unit, layer: ScoredLayer): ReadonlyMap<string, number> {
  return new Map([...knownNodes(unit, layer)].map((node) => [node, unit.weight * residual(unit, layer, node)]));
}

function totalOf(parts: readonly Part[], layer: ScoredLayer): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const { losses } of parts) addTo(total, losses[layer], 1);
  return total;
}

function addTo(total: Map<string, number>, losses: ReadonlyMap<string, number>, sign: 1 | -1): void {
  for (const [node, loss] of losses) total.set(node, (total.get(node) ?? 0) + sign * loss);
}

interface Base {
  readonly totals: ByLayer<ReadonlyMap<string, number>>;
  readonly scope: Scope;
}

function dimensionsAfter({ after, pairs }: Replaced, { totals, scope }: Base): Readonly<Record<Dimension, number>> {
  const { unknown, lockIn, lifecycle, floors } = sumsOf(after);
  const norms = forEachScored((layer) => {
    const losses = new Map(totals[layer]);
    for (const [before, now] of pairs) {
      addTo(losses, before.losses[layer], -1);
      addTo(losses, now.losses[layer], 1);
    }
    return normOf(losses, unknown[layer], { layer, scope });
  });
  const all: Record<Dimension, number> = {
    concentration: Math.sqrt(
      CONCENTRATION.operator * norms.operator ** 2 +
        CONCENTRATION.maker * norms.maker ** 2 +
        CONCENTRATION.cloud * norms.cloud ** 2,
    ),
    lockIn: Math.sqrt(lockIn / scope.totalWeight),
    region: norms.region,
    jurisdiction: norms.jurisdiction,
    lifecycle: Math.sqrt(lifecycle / scope.totalWeight),
  };
  return forEachDimension((dimension) => Math.min(100, Math.max(100 * all[dimension], floors[dimension])));
}

/** Sums and floors over all parts, in one pass: it runs for every change that is tried. */
function sumsOf(parts: readonly Part[]) {
  const unknown = forEachScored(() => 0);
  const floors = forEachDimension(() => 0);
  let lockIn = 0;
  let lifecycle = 0;
  for (const part of parts) {
    lockIn += part.lockIn;
    lifecycle += part.lifecycle;
    for (const layer of SCORED) unknown[layer] += part.hidden[layer];
    for (const dimension of ALL) floors[dimension] = Math.max(floors[dimension], part.floors[dimension]);
  }
  return { unknown, floors, lockIn, lifecycle };
}

const ALL: readonly Dimension[] = ['concentration', 'jurisdiction', 'lifecycle', 'lockIn', 'region'];

/** Missing nodes add their weight to the most exposed node that counts. */
function normOf(
  losses: ReadonlyMap<string, number>,
  unknown: number,
  { layer, scope }: { layer: ScoredLayer; scope: Scope },
): number {
  let worst: readonly [node: string, loss: number] = [UNKNOWN, Number.NEGATIVE_INFINITY];
  const exposures = new Map<string, number>();
  for (const [node, loss] of losses) {
    exposures.set(node, Math.min(1, loss / scope.totalWeight));
    const isCounted = layer !== 'jurisdiction' || !scope.home.includes(node);
    if (isCounted && loss > worst[1]) worst = [node, loss];
  }
  if (unknown > 0) exposures.set(worst[0], Math.min(1, (Math.max(0, worst[1]) + unknown) / scope.totalWeight));
  return exposureNorm(exposures, layer, scope);
}

/** The same sum as in the model; the property tests hold the two together. */
function combine(dimensions: Readonly<Record<Dimension, number>>, home: readonly string[]): number {
  let squares = 0;
  let total = 0;
  forEachDimension((dimension) => {
    const weight = dimension === 'jurisdiction' && home.length === 0 ? 0 : DIMENSIONS[dimension];
    squares += weight * dimensions[dimension] ** 2;
    total += weight;
  });
  return Math.min(100, Math.sqrt(squares / total));
}
