import type { Capability, Route } from '../../model/graph.ts';
import type { Inventory } from '../../model/inventory.ts';
import { type Element, makeElement, type OwnFields } from '../element.ts';
import { distinct, nameOf, type Scene } from '../scene.ts';

type Entry = Inventory['gateways'][number];

interface Traffic {
  readonly through: readonly string[];
  readonly routes: number;
  readonly bypass: number;
  readonly fallbacks: number;
}

/** Gateways as rules see them, one per id. */
export function gatewayElements(scene: Scene): readonly Element[] {
  const ids = distinct(scene.linked.inventory.gateways.map((gateway) => gateway.id));
  return ids.flatMap((id) => {
    const entries = scene.linked.inventory.gateways.filter((gateway) => gateway.id === id);
    const [first] = entries;
    return first === undefined ? [] : [gatewayElement(scene, first, entries)];
  });
}

function gatewayElement(scene: Scene, first: Entry, entries: readonly Entry[]): Element {
  const traffic = trafficOf(scene, first.id);
  const own: OwnFields<'gateway'> = {
    name: first.name,
    deployment: entries.find((entry) => entry.deployment !== 'unknown')?.deployment ?? 'unknown',
    behind: distinct(entries.flatMap((entry) => entry.behind)),
    routes: traffic.routes,
    bypass: traffic.bypass,
    fallbacks: traffic.fallbacks,
  };
  const identity = {
    id: `gateway:${first.id}`,
    label: first.name,
    capabilities: traffic.through,
    evidence: entries.flatMap((entry) => entry.evidence),
  };
  return makeElement(scene, 'gateway', { identity, own });
}

function trafficOf(scene: Scene, gateway: string): Traffic {
  const through: string[] = [];
  let routes = 0;
  let bypass = 0;
  let fallbacks = 0;
  for (const capability of scene.linked.capabilities) {
    const used = routesOf(scene, capability);
    const via = used.filter((route) => passes(route, gateway)).length;
    if (via > 0) through.push(capability.id);
    if (capability.weight === 0) continue;
    routes += via;
    bypass += used.length - via;
    if (via > 0) fallbacks += creditedFallbacks(capability);
  }
  return { through, routes, bypass, fallbacks };
}

function routesOf(scene: Scene, capability: Capability): readonly Route[] {
  const ids = capability.legs.flatMap((leg) => [leg.primary, ...leg.fallbacks.map((fallback) => fallback.route)]);
  return distinct(ids).flatMap((id) => scene.routes.get(id) ?? []);
}

function creditedFallbacks(capability: Capability): number {
  return capability.legs.flatMap((leg) => leg.fallbacks.filter((fallback) => fallback.kappa * fallback.compat > 0)).length;
}

function passes(route: Route, gateway: string): boolean {
  return route.gateway !== undefined && nameOf(route.gateway) === gateway;
}
