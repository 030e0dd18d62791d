/** What a move must know of the leg it is made on. */
import type { Capability, Factor, Layer } from '../model/graph.ts';
import type { Scene, Spot } from './scene.ts';

/** Rules of features that only their provider has. */
const BOUND_RULES = new Set(['lock-in/server-threads', 'lock-in/managed-agent']);

/** Threads, hosted agents or a tuned model: another route can do half of it. */
export function isBound({ catalog }: Scene, { capability, primary }: Spot): boolean {
  return (
    primary.tuned ||
    Object.keys(capability.features).some((feature) => BOUND_RULES.has(catalog.features.get(feature)?.rule ?? ''))
  );
}

/** How much of the primary a route can replace: vectors of two embedding models do not fit each other. */
export function compatOf(
  scene: Scene,
  spot: Spot,
  { modelId, isDeprecated }: { modelId: string; isDeprecated: boolean },
): number {
  if (spot.leg.operation === 'embeddings' && modelId !== spot.primary.modelId) return 0;
  return isBound(scene, spot) || isDeprecated ? 0.5 : 1;
}

type Extra = Capability['extra'][number];

/** Nodes that edge rules put on this leg: on the legs that rest on something in the layer, else on all. */
export function extrasOf({ routes }: Scene, { capability, primary }: Pick<Spot, 'capability' | 'primary'>): readonly Extra[] {
  const primaries = capability.legs.flatMap((leg) => routes.get(leg.primary) ?? []);
  const rests = (route: Spot['primary'], layer: Layer) =>
    (route.nodes[layer]?.length ?? 0) > 0 || ((layer === 'sdk' || layer === 'gateway' || layer === 'model') && route[layer]);
  return capability.extra.filter(({ layer }) => rests(primary, layer) || primaries.every((route) => !rests(route, layer)));
}

const OF_MODEL = new Set(
  ['deprecated-model', 'floating-alias', 'preview-model', 'retired-model', 'shutdown-soon', 'unlisted-model'].map(
    (name) => `lifecycle/${name}`,
  ),
);

/** Lifecycle factors that this primary brought and no other leg does. */
export function factorsOfModel(scene: Scene, { capability, index, primary }: Spot): readonly Factor[] {
  const others = capability.legs.flatMap((leg, at) => (at === index ? [] : (scene.routes.get(leg.primary)?.evidence ?? [])));
  const elsewhere = new Set(others);
  const own = new Set(primary.evidence);
  const isOwn = ({ evidence }: Factor) =>
    capability.legs.length === 1 || (evidence.some((id) => own.has(id)) && !evidence.some((id) => elsewhere.has(id)));
  return capability.factors.filter((factor) => OF_MODEL.has(factor.ruleId) && isOwn(factor));
}

/** Files of the call sites and clients of a capability. */
export function callFiles({ linked, paths }: Scene, { id, sites }: Capability): readonly string[] {
  const clients = linked.clients.filter(({ capabilities }) => capabilities.includes(id)).flatMap(({ evidence }) => evidence);
  return distinctPaths(paths, [...sites, ...clients]);
}

/** Files where a route is written down: its client, model, region, and the infrastructure behind it. */
export function routeFiles(scene: Scene, { capability, primary }: Spot): readonly string[] {
  const files = distinctPaths(scene.paths, primary.evidence);
  return files.length > 0 ? files : callFiles(scene, capability);
}

function distinctPaths(paths: ReadonlyMap<string, string>, ids: readonly string[]): readonly string[] {
  return [...new Set(ids.flatMap((id) => paths.get(id) ?? []))].sort();
}
