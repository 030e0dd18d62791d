/** The layer table: textbook concentration of the primaries, and beside it what could be lost. */
import { sum } from './arithmetic.ts';
import { forEachLayer, type Layer, UNSCORED } from './constants.ts';
import { exposure, exposureNorm } from './exposure.ts';
import type { Portfolio } from './portfolio.ts';
import { type NodeMap, primaryMaps, settle, totalWeight, UNKNOWN, type Unit, type UnknownMode } from './settle.ts';

/** One layer. hhi is 0..10000, everything else but the weights 0..1; hhi and effective are null where the layer has no nodes. */
export interface LayerNumbers {
  readonly hhi: number | null;
  /** Effective number of suppliers: how many equal ones would give this hhi. */
  readonly effective: number | null;
  readonly unknownShare: number;
  readonly exposureNorm: number;
  /** Weight that primaries put on all nodes of the layer. */
  readonly totalWeight: number;
  /** Weight that primaries put on each node. */
  readonly weight: NodeMap;
  /** weight / totalWeight. */
  readonly share: NodeMap;
  /** Part of everything that is lost with the node, after fallbacks. */
  readonly exposure: NodeMap;
}

/** Measures all ten layers; workloads without AI count in the unscored ones only. */
export function layers(
  portfolio: Portfolio,
  { unknown = 'pessimistic' }: { unknown?: UnknownMode | undefined } = {},
): Record<Layer, LayerNumbers> {
  const { units, infrastructure } = settle(portfolio, { unknown });
  const isUnscored = (layer: Layer) => UNSCORED.some((one) => one === layer);
  return forEachLayer((layer) => layerOf(isUnscored(layer) ? [...units, ...infrastructure] : units, layer, portfolio.home ?? []));
}

function layerOf(units: readonly Unit[], layer: Layer, home: readonly string[]): LayerNumbers {
  const weight = primaryWeights(units, layer);
  const total = sum(weight.values(), (part) => part);
  const share = new Map([...weight].map(([node, part]) => [node, part / total]));
  const squares = sum(share.values(), (part) => part * part);
  const scope = { totalWeight: totalWeight(units), home };
  const exposures = exposure(units, layer, scope);
  return {
    hhi: share.size > 0 ? 10000 * squares : null,
    effective: share.size > 0 ? 1 / squares : null,
    unknownShare: sum(share, ([node, part]) => (isUnknown(node) ? part : 0)),
    exposureNorm: exposureNorm(exposures, layer, scope),
    totalWeight: total,
    weight,
    share,
    exposure: exposures,
  };
}

/** Primaries only: a fallback must not make a layer look more or less concentrated. Equal parts per leg, inside a leg by k. */
function primaryWeights(units: readonly Unit[], layer: Layer): NodeMap {
  const weights = new Map<string, number>();
  for (const unit of units) {
    const legs = primaryMaps(unit, layer)
      .map((nodes) => ({ nodes, total: sum(nodes.values(), (k) => k) }))
      .filter(({ total }) => total > 0);
    for (const { nodes, total } of legs) {
      for (const [node, k] of nodes) weights.set(node, (weights.get(node) ?? 0) + ((unit.weight / legs.length) * k) / total);
    }
  }
  return weights;
}

/** Missing nodes are called `unknown`, or `unknown:<leg>` where each is read as a node of its own. */
function isUnknown(node: string): boolean {
  return node === UNKNOWN || node.startsWith(`${UNKNOWN}:`);
}
