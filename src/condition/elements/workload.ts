import type { Capability, Linked, ResourceElement, Route, Workload } from '../../model/graph.ts';
import { append, groupBy } from '../collecting.ts';
import { type Element, makeElement, type OwnFields } from '../element.ts';
import { distinct, nameOf, primariesOf, type Scene } from '../scene.ts';
import { cloudsOf } from './capability.ts';

type PackageEntry = Linked['inventory']['packages'][number];

/** Workloads as rules see them. */
export function workloadElements(scene: Scene): readonly Element[] {
  const packages = packagesByWorkload(scene);
  const resourcesIn = groupBy(scene.linked.resources, (resource) => resource.workload);
  const sitesIn = sitesByCapability(scene);
  return scene.linked.workloads.map((workload) => {
    const served = scene.capabilitiesIn.get(workload.id) ?? [];
    const resources = resourcesIn.get(workload.id) ?? [];
    const declared = packages.get(workload.id) ?? [];
    const modules = directModules(scene, served, sitesIn);
    const zonal = resources.filter((resource) => zonesOf(resource).length > 0);
    const hosts = workload.host.map((entry) => entry.node);
    const own: OwnFields<'workload'> = {
      path: workload.path,
      kind: workload.kind,
      hostClouds: cloudsOf(hosts),
      hostRegions: distinct([...hosts, ...zonal.flatMap((resource) => resource.region ?? [])].map(nameOf)),
      virtualization: distinct(workload.virtualization.map((entry) => nameOf(entry.node))),
      zones: distinct(resources.flatMap(zonesOf)),
      directModules: modules.length,
      packages: declared.length,
      manifests: distinct(declared.map((entry) => entry.manifest)),
      locked: declared.some((entry) => entry.locked),
    };
    const identity = {
      id: `workload:${workload.id}`,
      label: workload.path !== '' ? workload.path : workload.id === '.' ? 'the root' : workload.id,
      workload: workload.id,
      capabilities: served.map((capability) => capability.id),
      evidence: evidenceOf(workload, { zonal, declared, modules }),
    };
    return makeElement(scene, 'workload', { identity, own });
  });
}

/** Availability zones a resource names; `multi_az = true` counts as two. */
export function zonesOf(resource: ResourceElement): readonly string[] {
  const zones: string[] = [];
  for (const [path, text] of Object.entries(resource.attributes)) {
    // Items of a list may be numbered: availability_zones.0.
    const key = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
    if (/^(availability_zones?|zones?|node_locations|distribution_policy_zones)$/.test(key) && text !== '') zones.push(text);
    if (/^multi_az(_enabled)?$/.test(key) && text === 'true') zones.push('multi-AZ');
  }
  return distinct(zones);
}

function packagesByWorkload(scene: Scene): ReadonlyMap<string, readonly PackageEntry[]> {
  const found = new Map<string, PackageEntry[]>();
  for (const entry of scene.linked.inventory.packages) {
    if (!entry.used || entry.context !== 'production') continue;
    const workload = workloadOf(scene, entry.manifest);
    if (workload !== null) append(found, workload, entry);
  }
  return found;
}

/** The workload whose folder holds a file, the deepest first. */
export function workloadOf(scene: Scene, path: string): string | null {
  let best: Workload | null = null;
  for (const workload of scene.linked.workloads) {
    const inside = workload.path === '' || path.startsWith(`${workload.path}/`);
    if (inside && (best === null || workload.path.length > best.path.length)) best = workload;
  }
  return best?.id ?? null;
}

type Site = Linked['inventory']['callSites'][number];
type Sites = ReadonlyMap<string, readonly Site[]>;

interface Module {
  readonly path: string;
  readonly evidence: string;
}

function directModules(scene: Scene, served: readonly Capability[], sitesIn: Sites): readonly Module[] {
  const modules = new Map<string, string>();
  for (const capability of served) {
    const direct = new Set(
      primariesOf(scene, capability.legs)
        .filter(isDirect)
        .map((route) => route.id),
    );
    for (const site of sitesIn.get(capability.id) ?? []) {
      if (site.routes.some((route) => direct.has(route))) modules.set(site.path, site.evidence[0] ?? '');
    }
  }
  return [...modules].map(([path, evidence]) => ({ path, evidence }));
}

function isDirect(route: Route): boolean {
  return route.api !== 'abstraction' && route.gateway === undefined && !route.selfHosted;
}

function sitesByCapability(scene: Scene): Sites {
  const found = new Map<string, Site[]>();
  for (const site of scene.linked.inventory.callSites) {
    if (site.context !== 'production' || site.operation === 'client') continue;
    for (const id of site.capabilities) append(found, id, site);
  }
  return found;
}

interface Seen {
  readonly zonal: readonly ResourceElement[];
  readonly declared: readonly PackageEntry[];
  readonly modules: readonly Module[];
}

function evidenceOf(workload: Workload, { zonal, declared, modules }: Seen): readonly string[] {
  const places = [...workload.host, ...workload.virtualization].flatMap((entry) => entry.evidence);
  const zones = zonal.flatMap((resource) => resource.evidence);
  const rest = [...declared.flatMap((entry) => entry.evidence), ...modules.map((module) => module.evidence)];
  return [...places, ...zones, ...rest].filter((id) => id !== '');
}
