// Its parts one by one: the whole costs 10 ms.
import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';
import type { Capability } from '../../model/graph.ts';
import type { Inventory } from '../../model/inventory.ts';
import { append, groupBy } from '../collecting.ts';
import { type Element, makeElement, type OwnFields } from '../element.ts';
import { distinct, nameOf, type Scene } from '../scene.ts';
import { heldVersion, isWithin } from '../versions.ts';
import { featureFields } from './capability.ts';
import { exposureOf } from './graph.ts';
import { workloadOf, zonesOf } from './workload.ts';

type PackageEntry = Inventory['packages'][number];
type RegionEntry = Inventory['regions'][number];

/** Declared packages as rules see them. */
export function packageElements(scene: Scene): readonly Element[] {
  const callers = capabilitiesBySdk(scene);
  return scene.linked.inventory.packages.map((entry) => {
    const workload = workloadOf(scene, entry.manifest) ?? '';
    const own: OwnFields<'package'> = {
      ecosystem: entry.ecosystem,
      name: entry.name,
      version: entry.version,
      range: entry.range,
      role: entry.role,
      group: entry.group,
      manifest: entry.manifest,
      used: entry.used,
      locked: entry.locked,
      unbounded: isUnbounded(entry.range),
      deprecated: entry.deprecated,
      replacement: entry.replacement,
      providers: distinct(entry.providers),
      ...versionFields(scene, entry),
    };
    const identity = {
      id: `package:${entry.ecosystem}:${entry.name}`,
      label: entry.name,
      workload,
      context: entry.context,
      capabilities: capabilitiesOf(callers, entry, workload),
      evidence: entry.evidence,
      confidence: entry.confidence,
    };
    return makeElement(scene, 'package', { identity, own });
  });
}

type VersionFields = 'held' | 'compromised' | 'compromisedNote' | 'cleanSince' | 'outdated' | 'outdatedReplacement';

/** What the catalog says of the version that is installed, or of all that may be. */
function versionFields(scene: Scene, entry: PackageEntry): Pick<OwnFields<'package'>, VersionFields> {
  const held = heldVersion(entry);
  const known = scene.facts.package(entry.ecosystem, entry.name);
  const bad = known?.compromised.find(({ versions }) => held !== undefined && versions.includes(held));
  const old = known?.versions.find(({ range }) => isWithin(entry, range));
  return {
    held: held ?? null,
    compromised: bad?.advisory ?? null,
    compromisedNote: bad?.note ?? null,
    cleanSince: bad?.fixed ?? null,
    outdated: old?.note ?? null,
    outdatedReplacement: old?.replacement ?? null,
  };
}

/** Models as rules see them, one per id and context. */
export function modelElements(scene: Scene): readonly Element[] {
  const routesOf = groupBy(scene.linked.routes, (route) => route.modelId ?? '');
  return scene.linked.inventory.models.map((entry) => {
    const routes = routesOf.get(entry.id) ?? [];
    const own: OwnFields<'model'> = {
      maker: entry.maker,
      origin: scene.facts.model(entry.id)?.origin ?? null,
      family: entry.family,
      openWeights: entry.openWeights,
      operators: distinct(entry.operators),
    };
    const identity = {
      id: `model:${entry.id}`,
      label: entry.id,
      workload: workloadOf(scene, entry.path) ?? '',
      context: entry.context,
      capabilities: routes.flatMap((route) => scene.usedBy.get(route.id) ?? []),
      evidence: entry.evidence,
      confidence: entry.confidence,
    };
    return makeElement(scene, 'model', { identity, own });
  });
}

/** Regions as rules see them, one per cloud and region. */
export function regionElements(scene: Scene): readonly Element[] {
  const groups = new Map<string, RegionEntry[]>();
  for (const entry of scene.linked.inventory.regions) {
    const name = `${entry.cloud}:${entry.region}`;
    append(groups, name, entry);
  }
  const byNode = capabilitiesByRegion(scene);
  return [...groups].flatMap(([name, entries]) => regionElement(scene, { name, entries, capabilities: byNode.get(name) ?? [] }));
}

interface Place {
  readonly name: string;
  readonly entries: readonly RegionEntry[];
  readonly capabilities: readonly string[];
}

