/** Clouds, regions and jurisdictions of a route: entry region, inference scope and what absence means. */
import type { Provider } from '../model/catalog.ts';
import type { EvidenceId, NodeId, Route, RouteNode } from '../model/graph.ts';
import type { ModelMatch } from '../model/match.ts';
import type { How, Reading } from '../model/reading.ts';
import type { Target } from '../model/resolved.ts';
import { clouds as spread } from '../score/clouds.ts';
import { jurisdictionOf } from '../score/jurisdiction.ts';
import { type HostRegion, type LinkContext, mergeNodes } from './context.ts';
import type { Who } from './operators.ts';

export interface Places {
  readonly cloud: readonly RouteNode[];
  readonly region: readonly RouteNode[];
  readonly jurisdiction: readonly RouteNode[];
  readonly destinations: readonly NodeId[];
  readonly regionKind: Route['regionKind'];
  /** Where the region is written, when it is. */
  readonly regionReading?: Reading;
  readonly regionEvidence: readonly EvidenceId[];
}

interface Entry {
  readonly nodes: readonly RouteNode[];
  readonly kind: Route['regionKind'];
  readonly country?: string;
  readonly reading?: Reading;
  readonly evidence: readonly EvidenceId[];
}

export interface PlaceInput {
  readonly target: Target;
  readonly who: Who;
  readonly model: ModelMatch | undefined;
  readonly region: Reading | undefined;
  readonly workload: string;
}

/** All the places a route rests on. */
export function placesOf(context: LinkContext, input: PlaceInput): Places {
  const { who } = input;
  const runner = who.operator;
  const hop = who.gateway && !who.gateway.selfHosted ? who.gateway : undefined;
  const entry = entryRegion(context, input);
  const cloud = [
    ...(runner ? cloudsOf(context, runner, input.workload) : [{ unknown: who.why ?? 'operator' }]),
    ...(hop ? cloudsOf(context, hop, input.workload) : []),
  ];
  const gatewayRegion: readonly RouteNode[] =
    hop?.defaultRegion === 'global' ? [{ node: `region:${hop.id}:global`, k: 0.4 }] : [];
  const countries = [...countriesOf(context, input, entry), ...(hop ? headquarters(hop) : [])];
  return {
    cloud: mergeNodes(cloud),
    region: mergeNodes([...entry.nodes, ...gatewayRegion]),
    jurisdiction: mergeNodes(countries),
    destinations: destinationsOf(input, runner),
    regionKind: entry.kind,
    ...(entry.reading ? { regionReading: entry.reading } : {}),
    regionEvidence: entry.evidence,
  };
}

function cloudsOf(context: LinkContext, provider: Provider, workload: string): readonly RouteNode[] {
  if (provider.selfHosted) return context.hostRegions(workload).map(({ cloud }) => ({ node: `cloud:${cloud}` as const, k: 1 }));
  if (!provider.hostedOn.length) return [{ unknown: 'hosting' }];
  return Object.entries(spread(provider.id, provider.hostedOn)).map(([cloud, k]) => ({ node: `cloud:${cloud}`, k }));
}

/** The region that is called, by what is written, by what the host or SKU says, by what absence means. */
function entryRegion(context: LinkContext, input: PlaceInput): Entry {
  const { who, region } = input;
  const provider = who.operator;
  if (!provider) return { nodes: [{ unknown: who.why ?? 'operator' }], kind: 'none', evidence: [] };
  if (provider.selfHosted) return ownHost(context, input.workload);
  if (who.endpoint?.region && provider.cloud)
    return known(context, input, { provider, token: who.endpoint.region, how: 'literal' });
  if (who.endpoint?.country && !provider.cloud) return residency(provider, who.endpoint.country);
  if (!provider.cloud) return service(provider);
  if (region?.text !== undefined && !region.why)
    return known(context, input, { provider, token: region.text, how: region.how, reading: region });
  if (region) return { nodes: [{ unknown: region.why ?? 'region' }], kind: 'implicit', evidence: [] };
  return absent(context, input, provider);
}

function known(
  context: LinkContext,
  input: PlaceInput,
  { provider, token, reading }: { provider: Provider; token: string; how: How; reading?: Reading },
): Entry {
  const cloud = provider.cloud ?? '';
  const withReading = reading ? { reading } : {};
  const location = context.catalog.scope(provider.id, 'location', token);
  if (location && location.k < 1)
    return {
      nodes: [{ node: `region:${provider.id}:${location.geography ?? token}`, k: location.k }],
      kind: location.k > 0.45 ? 'geography' : 'global',
      ...withReading,
      evidence: [],
    };
  if (token === 'global')
    return { nodes: [{ node: `region:${provider.id}:global`, k: 0.4 }], kind: 'global', ...withReading, evidence: [] };
  const region = context.catalog.region(cloud, token);
  const { k, kind } = reach(context, input, provider);
  if (!region) return { nodes: [{ unknown: 'unlisted-region' }], kind, ...withReading, evidence: [] };
  return {
    nodes: [{ node: `region:${cloud}:${region.id}`, k }],
    kind,
    ...(kind === 'pinned' ? { country: region.country } : {}),
    ...withReading,
    evidence: [],
  };
}

/** How far inference spreads from the entry region: by model prefix or by SKU. */
function reach(context: LinkContext, input: PlaceInput, provider: Provider): { k: number; kind: Route['regionKind'] } {
  const sku = skuOf(context, input, provider);
  const k = input.model?.scope?.k ?? sku?.k ?? 1;
  return { k, kind: k >= 1 ? 'pinned' : k > 0.45 ? 'geography' : 'global' };
}

