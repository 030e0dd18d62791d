import type {
  Capability,
  ClientElement,
  Evidence,
  GraphNode,
  Layer,
  Leg,
  Linked,
  ResourceElement,
  Route,
  Workload,
} from '../model/graph.ts';
import type { Grade, LayerRow } from '../model/report.ts';
import { append, groupBy } from './collecting.ts';
import type { Facts } from './facts.ts';
import type { Situation } from './field.ts';
import type { RouteView } from './route-view.ts';

/** What `measure` found, for the rules that read numbers. */
export interface Numbers {
  /** Node id or `layer:group` -> share of the weight lost when it fails. */
  exposureOf(node: string): number;
  readonly layers: readonly LayerRow[];
  readonly score: { readonly value: number | null; readonly grade: Grade };
}

/** The linked code with its lookups: what views are built from. */
export interface Scene {
  readonly linked: Linked;
  readonly facts: Facts;
  readonly situation: Situation;
  /** Absent in weigh: nothing is measured yet. */
  readonly numbers: Numbers | undefined;
  readonly routes: ReadonlyMap<string, Route>;
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly capabilities: ReadonlyMap<string, Capability>;
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly evidence: ReadonlyMap<string, Evidence>;
  /** Views of routes, each made once: a route is looked at as itself, as a primary and as a fallback. */
  readonly routeViews: Map<string, RouteView>;
  /** Number of capabilities of weight above 0. */
  readonly weighted: number;
  /** Capability ids by route id: as primary, and as anything. An id may stand there twice. */
  readonly primaryOf: ReadonlyMap<string, readonly string[]>;
  readonly usedBy: ReadonlyMap<string, readonly string[]>;
  /** By workload id. */
  readonly capabilitiesIn: ReadonlyMap<string, readonly Capability[]>;
  /** By capability id. */
  readonly resourcesOf: ReadonlyMap<string, readonly ResourceElement[]>;
  readonly clientsOf: ReadonlyMap<string, readonly ClientElement[]>;
}

/** Indexes the linked code once for all rules. */
export function setScene(linked: Linked, facts: Facts, { situation, numbers }: SceneOptions): Scene {
  const primaryOf = new Map<string, string[]>();
  const usedBy = new Map<string, string[]>();
  for (const capability of linked.capabilities) {
    for (const leg of capability.legs) {
      append(primaryOf, leg.primary, capability.id);
      for (const route of [leg.primary, ...leg.fallbacks.map((fallback) => fallback.route)]) append(usedBy, route, capability.id);
    }
  }
  return {
    linked,
    facts,
    situation,
    numbers,
    routes: byId(linked.routes),
    nodes: byId(linked.nodes),
    capabilities: byId(linked.capabilities),
    workloads: byId(linked.workloads),
    evidence: byId(linked.evidence),
    routeViews: new Map(),
    weighted: linked.capabilities.filter((capability) => capability.weight > 0).length,
    primaryOf,
    usedBy,
    capabilitiesIn: groupBy(linked.capabilities, (capability) => capability.workload),
    resourcesOf: byCapability(linked.resources),
    clientsOf: byCapability(linked.clients),
  };
}

export interface SceneOptions {
  readonly situation: Situation;
  readonly numbers?: Numbers;
}

/** Owner group of a node, else its own name. */
export function ownerOf(scene: Scene, node: string): string {
  const found = scene.nodes.get(node);
  return found?.group ?? nameOf(node);
}

/** `region:aws:eu-west-1` -> `aws:eu-west-1`. */
export function nameOf(node: string): string {
  return node.slice(node.indexOf(':') + 1);
}

/** Known nodes of a route in a layer. */
export function nodesIn(route: Route | undefined, layer: Layer): readonly { readonly node: string; readonly k: number }[] {
  const known: { node: string; k: number }[] = [];
  for (const node of route?.nodes[layer] ?? []) if ('node' in node) known.push(node);
  return known;
}

/** True where a layer of the route holds a node nobody could resolve. */
export function hasUnknown(route: Route, layer: Layer): boolean {
  return (route.nodes[layer] ?? []).some((node) => 'unknown' in node);
}

/** Primary routes of a capability, one per leg, those that exist. */
export function primariesOf(scene: Scene, legs: readonly Leg[]): readonly Route[] {
  return legs.flatMap((leg) => scene.routes.get(leg.primary) ?? []);
}

/** Sorted by code point, each once. */
export function distinct(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].sort();
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function byCapability<T extends { readonly capabilities: readonly string[] }>(
  items: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    for (const id of item.capabilities) append(found, id, item);
  }
  return found;
}
