import type { Capability, Layer, Leg, Route, RouteFallback } from '../../model/graph.ts';
import { type Element, makeElement, type OwnFields } from '../element.ts';
import { weights } from '../residual.ts';
import { ownersIn, routeLabel, routeView } from '../route-view.ts';
import { distinct, nameOf, nodesIn, type Scene } from '../scene.ts';

/** Routes as rules see them, in any role. */
export function routeElements(scene: Scene): readonly Element[] {
  return scene.linked.routes.map((route) => {
    const own: OwnFields<'route'> = { ...routeView(scene, route), primary: scene.primaryOf.has(route.id) };
    const identity = {
      id: route.id,
      label: routeLabel(scene, route),
      capabilities: scene.usedBy.get(route.id) ?? [],
      evidence: route.evidence,
      confidence: route.confidence,
    };
    return makeElement(scene, 'route', { identity, own });
  });
}

/** Fallbacks as rules see them: a route behind another route. */
export function fallbackElements(scene: Scene): readonly Element[] {
  return scene.linked.capabilities.flatMap((capability) =>
    capability.legs.flatMap((leg) => leg.fallbacks.flatMap((fallback) => fallbackElement(scene, capability, { leg, fallback }))),
  );
}

interface Standby {
  readonly leg: Leg;
  readonly fallback: RouteFallback;
}

function fallbackElement(scene: Scene, capability: Capability, { leg, fallback }: Standby): readonly Element[] {
  const primary = scene.routes.get(leg.primary);
  const route = scene.routes.get(fallback.route);
  if (primary === undefined || route === undefined) return [];
  const sharedOperators = both(ownersIn(scene, primary, 'operator'), ownersIn(scene, route, 'operator'));
  const sharedMakers = both(ownersIn(scene, primary, 'maker'), ownersIn(scene, route, 'maker'));
  const sharedClouds = both(heavy(scene, primary, 'cloud'), heavy(scene, route, 'cloud'));
  const sharedRegions = both(regionNames(primary), regionNames(route));
  const primaryView = routeView(scene, primary);
  const own: OwnFields<'fallback'> = {
    ...routeView(scene, route),
    class: fallback.class,
    mechanism: fallback.mechanism,
    kappa: fallback.kappa,
    compat: fallback.compat,
    primaryName: routeLabel(scene, primary),
    sharedOperators,
    sharedMakers,
    sharedClouds,
    sharedRegions,
    shared: [
      ...sharedOperators.map((name) => `operator ${name}`),
      ...sharedMakers.map((name) => `maker ${name}`),
      ...sharedClouds.map((name) => `cloud ${name}`),
      ...sharedRegions.map((name) => `region ${name}`),
    ],
    primaryLeaves: primaryView.leaves,
  };
  const identity = {
    id: `${capability.id}>${fallback.route}`,
    label: routeLabel(scene, route),
    workload: capability.workload,
    context: capability.context,
    capabilities: [capability.id],
    evidence: fallback.evidence.length > 0 ? fallback.evidence : route.evidence,
    confidence: route.confidence,
  };
  return [makeElement(scene, 'fallback', { identity, own })];
}

/** Owners that carry at least half of a route: a cloud named in passing makes no correlation. */
function heavy(scene: Scene, route: Route, layer: Layer): readonly string[] {
  return distinct([...weights(scene, route, layer)].filter(([, k]) => k >= 0.5).map(([owner]) => owner));
}

function regionNames(route: Route): readonly string[] {
  return nodesIn(route, 'region').map((entry) => nameOf(entry.node));
}

function both(one: readonly string[], other: readonly string[]): readonly string[] {
  return distinct(one.filter((name) => other.includes(name)));
}
