import { groupBy } from '../condition/collecting.ts';
import type { CompiledRule } from '../condition/compile.ts';
import { elementSource } from '../condition/elements.ts';
import type { Facts } from '../condition/facts.ts';
import type { Situation } from '../condition/field.ts';
import { type Scene, setScene } from '../condition/scene.ts';
import type { Capability, Factor, GraphEdge, GraphNode, Linked } from '../model/graph.ts';
import { type Added, edgesOf } from './edges.ts';
import { factorsOf } from './factors.ts';

export interface WeighOptions {
  readonly facts: Facts;
  readonly situation: Situation;
}

/** Runs factor and edge rules: puts what they say on the capabilities, without a number being known. */
export function weigh(linked: Linked, rules: readonly CompiledRule[], { facts, situation }: WeighOptions): Linked {
  const scene = setScene(linked, facts, { situation });
  const elements = elementSource(scene);
  const factors = new Map<string, Map<string, Factor>>();
  const added: Added[] = [];
  for (const rule of rules) {
    if (rule.rule.effect === 'factor') {
      for (const element of elements(rule.rule.each)) {
        for (const factor of factorsOf(scene, rule, element)) {
          for (const id of element.capabilities) keep(factors, id, factor);
        }
      }
    }
    if (rule.rule.effect === 'edge') {
      for (const element of elements(rule.rule.each)) {
        for (const edge of edgesOf(scene, rule, element)) added.push(edge);
      }
    }
  }
  const addedTo = groupBy(added, (edge) => edge.capability);
  return {
    ...linked,
    capabilities: linked.capabilities.map((capability) =>
      weighed(capability, factors.get(capability.id), addedTo.get(capability.id) ?? []),
    ),
    nodes: withNodes(scene, added),
    edges: withEdges(linked.edges, added),
  };
}

/** Each type counts once per capability: the heavier one stays, with the places of both. */
function keep(factors: Map<string, Map<string, Factor>>, capability: string, factor: Factor): void {
  const types = factors.get(capability) ?? new Map<string, Factor>();
  factors.set(capability, types);
  const known = types.get(factor.factor);
  types.set(factor.factor, known === undefined ? factor : mergeFactors(known, factor));
}

function mergeFactors(one: Factor, other: Factor): Factor {
  const heavier = other.p * other.confidence > one.p * one.confidence ? other : one;
  return { ...heavier, evidence: [...new Set([...one.evidence, ...other.evidence])].sort() };
}

function weighed(capability: Capability, types: ReadonlyMap<string, Factor> | undefined, added: readonly Added[]): Capability {
  const merged = new Map(capability.factors.map((factor) => [factor.factor, factor]));
  for (const [type, factor] of types ?? []) {
    const known = merged.get(type);
    merged.set(type, known === undefined ? factor : mergeFactors(known, factor));
  }
  const extra = added.map(({ layer, node, k, ruleId }) => ({ layer, node, k, ruleId }));
  return {
    ...capability,
    factors: [...merged.values()].sort((a, b) => compare(`${a.dimension} ${a.factor}`, `${b.dimension} ${b.factor}`)),
    extra: [...capability.extra, ...extra].sort((a, b) => compare(`${a.node} ${a.ruleId}`, `${b.node} ${b.ruleId}`)),
  };
}

function withNodes(scene: Scene, added: readonly Added[]): readonly GraphNode[] {
  const nodes = new Map(scene.linked.nodes.map((node) => [node.id, node]));
  for (const entry of added) if (!nodes.has(entry.node)) nodes.set(entry.node, entry.made);
  return [...nodes.values()].sort((a, b) => compare(a.id, b.id));
}

function withEdges(edges: readonly GraphEdge[], added: readonly Added[]): readonly GraphEdge[] {
  const made = added.map((entry) => ({ from: entry.capability, to: entry.node, k: entry.k, evidence: entry.evidence }));
  return [...edges, ...made].sort((a, b) => compare(`${a.from} ${a.to}`, `${b.from} ${b.to}`));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
