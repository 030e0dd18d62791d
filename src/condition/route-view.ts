import type { Layer, Route } from '../model/graph.ts';
import type { RetirementFact } from './facts.ts';
import type { ViewOf } from './field.ts';
import type { ROUTE } from './fields/routes.ts';
import { isRegion, residencyOf } from './places.ts';
import { distinct, nameOf, nodesIn, ownerOf, type Scene } from './scene.ts';

const PREVIEW = new Set(['preview', 'exp', 'experimental', 'beta', 'alpha']);

export type RouteView = ViewOf<typeof ROUTE>;

/** The fields of a route: for the route itself, the primary of a leg, or a fallback. */
export function routeView(scene: Scene, route: Route): RouteView {
  const known = scene.routeViews.get(route.id);
  if (known !== undefined) return known;
  const made = makeRouteView(scene, route);
  scene.routeViews.set(route.id, made);
  return made;
}

function makeRouteView(scene: Scene, route: Route): RouteView {
  const suppliers = suppliersOf(scene, route);
  return {
    ...supplierFields(scene, route),
    ...modelFields(scene, route),
    ...placeFields(scene, route),
    ...lifecycleFields(scene, route),
    api: route.api,
    how: route.how,
    selfHosted: route.selfHosted,
    access: route.selfHosted ? 'self-hosted' : 'called as a service',
    suppliers,
    banned: suppliers.filter((id) => scene.situation.policy.banSuppliers.includes(id)),
  };
}

/** Name of a route for messages: provider and model. */
export function routeLabel(scene: Scene, route: Route): string {
  const provider = route.provider === undefined ? null : (scene.facts.provider(route.provider)?.name ?? route.provider);
  const parts = [provider, route.modelId].filter((part) => part !== null && part !== undefined);
  return parts.length === 0 ? route.id : parts.join(' ');
}

/** Owners of the nodes of a route in a layer. */
export function ownersIn(scene: Scene, route: Route, layer: Layer): readonly string[] {
  return distinct(nodesIn(route, layer).map((entry) => ownerOf(scene, entry.node)));
}

function supplierFields(scene: Scene, route: Route) {
  const fact = route.provider === undefined ? null : scene.facts.provider(route.provider);
  const operators = nodesIn(route, 'operator').map((entry) => nameOf(entry.node));
  return {
    provider: route.provider ?? null,
    providerName: fact?.name ?? route.provider ?? null,
    providerKind: fact?.kind ?? null,
    operators: ownersIn(scene, route, 'operator'),
    operatorOrigins: distinct(operators.flatMap((id) => scene.facts.provider(id)?.origin ?? [])),
    gateway: route.gateway === undefined ? null : nameOf(route.gateway),
    sdk: route.sdk === undefined ? null : nameOf(route.sdk),
  };
}

function modelFields(scene: Scene, route: Route) {
  const fact = route.modelId === undefined ? null : scene.facts.model(route.modelId);
  const maker = nodesIn(route, 'maker')[0];
  const known = fact?.family != null || route.family !== undefined || retirementOf(scene, route) !== null;
  return {
    modelId: route.modelId ?? null,
    family: route.family ?? fact?.family ?? null,
    listed: route.modelId === undefined ? null : known,
    maker: maker === undefined ? (fact?.maker ?? null) : nameOf(maker.node),
    makerName: makerName(scene, maker?.node, fact?.maker ?? null),
    makerOrigin: fact?.origin ?? null,
    openWeights: route.openWeights,
    weights: route.openWeights === null ? 'unknown' : route.openWeights ? 'open' : 'closed',
    tuned: route.tuned,
    alias: isAlias(route.modelId, fact?.snapshot ?? false),
    preview: isPreview(route.modelId),
  };
}

function placeFields(scene: Scene, route: Route) {
  const regions = distinct(nodesIn(route, 'region').map((entry) => nameOf(entry.node)));
  return {
    regionKind: route.regionKind,
    regions,
    entryRegions: regions.filter((name) => isRegion(scene, name)),
    clouds: namesIn(route, 'cloud'),
    jurisdictions: namesIn(route, 'jurisdiction'),
    virtualization: namesIn(route, 'virtualization'),
    ...residencyOf(scene, route),
  };
}

function lifecycleFields(scene: Scene, route: Route) {
  const fact = retirementOf(scene, route);
  return {
    retired: route.retired === true || (fact !== null && fact.days !== null && fact.days <= 0),
    shutdown: fact?.shutdown ?? null,
    shutdownDays: fact?.days ?? null,
    deprecated: fact?.announced ?? false,
    replacement: fact?.replacement ?? null,
    earliestDays: fact?.earliestDays ?? null,
    notice: noticeOf(scene, route),
  };
}

function noticeOf(scene: Scene, route: Route): string {
  const days = route.provider === undefined ? null : scene.facts.notice(route.provider, isPreview(route.modelId));
  return days === null ? 'no stated notice' : `${days} days of notice`;
}

function isPreview(modelId: string | undefined): boolean {
  const parts = (modelId ?? '').toLowerCase().split(/[^a-z0-9]+/);
  return parts.some((part) => PREVIEW.has(part));
}

function makerName(scene: Scene, node: string | undefined, maker: string | null): string | null {
  if (node !== undefined) return scene.nodes.get(node)?.name ?? nameOf(node);
  return maker === null ? null : (scene.facts.provider(maker)?.name ?? maker);
}

function retirementOf(scene: Scene, route: Route): RetirementFact | null {
  if (route.provider === undefined || route.modelId === undefined) return null;
  return scene.facts.retirement(route.provider, route.modelId);
}

function namesIn(route: Route, layer: Layer): readonly string[] {
  return distinct(nodesIn(route, layer).map((entry) => nameOf(entry.node)));
}

function suppliersOf(scene: Scene, route: Route): readonly string[] {
  const ids = new Set<string>();
  for (const layer of ['operator', 'maker'] as const) {
    for (const { node } of nodesIn(route, layer)) ids.add(nameOf(node)).add(ownerOf(scene, node));
  }
  if (route.provider !== undefined) ids.add(route.provider).add(scene.facts.provider(route.provider)?.group ?? route.provider);
  if (route.gateway !== undefined) ids.add(nameOf(route.gateway));
  const maker = route.modelId === undefined ? null : scene.facts.model(route.modelId)?.maker;
  // Open weights have no maker node, yet a ban on their maker still means them.
  if (maker != null) ids.add(maker);
  return distinct(ids);
}

function isAlias(modelId: string | undefined, snapshot: boolean): boolean {
  if (modelId === undefined) return false;
  return snapshot || /[-:@]latest$/.test(modelId);
}
