import type { Capability, EvidenceId, Route } from '../../model/graph.ts';
import { type Element, makeElement, type OwnFields } from '../element.ts';
import { largestLoss, residualLoss } from '../residual.ts';
import { ownersIn, routeLabel, routeView } from '../route-view.ts';
import { distinct, hasUnknown, nameOf, nodesIn, ownerOf, primariesOf, type Scene } from '../scene.ts';
import { versionOf } from './client.ts';
import { serviceFields } from './services.ts';

// Sums of thirds and the like never reach 1 exactly.
const ALL = 1 - 1e-9;

/** Capabilities as rules see them. */
export function capabilityElements(scene: Scene): readonly Element[] {
  return scene.linked.capabilities.map((capability) => {
    const features = featuresOf(scene, capability);
    const identity = { ...identityOf(capability), label: capability.label, evidence: capability.sites, features };
    return makeElement(scene, 'capability', { identity, own: capabilityFields(scene, capability, features) });
  });
}

/** Legs as rules see them. */
export function legElements(scene: Scene): readonly Element[] {
  return scene.linked.capabilities.flatMap((capability) => {
    const features = featuresOf(scene, capability);
    return capability.legs.flatMap((leg, index) => {
      const route = scene.routes.get(leg.primary);
      if (route === undefined) return [];
      const live = leg.fallbacks.filter((fallback) => fallback.kappa * fallback.compat > 0);
      const best = [...live].sort((a, b) => b.kappa * b.compat - a.kappa * a.compat)[0];
      const own: OwnFields<'leg'> = {
        ...routeView(scene, route),
        ...featureFields(scene, features),
        operation: leg.operation,
        fallbacks: live.length,
        bestClass: best?.class ?? 'none',
        bestCredit: best === undefined ? 0 : best.kappa * best.compat,
        mechanisms: distinct(live.map((fallback) => fallback.mechanism)),
        escapes: live.some((fallback) => escapes(scene, leg.primary, fallback.route)),
        thirdParty: isThirdParty(scene, leg.primary),
        stores: distinct(leg.stores.map((store) => store.provider)),
        operatorLoss: largestLoss(scene, leg, 'operator'),
        regionLoss: largestLoss(scene, leg, 'region'),
      };
      const id = capability.legs.length === 1 ? capability.id : `${capability.id}#${index + 1}`;
      const evidence = route.evidence.length > 0 ? route.evidence : capability.sites;
      const identity = { ...identityOf(capability), id, label: routeLabel(scene, route), evidence, features };
      return [makeElement(scene, 'leg', { identity: { ...identity, confidence: route.confidence }, own })];
    });
  });
}

/** Features of a capability, its own and those of the resources that serve it. */
export function featuresOf(scene: Scene, capability: Capability): ReadonlyMap<string, readonly EvidenceId[]> {
  const features = new Map<string, readonly EvidenceId[]>(Object.entries(capability.features));
  for (const resource of scene.resourcesOf.get(capability.id) ?? []) {
    if (resource.feature === undefined) continue;
    features.set(resource.feature, distinct([...(features.get(resource.feature) ?? []), ...resource.evidence]));
  }
  return features;
}

/** The fields `features` and `featureRules`. */
export function featureFields(scene: Scene, features: ReadonlyMap<string, unknown>) {
  const ids = distinct(features.keys());
  return { features: ids, featureRules: distinct(ids.flatMap((id) => scene.facts.feature(id)?.rule ?? [])) };
}

function identityOf(capability: Capability) {
  return {
    id: capability.id,
    workload: capability.workload,
    context: capability.context,
    capabilities: [capability.id],
  };
}