function skuOf(context: LinkContext, { target, model }: PlaceInput, provider: Provider): { k: number } | undefined {
  const names = [...(target.facets.deployment ?? []), ...(target.facets.model ?? [])].flatMap((reading) =>
    reading.text ? [reading.text] : [],
  );
  for (const name of [...names, ...(model ? [model.bare] : [])]) {
    const sku = context.deployments.get(name)?.sku;
    const scope = sku ? context.catalog.scope(provider.id, 'sku', sku) : undefined;
    if (scope) return scope;
  }
  return undefined;
}

/** Nothing is written: the account's region, the SDK's default, the region the code itself runs in, else unknown. */
function absent(context: LinkContext, input: PlaceInput, provider: Provider): Entry {
  const accounts = context.accountRegions(provider.id);
  if (accounts.length) return several(context, input, provider, accounts);
  const fallback = input.target.defaults.region ?? provider.defaultRegion;
  const host = input.target.implicitEnv.region
    ? context.hostRegions(input.workload).filter(({ cloud }) => cloud === provider.cloud)
    : [];
  if (host.length) return { ...several(context, input, provider, host), kind: 'implicit' };
  if (fallback)
    return {
      ...known(context, input, { provider, token: fallback, how: 'sdk-default' }),
      ...(fallback === 'global' ? {} : { kind: 'implicit' as const }),
    };
  return { nodes: [{ unknown: 'region-not-given' }], kind: 'implicit', evidence: [] };
}

function several(context: LinkContext, input: PlaceInput, provider: Provider, regions: readonly HostRegion[]): Entry {
  const { k, kind } = reach(context, input, provider);
  const [first] = regions;
  const country = regions.length === 1 && first ? context.catalog.region(first.cloud, first.region)?.country : undefined;
  return {
    nodes: regions.map(({ cloud, region }) => ({ node: `region:${cloud}:${region}`, k: k / regions.length })),
    kind,
    ...(country && kind === 'pinned' ? { country } : {}),
    evidence: regions.map(({ evidence }) => evidence),
  };
}

function ownHost(context: LinkContext, workload: string): Entry {
  const regions = context.hostRegions(workload);
  if (!regions.length) return { nodes: [{ node: `region:on-premises:${workload}`, k: 1 }], kind: 'none', evidence: [] };
  return {
    nodes: regions.map(({ cloud, region }) => ({ node: `region:${cloud}:${region}`, k: 1 / regions.length })),
    kind: 'pinned',
    evidence: regions.map(({ evidence }) => evidence),
  };
}

function residency(provider: Provider, country: string): Entry {
  return { nodes: [{ node: `region:${provider.id}:${country.toLowerCase()}`, k: 0.5 }], kind: 'geography', evidence: [] };
}

/** Software as a service without regions of its own: one global entry. */
function service(provider: Provider): Entry {
  if (provider.defaultRegion === 'global')
    return { nodes: [{ node: `region:${provider.id}:global`, k: 0.4 }], kind: 'global', evidence: [] };
  if (provider.defaultRegion)
    return { nodes: [{ node: `region:${provider.id}:${provider.defaultRegion}`, k: 1 }], kind: 'pinned', evidence: [] };
  return { nodes: [{ node: `region:${provider.id}:global`, k: 0.4 }], kind: 'global', evidence: [] };
}

/** Law: seat of the operator, of the maker of closed weights, of the clouds, and the country of a pinned region. */
function countriesOf(context: LinkContext, { who, model }: PlaceInput, entry: Entry): readonly RouteNode[] {
  const operator = who.operator;
  if (!operator) return [{ unknown: who.why ?? 'operator' }];
  const nodes: RouteNode[] = operator.selfHosted ? [] : [...headquarters(operator)];
  if (model?.maker && model.weights !== 'open') nodes.push(...headquartersOf(context, model.maker, model.family?.country));
  if (entry.country) nodes.push({ node: `jurisdiction:${jurisdictionOf(entry.country)}`, k: 1 });
  const hosted = new Map<string, number>();
  for (const [cloud, k] of Object.entries(operator.hostedOn.length ? spread(operator.id, operator.hostedOn) : {})) {
    const country = context.catalog.clouds.get(cloud)?.hq?.country;
    if (country) hosted.set(country, Math.min(1, (hosted.get(country) ?? 0) + k));
  }
  for (const [country, k] of hosted) nodes.push({ node: `jurisdiction:${jurisdictionOf(country)}`, k });
  return nodes;
}

function headquarters(provider: Provider): readonly RouteNode[] {
  return provider.hq ? [{ node: `jurisdiction:${jurisdictionOf(provider.hq.country)}`, k: 1 }] : [{ unknown: 'headquarters' }];
}

function headquartersOf(context: LinkContext, maker: string, country: string | undefined): readonly RouteNode[] {
  const provider = context.catalog.providers.get(maker);
  if (provider?.hq) return headquarters(provider);
  return country ? [{ node: `jurisdiction:${jurisdictionOf(country)}`, k: 1 }] : [{ unknown: 'headquarters' }];
}

function destinationsOf({ model }: PlaceInput, provider: Provider | undefined): readonly NodeId[] {
  const cloud = provider?.cloud;
  return cloud ? (model?.scope?.destinations ?? []).map((region) => `region:${cloud}:${region}`) : [];
}
