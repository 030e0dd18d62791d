/** The layer table as the report shows it. */
import type { GraphNode, Layer, Linked, NodeId } from '../model/graph.ts';
import type { LayerRow } from '../model/report.ts';
import type { LayerNumbers } from '../score/layers.ts';
import { nodeName } from './node-name.ts';
import { groupsOf } from './to-portfolio.ts';

/** From the code outwards. */
const ORDER = [
  'sdk',
  'gateway',
  'operator',
  'model',
  'maker',
  'cloud',
  'region',
  'jurisdiction',
  'host',
  'virtualization',
] as const satisfies readonly Layer[];

type Share = LayerRow['shares'][number];

/** All ten layers, each with its nodes in order of exposure. */
export function layerRows(numbers: Readonly<Record<Layer, LayerNumbers>>, linked: Linked): readonly LayerRow[] {
  const names = namesOf(linked);
  return ORDER.map((layer) => {
    const { totalWeight, hhi, effective, exposureNorm, unknownShare, weight, share, exposure } = numbers[layer];
    const shares = [...new Set([...share.keys(), ...exposure.keys()])].map((name): Share => {
      const node = `${layer}:${name}`;
      return {
        node,
        name: names.get(node) ?? nodeName(node),
        weight: weight.get(name) ?? 0,
        share: share.get(name) ?? 0,
        exposure: exposure.get(name) ?? 0,
      };
    });
    return { layer, totalWeight, hhi, effective, exposureNorm, unknownShare, shares: shares.sort(byExposure) };
  });
}

function byExposure(one: Share, other: Share): number {
  return other.exposure - one.exposure || other.share - one.share || (one.node < other.node ? -1 : 1);
}

/** Names of nodes, and of groups: a group without a node of its own is called after its members. */
function namesOf(linked: Linked): ReadonlyMap<NodeId, string> {
  const nodes = new Map(linked.nodes.map((node) => [node.id, node]));
  const members = new Map<NodeId, GraphNode[]>();
  for (const [id, group] of Object.entries(groupsOf(linked))) {
    const member = nodes.get(id);
    if (!member) continue;
    const owner = `${member.layer}:${group}`;
    members.set(owner, [...(members.get(owner) ?? []), member]);
  }
  const groups = [...members].map(([owner, all]): [NodeId, string] => [
    owner,
    all
      .map(({ name }) => name)
      .sort()
      .join(', '),
  ]);
  return new Map([...groups, ...[...nodes].map(([id, { name }]): [NodeId, string] => [id, name])]);
}
