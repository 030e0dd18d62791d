/** Portfolio -> units: weights multiplied out, groups merged, unknown nodes read as the mode says. */
import { sum } from './arithmetic.ts';
import { CONTEXT, COVERED, CRITICALITY, forEachLayer, type Layer, SPREAD_REGION } from './constants.ts';
import { type Nodes, type Portfolio, type PortfolioCapability, type PortfolioRoute, parsePortfolio } from './portfolio.ts';

/** Whether a missing node counts as the worst or as the best that it could be. */
export type UnknownMode = 'pessimistic' | 'optimistic';

/** The name that marks one missing node. */
export const UNKNOWN = 'unknown';

/** Node name -> k. */
export type NodeMap = ReadonlyMap<string, number>;
export type LayerNodes = Readonly<Record<Layer, NodeMap>>;

/** A route as the model sees it. */
export interface SettledRoute {
  readonly family: string | undefined;
  readonly isRetired: boolean;
  readonly destinations: readonly string[];
  readonly kappa: number;
  /** kappa times compat; 0 for a primary. */
  readonly credit: number;
  readonly nodes: LayerNodes;
}

export interface SettledLeg {
  readonly primary: SettledRoute;
  readonly fallbacks: readonly SettledRoute[];
}

/** A capability as the model sees it. No legs: infrastructure only. */
export interface Unit {
  readonly id: string;
  readonly mode: UnknownMode;
  readonly weight: number;
  readonly isProduction: boolean;
  readonly isCovered: boolean;
  readonly lockIn: readonly number[];
  readonly lifecycle: readonly number[];
  /** Nodes of the workload itself. */
  readonly own: LayerNodes;
  readonly legs: readonly SettledLeg[];
}

export interface Settled {
  /** Capabilities of weight > 0 with a route. */
  readonly units: readonly Unit[];
  /** Workloads of weight > 0 without any. */
  readonly infrastructure: readonly Unit[];
}

/** How names are read while settling one leg. */
interface Reading {
  readonly mode: UnknownMode;
  /** Names the missing node of this leg where it gets a node of its own. */
  readonly leg: string;
  groupOf(layer: Layer, name: string): string;
}

/** Validates and settles. What-if asks for nodes as they are (`isGrouped: false`) and looks at the groups itself. */
export function settle(input: Portfolio, { unknown, isGrouped = true }: { unknown: UnknownMode; isGrouped?: boolean }): Settled {
  const portfolio = parsePortfolio(input);
  const groups = new Map(isGrouped ? Object.entries(portfolio.groups ?? {}) : []);
  const groupOf = (layer: Layer, name: string) => groups.get(`${layer}:${name}`) ?? name;
  const all = portfolio.capabilities
    .map((capability) => settleCapability(capability, unknown, groupOf))
    .filter(({ weight }) => weight > 0);
  return { units: all.filter(({ legs }) => legs.length > 0), infrastructure: all.filter(({ legs }) => legs.length === 0) };
}

/** W: a lone bot is not a whole company. */
export function totalWeight(units: readonly Unit[]): number {
  return Math.max(
    1,
    sum(units, ({ weight }) => weight),
  );
}

/** The nodes that a capability rests on in a layer, one map for the workload itself and one per leg; empty ones are left out. */
export function primaryMaps(unit: Unit, layer: Layer): readonly NodeMap[] {
  return [unit.own[layer], ...unit.legs.map(({ primary }) => primary.nodes[layer])].filter(({ size }) => size > 0);
}

function settleCapability(capability: PortfolioCapability, mode: UnknownMode, groupOf: Reading['groupOf']): Unit {
  const { id, criticality = 'standard', context = 'production', routes = [], lockIn = [], lifecycle = [] } = capability;
  const legs = capability.legs ?? (routes.length > 0 ? [{ routes }] : []);
  return {
    id,
    mode,
    weight: capability.weight ?? CRITICALITY[criticality] * CONTEXT[context],
    isProduction: context === 'production',
    isCovered: legs.every(({ routes: [primary] }) =>
      COVERED.every((layer) => !entriesOf(primary?.[layer]).some(([name]) => name === UNKNOWN)),
    ),
    lockIn,
    lifecycle,
    own: forEachLayer((layer) => new Map(layer === 'host' || layer === 'virtualization' ? entriesOf(capability[layer]) : [])),
    legs: legs.map((leg, index) => settleLeg(leg.routes, { mode, leg: `${id}/${index}`, groupOf })),
  };
}

function settleLeg([primary = {}, ...fallbacks]: readonly PortfolioRoute[], reading: Reading): SettledLeg {
  const ofPrimary = forEachLayer((layer) => settlePrimary(nodesOf(primary, layer), layer, reading));
  return {
    primary: { ...ofRoute(primary), credit: 0, nodes: ofPrimary },
    fallbacks: fallbacks.map((route) => ({
      ...ofRoute(route),
      credit: (route.kappa ?? 0) * (route.compat ?? 1),
      nodes: forEachLayer((layer) => settleFallback(nodesOf(route, layer), layer, reading)),
    })),
  };
}

function ofRoute({ family, retired = false, destinations = [], kappa = 0 }: PortfolioRoute) {
  return { family, isRetired: retired, destinations, kappa };
}

/** An optimistic unknown of a primary is a node of its own, in the region layer a spread one, and a country at home. */
function settlePrimary(nodes: Nodes | undefined, layer: Layer, { mode, leg, groupOf }: Reading): NodeMap {
  const settled = new Map<string, number>();
  for (const [name, k] of entriesOf(nodes)) {
    if (name !== UNKNOWN) add(settled, layer, [groupOf(layer, name), k]);
    else if (mode === 'pessimistic') add(settled, layer, [UNKNOWN, k]);
    else if (layer !== 'jurisdiction')
      add(settled, layer, [`${UNKNOWN}:${leg}`, layer === 'region' ? Math.min(SPREAD_REGION, k) : k]);
  }
  return settled;
}

/** An optimistic unknown of a fallback stands in nobody's way. */
function settleFallback(nodes: Nodes | undefined, layer: Layer, { mode, groupOf }: Reading): NodeMap {
  const settled = new Map<string, number>();
  for (const [name, k] of entriesOf(nodes)) {
    if (name !== UNKNOWN) add(settled, layer, [groupOf(layer, name), k]);
    else if (mode === 'pessimistic') add(settled, layer, [UNKNOWN, k]);
  }
  return settled;
}

/** Clouds share a route, so merged clouds add up; any other node is needed whole. */
function add(settled: Map<string, number>, layer: Layer, [node, k]: readonly [string, number]): void {
  const held = settled.get(node) ?? 0;
  settled.set(node, layer === 'cloud' ? Math.min(1, held + k) : Math.max(held, k));
}

/** A route has no host of its own: the host belongs to the workload. */
function nodesOf(route: PortfolioRoute, layer: Layer): Nodes | undefined {
  return layer === 'host' ? undefined : route[layer];
}

function entriesOf(nodes: Nodes | undefined): readonly [string, number][] {
  if (nodes === undefined) return [];
  return nodes === 'unknown' ? [[UNKNOWN, 1]] : Object.entries(nodes);
}
