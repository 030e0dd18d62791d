/** Resources of infrastructure: what they are, where they stand, and what they say about hosts, accounts and deployments. */
import type { Catalog, Provider } from '../model/catalog.ts';
import type { EvidenceId } from '../model/graph.ts';
import type { Reading } from '../model/reading.ts';
import type { Resolved, Resource } from '../model/resolved.ts';
import type { ResourceType } from '../model/resource-type.ts';
import type { Location } from '../model/source.ts';
import type { Deployment, HostRegion } from './context.ts';
import { detectorOf } from './detector.ts';
import { byText, type EvidenceBook, placeOf } from './evidence.ts';
import { platformOf } from './platforms.ts';

/** A resource with what the catalog says of its type. */
export interface KnownResource {
  readonly resource: Resource;
  readonly type: ResourceType | undefined;
  readonly provider: Provider | undefined;
  readonly cloud: string | undefined;
  readonly regions: readonly { readonly region: string; readonly reading: Reading; readonly at: Location }[];
  readonly sku: string | undefined;
  readonly evidence: EvidenceId;
}

/** All resources and services, with their meaning. */
export function knownResources(catalog: Catalog, resolved: Resolved, book: EvidenceBook): readonly KnownResource[] {
  return resolved.resources.map((resource) => {
    const type = catalog.resource(resource.format, resource.type);
    const provider = providerOf(catalog, resource, type);
    const platform = platformOf(catalog, resource);
    const cloud = platform?.cloud ?? type?.cloud ?? cloudOf(catalog, resource) ?? (type && provider?.cloud);
    const evidence = book.add({
      at: resource.at,
      token: resource.block === 'service' ? resource.name : `${resource.type}.${resource.name}`,
      detector: seenBy(resource),
      how: 'literal',
    });
    const sku = type ? first(resource, type.sku)?.text : undefined;
    return {
      resource,
      type,
      provider,
      cloud,
      regions: platform ? platform.regions : cloud ? regionsOf(catalog, { resource, type, cloud }) : [],
      sku,
      evidence,
    };
  });
}

/** Who a type belongs to, or whose image it runs. */
function providerOf(catalog: Catalog, resource: Resource, type: ResourceType | undefined): Provider | undefined {
  const said = type?.by && first(resource, [type.by.attribute])?.text;
  const id = type?.by && said !== undefined ? type.by.providers[said] : type?.provider;
  if (id !== undefined) return catalog.providers.get(id);
  const image = first(resource, ['image'])?.text;
  return image ? catalog.image(image) : undefined;
}

/** Terraform is also written in files that are read for what they are (JSON, modules of other names). */
function seenBy({ format, path }: Resource): string {
  return format === 'terraform' || format === 'cloudformation' ? 'infra/terraform' : detectorOf(path);
}

/** By how its type begins, or where Terraform keeps its state. */
function cloudOf({ clouds }: Catalog, { block, type, attributes }: Resource): string | undefined {
  const [first = ''] = type.replace(/^(?:data|provider)\./, '').split(/[_.-]|::/, 1);
  for (const { id, resources, backend } of clouds.values()) {
    const keepsState = block === 'terraform' && backend !== undefined && attributes[stateRegion(backend)] !== undefined;
    if (keepsState || resources.includes(first)) return id;
  }
  return undefined;
}

function stateRegion(backend: string): string {
  return `backend.${backend}.region`;
}

/** The first known text at one of some attribute paths. */
export function first(resource: Resource, paths: readonly string[]): Reading | undefined {
  for (const path of paths) {
    const reading = resource.attributes[path]?.find((one) => one.text !== undefined && !one.why);
    if (reading) return reading;
  }
  return undefined;
}

/** Blocks that are deployed as a whole: projects and workers. */
const PLATFORMS: ReadonlySet<string> = new Set(['project', 'worker']);

const REGION_ATTRIBUTES = ['region', 'location'];
function regionsOf(
  catalog: Catalog,
  { resource, type, cloud }: { resource: Resource; type: ResourceType | undefined; cloud: string },
): KnownResource['regions'] {
  if (resource.block === 'data' || resource.block === 'module') return [];
  const backend = resource.block === 'terraform' ? catalog.clouds.get(cloud)?.backend : undefined;
  const paths = backend !== undefined ? [stateRegion(backend)] : type?.region.length ? type.region : REGION_ATTRIBUTES;
  const own = paths.flatMap((path) => resource.attributes[path] ?? []).filter((reading) => reading.text !== undefined);
  const zones = (resource.attributes.zone ?? []).map((reading) => ({
    ...reading,
    ...(reading.text ? { text: reading.text.replace(/-[a-z]$/, '') } : {}),
  }));
  const readings = own.length ? own : resource.block === 'provider' ? [] : zones.length ? zones : resource.providerRegion;
  const seen = new Set<string>();
  return readings.flatMap((reading) => {
    const region = reading.text && !reading.why ? catalog.region(cloud, reading.text) : undefined;
    if (!region || seen.has(region.id)) return [];
    seen.add(region.id);
    return [{ region: region.id, reading, at: placeOf(reading) ?? resource.at }];
  });
}

