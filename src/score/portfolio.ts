/** The input of the score model: capabilities whose routes are already resolved. */
import { CONTEXT, CRITICALITY, LAYERS } from './constants.ts';
import { anObject, date, flag, fraction, listOf, name, numberUpTo, oneOf, recordOf, textLike } from './portfolio-checks.ts';
import { PortfolioError, show } from './portfolio-error.ts';

/** Node name -> k, how much of the route dies with the node. The name "unknown" marks one missing node; 'unknown' is { unknown: 1 }. */
export type Nodes = Readonly<Record<string, number>> | 'unknown';

/** One way to serve a leg. An absent layer means none: self-hosted, open weights. */
export interface PortfolioRoute {
  readonly operator?: Nodes;
  readonly maker?: Nodes;
  readonly cloud?: Nodes;
  readonly region?: Nodes;
  readonly jurisdiction?: Nodes;
  readonly sdk?: Nodes;
  readonly model?: Nodes;
  readonly gateway?: Nodes;
  readonly virtualization?: Nodes;
  /** Model family; absent means unknown. */
  readonly family?: string;
  /** Regions that inference may run in: all lost means route lost. */
  readonly destinations?: readonly string[];
  /** Primary only. */
  readonly retired?: boolean;
  /** Fallback only: how far the failover can be trusted. */
  readonly kappa?: number;
  /** Fallback only: how much of the primary it can replace. */
  readonly compat?: number;
}

/** Routes that stand in for each other: the first is the primary, the rest are its fallbacks. */
export interface PortfolioLeg {
  readonly routes: readonly PortfolioRoute[];
}

/** What is scored. `routes` is short for a single leg; neither routes nor legs means infrastructure only. */
export interface PortfolioCapability {
  readonly id: string;
  readonly criticality?: keyof typeof CRITICALITY;
  readonly context?: keyof typeof CONTEXT;
  /** Overrides criticality times context. */
  readonly weight?: number;
  readonly routes?: readonly PortfolioRoute[];
  readonly legs?: readonly PortfolioLeg[];
  /** p times confidence, one per factor type. */
  readonly lockIn?: readonly number[];
  readonly lifecycle?: readonly number[];
  /** Nodes of the workload itself, which no fallback moves. */
  readonly host?: Nodes;
  readonly virtualization?: Nodes;
}

/** Everything that is scored together. */
export interface Portfolio {
  /** ISO date, printed in the vector. */
  readonly asOf?: string;
  /** Countries that count as home; EU members are already folded to "EU". */
  readonly home?: readonly string[];
  /** `layer:name` -> group that owns it. */
  readonly groups?: Readonly<Record<string, string>>;
  readonly capabilities: readonly PortfolioCapability[];
}

/** Far above any sum of real weights, far below where doubles lose whole numbers. */
const MAX_WEIGHT = 1e9;

const nodes = textLike('unknown', recordOf(name, fraction));

const route = anObject('route', {
  operator: nodes,
  maker: nodes,
  cloud: nodes,
  region: nodes,
  jurisdiction: nodes,
  sdk: nodes,
  model: nodes,
  gateway: nodes,
  virtualization: nodes,
  family: name,
  destinations: listOf(name),
  retired: flag,
  kappa: fraction,
  compat: fraction,
});

const leg = anObject('leg', { routes: listOf(route, { isFilled: true }) }, ['routes']);

const capability = anObject(
  'capability',
  {
    id: name,
    criticality: oneOf(Object.keys(CRITICALITY)),
    context: oneOf(Object.keys(CONTEXT)),
    weight: numberUpTo(MAX_WEIGHT),
    routes: listOf(route),
    legs: listOf(leg),
    lockIn: listOf(fraction),
    lifecycle: listOf(fraction),
    host: nodes,
    virtualization: nodes,
  },
  ['id'],
);

const portfolio = anObject(
  'portfolio',
  { asOf: date, home: listOf(country), groups: recordOf(grouped, group), capabilities: listOf(capability) },
  ['capabilities'],
);

/** Checks a value against the input form; throws a PortfolioError that names the very field. */
export function parsePortfolio(input: unknown): Portfolio {
  portfolio(input, '');
  const parsed = input as Portfolio;
  const ids = new Set<string>();
  for (const [index, { id, routes, legs }] of parsed.capabilities.entries()) {
    const at = `capabilities[${index}]`;
    if (ids.has(id)) throw new PortfolioError(at, `duplicate id ${show(id)}`, { hint: 'ids are unique within a portfolio' });
    if (routes && legs)
      throw new PortfolioError(at, 'has both routes and legs', { hint: 'routes is short for a single leg: keep one' });
    ids.add(id);
  }
  return parsed;
}

/** Countries stand in the vector, so they must not hold its separators. */
function country(value: unknown, at: string): void {
  if (typeof value !== 'string' || !/^[A-Za-z][A-Za-z-]*$/.test(value)) {
    throw new PortfolioError(at, `must be a country code, not ${show(value)}`, {
      hint: 'for example "US", or "EU" for its members',
    });
  }
}

function grouped(value: unknown, at: string): void {
  const layer = LAYERS.find((one) => typeof value === 'string' && value.startsWith(`${one}:`) && value.length > one.length + 1);
  if (!layer)
    throw new PortfolioError(at, `${show(value)} is not a node id`, { hint: 'write "layer:name": "operator:aws-bedrock"' });
}

/** A group called "unknown" would turn a known owner into a missing one. */
function group(value: unknown, at: string): void {
  name(value, at);
  if (value === 'unknown') throw new PortfolioError(at, 'no group may be called "unknown"');
}
