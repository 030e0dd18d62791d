/** A route that nobody calls yet, made of catalog facts the way link makes one of code. */
import type { Catalog, Provider } from '../model/catalog.ts';
import type { Capability, Workload } from '../model/graph.ts';
import type { ModelMatch } from '../model/match.ts';
import { clouds } from '../score/clouds.ts';
import { jurisdictionOf } from '../score/jurisdiction.ts';
import type { PortfolioRoute } from '../score/portfolio.ts';

type NodeMap = Readonly<Record<string, number>>;

/** Where a route enters: the name of its region node, and the country whose law a pin brings. */
export interface Entry {
  readonly name: string;
  readonly k: number;
  readonly country?: string;
}

/** k of a region that the operator chooses itself. */
const GLOBAL = 0.4;

/** A model at a hosted service, entered there. */
export function hostedRoute(catalog: Catalog, provider: Provider, { match, entry }: Hosted): PortfolioRoute {
  const isClosed = match.weights !== 'open' && match.maker !== undefined;
  return {
    operator: { [provider.id]: 1 },
    maker: isClosed ? { [match.maker ?? '']: 1 } : {},
    cloud: clouds(provider.id, provider.hostedOn),
    region: { [entry.name]: entry.k },
    jurisdiction: countriesOf(catalog, provider, { match, entry }),
    model: { [match.bare]: 1 },
    ...(match.family ? { family: match.family.id } : {}),
    destinations: [],
  };
}

interface Hosted {
  readonly match: ModelMatch;
  readonly entry: Entry;
}

/** Where a service is entered when nobody says where; undefined: a region must be chosen, and none of `regions` is one of its cloud. */
export function entryOf(catalog: Catalog, provider: Provider, regions: readonly string[]): Entry | undefined {
  const { id, cloud, defaultRegion } = provider;
  if (!cloud) {
    const isPinned = defaultRegion !== undefined && defaultRegion !== 'global';
    return isPinned ? { name: `${id}:${defaultRegion}`, k: 1 } : { name: `${id}:global`, k: GLOBAL };
  }
  const token = defaultRegion ?? regions.find((name) => name.startsWith(`${cloud}:`))?.slice(cloud.length + 1);
  if (token === undefined) return undefined;
  const location = catalog.scope(id, 'location', token);
  if (location && location.k < 1) return { name: `${id}:${location.geography ?? token}`, k: location.k };
  if (token === 'global') return { name: `${id}:global`, k: GLOBAL };
  const region = catalog.region(cloud, token);
  return region && { name: `${cloud}:${region.id}`, k: 1, country: region.country };
}

/** Law: seat of the operator, of the maker of closed weights, of the clouds, and the country of a pinned region. */
export function countriesOf(
  catalog: Catalog,
  provider: Provider,
  { match, entry }: { match: Pick<ModelMatch, 'maker' | 'weights' | 'family'>; entry: Pick<Entry, 'country'> },
): NodeMap {
  const nodes = new Map<string, number>();
  const add = (country: string | undefined, k = 1) => {
    const name = country === undefined ? 'unknown' : jurisdictionOf(country);
    nodes.set(name, Math.max(nodes.get(name) ?? 0, k));
  };
  add(provider.hq?.country);
  if (match.maker !== undefined && match.weights !== 'open')
    add(catalog.providers.get(match.maker)?.hq?.country ?? match.family?.country);
  if (entry.country !== undefined) add(entry.country);
  const hosted = new Map<string, number>();
  for (const [cloud, k] of provider.hostedOn.length > 0 ? Object.entries(clouds(provider.id, provider.hostedOn)) : []) {
    const country = catalog.clouds.get(cloud)?.hq?.country;
    if (country !== undefined) hosted.set(country, Math.min(1, (hosted.get(country) ?? 0) + k));
  }
  for (const [country, k] of hosted) add(country, k);
  return Object.fromEntries(nodes);
}

/** Open weights on the workload's own machines: where it runs, else in a place of one's own. */
export function ownHostRoute(
  catalog: Catalog,
  workload: Pick<Workload, 'id' | 'host'>,
  model: { readonly id: string; readonly family?: string | undefined },
): PortfolioRoute {
  const places = workload.host.map(({ node }) => node.slice('host:'.length));
  const inClouds = places
    .map((place) => place.slice(0, Math.max(0, place.indexOf(':'))))
    .filter((name) => catalog.clouds.has(name));
  const regions = places.length > 0 ? places : [`on-premises:${workload.id}`];
  return {
    cloud: Object.fromEntries(inClouds.map((cloud) => [cloud, 1])),
    region: Object.fromEntries(regions.map((region) => [region, 1 / regions.length])),
    model: { [model.id]: 1 },
    ...(model.family === undefined ? {} : { family: model.family }),
    destinations: [],
  };
}

type Extra = Capability['extra'][number];

/** Puts on a new route what edge rules put on all routes of its leg: nobody routes around a store. */
export function withExtras(route: PortfolioRoute, extras: readonly Extra[]): PortfolioRoute {
  let laden = route;
  for (const { layer, node, k } of extras) {
    if (layer === 'host') continue;
    const held = laden[layer];
    const nodes = new Map(Object.entries(held === undefined || held === 'unknown' ? {} : held));
    const name = node.slice(layer.length + 1);
    const before = nodes.get(name) ?? 0;
    nodes.set(name, layer === 'cloud' ? Math.min(1, before + k) : Math.max(before, k));
    laden = { ...laden, [layer]: Object.fromEntries(nodes) };
  }
  return laden;
}
