/** How each kind of inference scope widens an entry region: by profile prefix, by SKU, by location. */
import type { InferenceScope, Provider, Region } from '../../model/catalog.ts';
import type { Entry } from '../new-route.ts';
import type { Scene, Spot } from '../scene.ts';

/** Where a leg enters now. */
export interface Present {
  readonly provider: Provider;
  readonly region: Region;
  readonly k: number;
}

/** What to change: the entry of the primary, where it changes, and that of the retry. */
export interface Widening {
  readonly title: string;
  readonly primary?: Entry & { readonly destinations: readonly string[] };
  readonly retry: Entry & { readonly destinations: readonly string[] };
  readonly caveats: readonly string[];
}

/** The first way the catalog knows for this provider. */
export function wider(scene: Scene, spot: Spot, present: Present): Widening | undefined {
  return byProfile(scene, spot, present) ?? bySku(scene, spot, present) ?? byLocation(scene, spot, present);
}

/** Geographies that hold several countries, beside those named after one. */
const GEOGRAPHIES = ['apac', 'us-gov'];
/** Where to go when nothing says where: the two geographies every platform has. */
const ELSEWHERE = ['eu', 'us'];

/** Bedrock: `eu.` before the model id spreads inference behind the entry region. */
function byProfile({ catalog, home }: Scene, { leg }: Spot, { provider, region, k }: Present): Widening | undefined {
  const profile = (token: string) => {
    const scope = catalog.scope(provider.id, 'model-prefix', token.toLowerCase());
    return scope && scope.destinations.length > 0 ? [scope] : [];
  };
  const own = [region.country, region.jurisdiction, ...GEOGRAPHIES]
    .flatMap(profile)
    .find(({ destinations }) => destinations.includes(region.id));
  const scope = own ?? [...home, ...ELSEWHERE].flatMap(profile)[0];
  const others = scope?.destinations.filter((id) => id !== region.id) ?? [];
  // A region with a recorded event is no refuge.
  const second = others.find((id) => catalog.region(region.cloud, id)?.risk === undefined) ?? others[0];
  if (!scope || second === undefined) return undefined;
  const place = catalog.region(region.cloud, second);
  const name = `${region.cloud}:${second}`;
  const away = own ? [] : ['leaves the present geography'];
  // Vectors belong to one model id: its profile counts as another.
  if (leg.operation === 'embeddings' || k < 1) {
    const country = k < 1 || !place ? {} : { country: place.country };
    const retry = { name, k, ...country, destinations: k < 1 ? destinationsOf(region.cloud, scope) : [] };
    return { title: `second entry region: retry in ${second}`, retry, caveats: away };
  }
  const destinations = destinationsOf(region.cloud, scope);
  const retry = { name, k: scope.k, destinations };
  const title = `second entry region through ${article(scope.token)} ${scope.token}. profile`;
  const caveats = [`check that the model has ${article(scope.token)} ${scope.token}. profile`, `retry in ${second}`, ...away];
  if (!own) return { title, retry, caveats };
  return { title, primary: { name: `${region.cloud}:${region.id}`, k: scope.k, destinations }, retry, caveats };
}

/** Destinations are region names of the score model, without the layer. */
function destinationsOf(cloud: string, { destinations }: InferenceScope): readonly string[] {
  return destinations.map((id) => `${cloud}:${id}`);
}

function article(token: string): 'a' | 'an' {
  return /^[aei]/.test(token) ? 'an' : 'a';
}

/** Azure has data zones for these. */
const ZONES = new Set(['EU', 'US']);

/** Azure: the deployment type decides how far inference spreads behind the account's region. */
function bySku({ catalog, linked }: Scene, { capability }: Spot, { provider, region, k }: Present): Widening | undefined {
  const zone = catalog.scope(provider.id, 'sku', 'DataZoneStandard');
  const pair = region.pair === undefined ? undefined : catalog.region(region.cloud, region.pair);
  if (!zone || !pair) return undefined;
  const name = `${region.cloud}:${pair.id}`;
  const isZoned = ZONES.has(region.jurisdiction) && region.jurisdiction === pair.jurisdiction;
  if (k < 1 || !isZoned) {
    const country = k < 1 ? {} : { country: pair.country };
    return {
      title: `second entry region: deploy and retry in ${pair.id}`,
      retry: { name, k, ...country, destinations: [] },
      caveats: [],
    };
  }
  const isReserved = linked.resources.some(
    ({ provider: one, sku, capabilities }) =>
      one === provider.id && sku?.startsWith('Provisioned') && capabilities.includes(capability.id),
  );
  return {
    title: `${isReserved ? 'DataZoneProvisionedManaged' : 'DataZoneStandard'} deployment and a retry in ${pair.id}`,
    primary: { name: `${region.cloud}:${region.id}`, k: zone.k, destinations: [] },
    retry: { name, k: zone.k, destinations: [] },
    caveats: ['data may be processed anywhere in the data zone', `check that ${pair.id} offers the model`],
  };
}

/** Vertex: a multi-region location, with the pinned one behind it. */
function byLocation({ catalog }: Scene, _spot: Spot, { provider, region }: Present): Widening | undefined {
  const own = catalog.scope(provider.id, 'location', region.jurisdiction.toLowerCase());
  const pinned = { name: `${region.cloud}:${region.id}`, k: 1, country: region.country, destinations: [] };
  if (own && own.k < 1) {
    return {
      title: `location "${own.token}" and a retry in ${region.id}`,
      primary: { name: `${provider.id}:${own.geography ?? own.token}`, k: own.k, destinations: [] },
      retry: pinned,
      caveats: [],
    };
  }
  const everywhere = catalog.scope(provider.id, 'location', 'global');
  if (!everywhere || everywhere.k >= 1) return undefined;
  const retry = { name: `${provider.id}:${everywhere.geography ?? 'global'}`, k: everywhere.k, destinations: [] };
  return { title: 'retry at location "global"', retry, caveats: ['inference may leave the geography'] };
}
