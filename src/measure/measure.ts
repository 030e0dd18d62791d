/** Graph -> numbers: the score, each workload's own, and the layer table. */
import type { Linked, NodeId } from '../model/graph.ts';
import type { LayerRow } from '../model/report.ts';
import { layers } from '../score/layers.ts';
import type { Portfolio } from '../score/portfolio.ts';
import { score } from '../score/score.ts';
import type { UnknownMode } from '../score/settle.ts';
import { layerRows } from './layer-rows.ts';
import type { Measured, MeasuredWorkload } from './measured.ts';
import { groupsOf, toPortfolio } from './to-portfolio.ts';

export interface MeasureOptions {
  /** Countries that count as home; members of the EU are already "EU". */
  readonly home: readonly string[];
  readonly asOf: string;
  readonly unknown: UnknownMode;
}

/** Measures a graph. */
export function measure(linked: Linked, { home, asOf, unknown }: MeasureOptions): Measured {
  const portfolio = toPortfolio(linked, { home, asOf });
  const rows = layerRows(layers(portfolio, { unknown }), linked);
  const exposures = exposuresOf(rows, linked);
  return {
    portfolio,
    score: score(portfolio, { unknown }),
    workloads: workloadsOf(linked, { portfolio, unknown }),
    layers: rows,
    exposureOf: (node) => exposures.get(node) ?? 0,
  };
}

function workloadsOf(
  linked: Linked,
  { portfolio, unknown }: { portfolio: Portfolio; unknown: UnknownMode },
): ReadonlyMap<string, MeasuredWorkload> {
  const measured = linked.workloads.map(({ id }): [string, MeasuredWorkload] => {
    const own = linked.capabilities.filter(({ workload }) => workload === id);
    const ids = new Set(own.map((capability) => capability.id));
    const capabilities = portfolio.capabilities.filter((capability) => ids.has(capability.id));
    const totalWeight = own.reduce((total, { weight }) => total + weight, 0);
    return [id, { score: score({ ...portfolio, capabilities }, { unknown }), totalWeight }];
  });
  return new Map(measured);
}

/** Nodes and groups by id; a member is as exposed as its group. */
function exposuresOf(rows: readonly LayerRow[], linked: Linked): ReadonlyMap<NodeId, number> {
  const exposures = new Map(rows.flatMap(({ shares }) => shares.map(({ node, exposure }): [NodeId, number] => [node, exposure])));
  for (const [member, group] of Object.entries(groupsOf(linked))) {
    const layer = member.slice(0, member.indexOf(':'));
    exposures.set(member, exposures.get(`${layer}:${group}`) ?? 0);
  }
  return exposures;
}