function regionElement(scene: Scene, { name, entries, capabilities }: Place): readonly Element[] {
  const [first] = entries;
  if (first === undefined) return [];
  const fact = scene.facts.region(first.cloud, first.region);
  const risk = fact?.risk ?? null;
  const contexts = distinct(entries.map((entry) => entry.context));
  const own: OwnFields<'region'> = {
    cloud: first.cloud,
    region: first.region,
    country: first.country ?? fact?.country ?? null,
    roles: distinct(entries.map((entry) => entry.role)),
    pair: fact?.pair ?? null,
    exposure: exposureOf(scene, [`region:${name}`]),
    riskEvent: risk?.event ?? null,
    riskState: risk?.state ?? null,
    riskDate: risk?.date ?? null,
    riskSource: risk?.source ?? null,
  };
  const identity = {
    id: `region:${name}`,
    label: fact === null ? name : `${name} (${fact.name})`,
    // A region of production code stays one, whatever tests name it too.
    context: contexts.includes('production') ? 'production' : (contexts[0] ?? 'production'),
    capabilities,
    evidence: entries.flatMap((entry) => entry.evidence),
  };
  return [makeElement(scene, 'region', { identity, own })];
}

/** Resources of infrastructure as rules see them. */
export function resourceElements(scene: Scene): readonly Element[] {
  return scene.linked.resources.map((resource) => {
    const features = new Map(resource.feature === undefined ? [] : [[resource.feature, resource.evidence]]);
    const own: OwnFields<'resource'> = {
      ...featureFields(scene, features),
      resourceType: resource.type,
      name: resource.name,
      layer: resource.layer,
      provider: resource.provider ?? null,
      cloud: resource.cloud ?? null,
      region: resource.region === undefined ? null : nameOf(resource.region),
      sku: resource.sku ?? null,
      replicated: resource.replicated,
      zones: zonesOf(resource),
    };
    const identity = {
      id: `resource:${resource.type}.${resource.name}`,
      label: `${resource.type}.${resource.name}`,
      workload: resource.workload,
      context: resource.context,
      capabilities: resource.capabilities,
      evidence: resource.evidence,
      features,
    };
    return makeElement(scene, 'resource', { identity, own });
  });
}

/** Vector stores as rules see them. */
export function storeElements(scene: Scene): readonly Element[] {
  return scene.linked.capabilities.flatMap((capability) =>
    capability.legs.flatMap((leg) =>
      leg.stores.map((store) => {
        const own: OwnFields<'store'> = {
          provider: store.provider,
          hosted: store.hosted,
          region: store.region === undefined ? null : nameOf(store.region),
          operation: leg.operation,
        };
        const identity = {
          id: `store:${store.id}`,
          label: store.provider,
          workload: capability.workload,
          context: capability.context,
          capabilities: [capability.id],
          evidence: store.evidence,
        };
        return makeElement(scene, 'store', { identity, own });
      }),
    ),
  );
}

/** A version nobody will reach: a range that takes it takes everything. */
const FAR = '99999.99999.99999';

/** `*`, `latest`, `>=4`: whatever the publisher puts out next is installed. */
export function isUnbounded(range: string): boolean {
  const text = range.trim();
  if (validRange(text) !== null) return satisfies(FAR, text);
  return /^(?:latest|next)$/.test(text) || /^>=?[^<,]*$/.test(text);
}

function capabilitiesBySdk(scene: Scene): ReadonlyMap<string, readonly Capability[]> {
  const found = new Map<string, Capability[]>();
  for (const route of scene.linked.routes) {
    if (route.sdk === undefined) continue;
    const name = nameOf(route.sdk);
    for (const id of scene.primaryOf.get(route.id) ?? []) {
      const capability = scene.capabilities.get(id);
      if (capability !== undefined) append(found, name, capability);
    }
  }
  return found;
}

function capabilitiesOf(
  callers: ReadonlyMap<string, readonly Capability[]>,
  entry: PackageEntry,
  workload: string,
): readonly string[] {
  const served = callers.get(entry.name) ?? callers.get(`${entry.ecosystem}:${entry.name}`) ?? [];
  return served.filter((capability) => capability.workload === workload).map((capability) => capability.id);
}

function capabilitiesByRegion(scene: Scene): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const route of scene.linked.routes) {
    for (const entry of route.nodes.region ?? []) {
      if (!('node' in entry)) continue;
      for (const id of scene.primaryOf.get(route.id) ?? []) append(found, nameOf(entry.node), id);
    }
  }
  return found;
}