/** Regions where each workload itself runs: its compute resources, else those of the nearest folder above, else its provider blocks. */
export function hostLookup(known: readonly KnownResource[], book: EvidenceBook): (workload: string) => readonly HostRegion[] {
  const byWorkload = new Map<string, HostRegion[]>();
  for (const wanted of ['compute', 'provider'] as const) {
    for (const one of known) {
      if (one.resource.context !== 'production') continue;
      const isCompute = (one.resource.block === 'resource' && one.type?.layer === 'compute') || PLATFORMS.has(one.resource.block);
      if (wanted === 'compute' ? !isCompute : one.resource.block !== 'provider' || byWorkload.has(one.resource.workload))
        continue;
      if (
        wanted === 'provider' &&
        !known.some(
          (other) =>
            other.resource.block === 'resource' && other.resource.workload === one.resource.workload && other.cloud === one.cloud,
        )
      )
        continue;
      for (const { region, reading, at } of one.regions)
        add(byWorkload, one, {
          cloud: one.cloud ?? '',
          region,
          evidence: book.add({
            at,
            token: reading.text ?? region,
            detector: seenBy(one.resource),
            how: reading.how,
            confidence: reading.confidence,
          }),
        });
    }
  }
  const find = (workload: string): readonly HostRegion[] => {
    const own = byWorkload.get(workload);
    if (own) return own;
    if (workload === '.') return byWorkload.size === 1 ? ([...byWorkload.values()][0] ?? []) : [];
    const slash = workload.lastIndexOf('/');
    return find(slash < 0 ? '.' : workload.slice(0, slash));
  };
  return find;
}

function add(into: Map<string, HostRegion[]>, { resource }: KnownResource, region: HostRegion): void {
  const list = into.get(resource.workload) ?? [];
  if (!list.some((other) => other.cloud === region.cloud && other.region === region.region))
    into.set(resource.workload, [...list, region]);
}

/** Regions of the accounts and endpoints that infrastructure creates at a provider. */
export function accountLookup(known: readonly KnownResource[], book: EvidenceBook): (provider: string) => readonly HostRegion[] {
  const found = new Map<string, HostRegion[]>();
  for (const one of known) {
    const isAccount = one.resource.block === 'resource' && (one.type?.layer === 'endpoint' || one.type?.layer === 'model');
    const provider = one.provider?.id;
    if (!isAccount || !provider || !one.provider?.cloud || one.resource.context !== 'production') continue;
    for (const { region, reading, at } of one.regions) {
      const list = found.get(provider) ?? [];
      if (list.some((other) => other.region === region)) continue;
      const evidence = book.add({
        at,
        token: reading.text ?? region,
        detector: 'infra/terraform',
        how: reading.how,
        confidence: reading.confidence,
      });
      found.set(provider, [...list, { cloud: one.cloud ?? '', region, evidence }]);
    }
  }
  return (provider) => found.get(provider) ?? [];
}

/** Model deployments of infrastructure by their name and by their model. */
export function deploymentsOf(known: readonly KnownResource[]): ReadonlyMap<string, Deployment> {
  const found = new Map<string, Deployment>();
  for (const { resource, type, sku, evidence } of known) {
    if (!type || resource.block !== 'resource' || !type.sku.length) continue;
    const model = first(resource, type.model)?.text;
    const deployment: Deployment = { ...(model ? { model } : {}), ...(sku ? { sku } : {}), evidence };
    const name = first(resource, ['name'])?.text;
    for (const key of [name, model]) if (key && !found.has(key)) found.set(key, deployment);
  }
  return new Map([...found].sort(([a], [b]) => byText(a, b)));
}

/** Compose services by name -> provider of their image. */
export function servicesOf(known: readonly KnownResource[]): ReadonlyMap<string, Provider> {
  return new Map(
    known.flatMap(({ resource, provider }) =>
      resource.block === 'service' && provider ? [[resource.name, provider] as const] : [],
    ),
  );
}
