/** What is left to lose when one node fails, and how much of everything that is. */
import { largest, sum } from './arithmetic.ts';
import type { Layer } from './constants.ts';
import { type NodeMap, primaryMaps, type SettledLeg, UNKNOWN, type Unit } from './settle.ts';

/** Against what a loss is measured. */
export interface Scope {
  readonly totalWeight: number;
  readonly home: readonly string[];
}

/** rho: the part of a capability that dies with the node, after its best single fallback. The worst leg decides, for the failure is one event. */
export function residual(unit: Unit, layer: Layer, node: string): number {
  return Math.max(
    unit.own[layer].get(node) ?? 0,
    largest(unit.legs, (leg) => legResidual(leg, layer, node)),
  );
}

/** Weight that rests on missing nodes, as a part of the capability (more than 1 with several legs). */
export function hidden(unit: Unit, layer: Layer): number {
  return sum(primaryMaps(unit, layer), (nodes) => nodes.get(UNKNOWN) ?? 0);
}

/** Names of the known nodes that a capability rests on. */
export function knownNodes(unit: Unit, layer: Layer): ReadonlySet<string> {
  const names = new Set(primaryMaps(unit, layer).flatMap((nodes) => [...nodes.keys()]));
  names.delete(UNKNOWN);
  return names;
}

/** Exposure (0..1) of every node of a layer. Missing nodes add their full weight to the most exposed node that counts. */
export function exposure(units: readonly Unit[], layer: Layer, scope: Scope): NodeMap {
  const losses = knownLosses(units, layer);
  const unknown = sum(units, (unit) => unit.weight * hidden(unit, layer));
  if (unknown > 0) {
    const worst = mostExposed(losses, layer, scope);
    losses.set(worst, (losses.get(worst) ?? 0) + unknown);
  }
  return new Map([...losses].map(([node, loss]) => [node, Math.min(1, loss / scope.totalWeight)]));
}

/** P: exposures of a layer as one number, so that one big node weighs more than many small ones. */
export function exposureNorm(exposures: NodeMap, layer: Layer, scope: Scope): number {
  return Math.min(1, Math.sqrt(sum(exposures, ([node, part]) => (counts(node, layer, scope) ? part * part : 0))));
}

/** A country at home is no risk; any other node is. */
function counts(node: string, layer: Layer, { home }: Scope): boolean {
  return layer !== 'jurisdiction' || !home.includes(node);
}

function legResidual({ primary, fallbacks }: SettledLeg, layer: Layer, node: string): number {
  const k = primary.nodes[layer].get(node) ?? 0;
  if (k === 0) return 0;
  const rescue = largest(fallbacks, ({ credit, nodes }) => {
    const lost = nodes[layer].get(UNKNOWN) ? 1 : (nodes[layer].get(node) ?? 0);
    return credit * (1 - lost);
  });
  return k * (1 - rescue);
}

/** Weight lost with each known node, sorted by name so that ties fall the same way everywhere. */
function knownLosses(units: readonly Unit[], layer: Layer): Map<string, number> {
  const losses = new Map<string, number>();
  for (const unit of units) {
    for (const node of knownNodes(unit, layer))
      losses.set(node, (losses.get(node) ?? 0) + unit.weight * residual(unit, layer, node));
  }
  return new Map([...losses].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Two sums of the same weights in another order differ in the last digit: that is a tie. */
const TIE = 1e-12;

function mostExposed(losses: NodeMap, layer: Layer, scope: Scope): string {
  let worst: [node: string, loss: number] = [UNKNOWN, Number.NEGATIVE_INFINITY];
  for (const [node, loss] of losses) {
    if (counts(node, layer, scope) && loss > worst[1] + TIE) worst = [node, loss];
  }
  return worst[0];
}