function capabilityFields(scene: Scene, capability: Capability, features: ReadonlyMap<string, unknown>): OwnFields<'capability'> {
  const primaries = primariesOf(scene, capability.legs);
  const all = capability.legs.flatMap((leg) => [leg.primary, ...leg.fallbacks.map((fallback) => fallback.route)]);
  const routes = distinct(all).flatMap((id) => scene.routes.get(id) ?? []);
  const host = scene.workloads.get(capability.workload);
  const hostClouds = cloudsOf(host?.host.map((entry) => entry.node) ?? []);
  const serving = scene.resourcesOf.get(capability.id) ?? [];
  const clients = scene.clientsOf.get(capability.id) ?? [];
  const virtual = [...(host?.virtualization.map((entry) => entry.node) ?? []), ...primaries.flatMap(virtualNodes)];
  return {
    ...featureFields(scene, features),
    operation: capability.operation,
    criticality: capability.criticality,
    legs: capability.legs.length,
    routes: routes.length,
    providers: distinct(primaries.flatMap((route) => route.provider ?? [])),
    operators: distinct(primaries.flatMap((route) => ownersIn(scene, route, 'operator'))),
    soleOperators: soleOperators(scene, capability),
    makers: distinct(primaries.flatMap((route) => ownersIn(scene, route, 'maker'))),
    models: distinct(primaries.flatMap((route) => route.modelId ?? [])),
    regionKinds: distinct(primaries.map((route) => route.regionKind)),
    regions: distinct(primaries.flatMap((route) => nodesIn(route, 'region').map((entry) => nameOf(entry.node)))),
    hostClouds,
    sharedClouds: sharedClouds(scene, capability, hostClouds),
    closed: routes.length > 0 && routes.every((route) => route.openWeights === false),
    selfHosted: primaries.some((route) => route.selfHosted),
    virtualization: distinct(virtual.map(nameOf)),
    skus: distinct(serving.flatMap((resource) => resource.sku ?? [])),
    apiVersions: distinct(clients.flatMap((client) => versionOf(client) ?? [])),
    ...serviceFields(scene, primaries, features),
  };
}

/** Clouds of host nodes: `host:aws:me-central-1` -> aws. */
export function cloudsOf(hosts: readonly string[]): readonly string[] {
  return distinct(hosts.map(nameOf).flatMap((name) => (name.includes(':') ? [name.slice(0, name.indexOf(':'))] : [])));
}

function virtualNodes(route: Route): readonly string[] {
  return nodesIn(route, 'virtualization').map((entry) => entry.node);
}

function soleOperators(scene: Scene, capability: Capability): readonly string[] {
  const sole: string[] = [];
  for (const leg of capability.legs) {
    for (const [owner, loss] of residualLoss(scene, leg, 'operator')) if (loss >= ALL) sole.push(owner);
  }
  return distinct(sole);
}

function sharedClouds(scene: Scene, capability: Capability, hostClouds: readonly string[]): readonly string[] {
  const owners = new Map(hostClouds.map((cloud) => [ownerOf(scene, `cloud:${cloud}`), cloud]));
  const shared: string[] = [];
  for (const leg of capability.legs) {
    for (const [owner, loss] of residualLoss(scene, leg, 'cloud')) {
      const cloud = owners.get(owner);
      if (cloud !== undefined && loss >= 0.5) shared.push(cloud);
    }
  }
  return distinct(shared);
}

function isThirdParty(scene: Scene, primary: string): boolean {
  const route = scene.routes.get(primary);
  if (route === undefined) return false;
  const operators = ownersIn(scene, route, 'operator');
  const makers = ownersIn(scene, route, 'maker');
  return operators.length > 0 && makers.length > 0 && makers.every((maker) => !operators.includes(maker));
}

function escapes(scene: Scene, primary: string, fallback: string): boolean {
  const from = scene.routes.get(primary);
  const to = scene.routes.get(fallback);
  if (from === undefined || to === undefined || hasUnknown(to, 'operator') || hasUnknown(to, 'maker')) return false;
  return (['operator', 'maker'] as const).every((layer) => {
    const owners = ownersIn(scene, from, layer);
    return ownersIn(scene, to, layer).every((owner) => !owners.includes(owner));
  });
}
