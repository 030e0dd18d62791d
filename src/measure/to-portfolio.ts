/** Graph -> portfolio: the same capabilities in the input form of the score model. */
import type { Capability, Factor, Layer, Leg, Linked, NodeId, Route, RouteNode, Workload } from '../model/graph.ts';
import { forEachScored } from '../score/constants.ts';
import type { Portfolio, PortfolioCapability, PortfolioRoute } from '../score/portfolio.ts';
import { nodeName } from './node-name.ts';

type Extra = Capability['extra'][number];

/** Layers where services of one owner count as one. A cloud keeps its own name: two clouds of one owner do not burn together. */
const GROUPED: readonly Layer[] = ['operator', 'maker'];

/** What a capability is made of besides itself. */
interface Parts {
  readonly routes: ReadonlyMap<string, Route>;
  readonly workloads: ReadonlyMap<string, Workload>;
}

/** Writes a graph as a portfolio. `home` must already be folded: members of the EU are "EU". */
export function toPortfolio(linked: Linked, { home, asOf }: { home: readonly string[]; asOf: string }): Portfolio {
  const parts: Parts = {
    routes: new Map(linked.routes.map((route) => [route.id, route])),
    workloads: new Map(linked.workloads.map((workload) => [workload.id, workload])),
  };
  const capabilities = linked.capabilities.map((capability) => toCapability(capability, parts));
  return { asOf, home, groups: groupsOf(linked), capabilities: [...capabilities, ...infrastructureOf(linked)] };
}

/** `layer:name` -> owner, for every node that has one. */
export function groupsOf({ nodes }: Linked): Readonly<Record<string, string>> {
  const owned = nodes.filter(
    ({ layer, name, group }) => GROUPED.includes(layer) && group && group !== 'unknown' && group !== name,
  );
  return Object.fromEntries(owned.map(({ id, group = '' }) => [id, group]));
}

function toCapability(capability: Capability, { routes, workloads }: Parts): PortfolioCapability {
  const { id, criticality, context, weight, factors, extra } = capability;
  const workload = workloads.get(capability.workload);
  const isOfWorkload = ({ layer }: Extra) => layer === 'host' || layer === 'virtualization';
  const ofWorkload = extra.filter(isOfWorkload);
  return {
    id,
    criticality,
    context,
    weight,
    legs: toLegs(capability.legs, { routes, extra: extra.filter((one) => !isOfWorkload(one)) }),
    lockIn: strengths(factors, 'lockIn'),
    lifecycle: strengths(factors, 'lifecycle'),
    host: nodesOf([...(workload?.host ?? []), ...ofWorkload.filter(({ layer }) => layer === 'host')], 'host'),
    virtualization: nodesOf(
      [...(workload?.virtualization ?? []), ...ofWorkload.filter(({ layer }) => layer === 'virtualization')],
      'virtualization',
    ),
  };
}

/** Extra nodes go to the legs that rest on something in that layer, else to all of them, and there to every route: nobody routes around a store. */
function toLegs(
  legs: readonly Leg[],
  { routes, extra }: { routes: Parts['routes']; extra: readonly Extra[] },
): NonNullable<PortfolioCapability['legs']> {
  const resting = (layer: Layer) => legs.filter(({ primary }) => seenIn(routeOf(routes, primary), layer).length > 0);
  const isFor = (leg: Leg, { layer }: Extra) => {
    const chosen = resting(layer);
    return chosen.length === 0 || chosen.includes(leg);
  };
  return legs.map((leg) => {
    const added = extra.filter((one) => isFor(leg, one));
    const primary = routeOf(routes, leg.primary);
    const fallbacks = leg.fallbacks.map(({ route, kappa, compat }) => ({
      ...toRoute(routeOf(routes, route), added),
      kappa,
      compat,
    }));
    return { routes: [{ ...toRoute(primary, added), retired: primary.retired ?? false }, ...fallbacks] };
  });
}

function routeOf(routes: Parts['routes'], id: string): Route {
  const route = routes.get(id);
  if (!route) throw new Error(`the graph has no route ${id}`);
  return route;
}

function toRoute(route: Route, added: readonly Extra[]): PortfolioRoute {
  const of = (layer: Layer) => nodesOf([...seenIn(route, layer), ...added.filter((extra) => extra.layer === layer)], layer);
  return {
    ...forEachScored(of),
    sdk: of('sdk'),
    model: of('model'),
    gateway: of('gateway'),
    virtualization: of('virtualization'),
    ...(route.family?.trim() ? { family: route.family } : {}),
    destinations: route.destinations.map(nodeName),
  };
}

function seenIn(route: Route, layer: Layer): readonly RouteNode[] {
  const whole = layer === 'sdk' || layer === 'gateway' || layer === 'model' ? route[layer] : undefined;
  return [...(route.nodes[layer] ?? []), ...(whole ? [{ node: whole, k: 1 }] : [])];
}

/** One entry per name. A route is spread over its clouds, so they add up; any other node is needed whole. */
function nodesOf(
  nodes: readonly (RouteNode | { readonly node: NodeId; readonly k: number })[],
  layer: Layer,
): Readonly<Record<string, number>> {
  const named = new Map<string, number>();
  for (const seen of nodes) {
    const [name, k] = 'node' in seen ? [nodeName(seen.node), seen.k] : ['unknown', 1];
    const held = named.get(name) ?? 0;
    named.set(name, layer === 'cloud' ? Math.min(1, held + k) : Math.max(held, k));
  }
  return Object.fromEntries(named);
}

/** p times confidence, the strongest of each factor type, in the order of the types. */
function strengths(factors: readonly Factor[], dimension: Factor['dimension']): readonly number[] {
  const strongest = new Map<string, number>();
  for (const { factor, p, confidence } of factors.filter((one) => one.dimension === dimension)) {
    strongest.set(factor, Math.max(strongest.get(factor) ?? 0, p * confidence));
  }
  return [...strongest].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, strength]) => strength);
}

/** Workloads that run somewhere and have no AI that counts: listed, so that what-if can say what burns beside it. */
function infrastructureOf({ workloads, capabilities }: Linked): readonly PortfolioCapability[] {
  const served = new Set(capabilities.filter(({ weight }) => weight > 0).map(({ workload }) => workload));
  const taken = new Set(capabilities.map(({ id }) => id));
  return workloads
    .filter(({ id, host, virtualization }) => !served.has(id) && host.length + virtualization.length > 0)
    .map((workload) => ({
      id: freeId(`workload:${workload.id}`, taken),
      weight: 1,
      host: nodesOf(workload.host, 'host'),
      virtualization: nodesOf(workload.virtualization, 'virtualization'),
    }));
}

/** Folder names come from the audited tree, so a capability may be called the same. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  let free = id;
  while (taken.has(free)) free = `${free}~`;
  return free;
}
