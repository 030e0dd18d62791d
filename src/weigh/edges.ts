import type { CompiledRule } from '../condition/compile.ts';
import type { Element } from '../condition/element.ts';
import { evidenceFor } from '../condition/matching.ts';
import { splitRegion } from '../condition/places.ts';
import { regionName } from '../condition/region-name.ts';
import { nameOf, type Scene } from '../condition/scene.ts';
import type { EvidenceId, GraphNode, Layer, NodeId } from '../model/graph.ts';

/** A node that an edge rule puts on a capability. */
export interface Added {
  readonly capability: string;
  readonly ruleId: string;
  readonly layer: Layer;
  readonly node: NodeId;
  readonly k: number;
  readonly evidence: readonly EvidenceId[];
  /** The node, for the graph, where it is new. */
  readonly made: GraphNode;
}

const LAYERS: ReadonlyMap<string, Layer> = new Map(
  (['operator', 'maker', 'cloud', 'region', 'jurisdiction', 'host', 'virtualization', 'gateway', 'sdk', 'model'] as const).map(
    (layer) => [layer, layer],
  ),
);

/** Edges a rule gives the capabilities of an element. */
export function edgesOf(scene: Scene, rule: CompiledRule, element: Element): readonly Added[] {
  const { adds, id } = rule.rule;
  const layer = LAYERS.get(adds?.layer ?? '');
  if (adds === undefined || layer === undefined || rule.match(element) === null) return [];
  const node = rule.node(element);
  if (node === null) return [];
  const full = node.startsWith(`${layer}:`) ? node : `${layer}:${node}`;
  const evidence = evidenceFor(scene, rule.rule, element);
  const made = makeNode(scene, layer, full);
  return element.capabilities.map((capability) => ({ capability, ruleId: id, layer, node: full, k: adds.k, evidence, made }));
}

function makeNode(scene: Scene, layer: Layer, id: NodeId): GraphNode {
  const name = nameOf(id);
  const { cloud, region } = splitRegion(name);
  const fact = layer === 'region' || layer === 'host' ? scene.facts.region(cloud, region) : null;
  if (fact === null) return { id, layer, name, known: true };
  return { id, layer, name: regionName(cloud, region, fact.country), known: true, jurisdiction: fact.jurisdiction };
}
