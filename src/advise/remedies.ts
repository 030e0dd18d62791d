/** Remedies that are no move: a factor or an edge goes, a dead fallback lives again. */
import type { Capability, Factor, Layer, Route } from '../model/graph.ts';
import { KAPPA } from '../score/constants.ts';
import type { PortfolioCapability, PortfolioRoute } from '../score/portfolio.ts';
import { extrasOf, isBound } from './leg-facts.ts';
import { withoutFactors } from './move.ts';
import { withExtras } from './new-route.ts';
import { type Scene, spotsOf } from './scene.ts';
import type { Target } from './subjects.ts';

/** Without the factors of a rule that are meant; undefined where there is none. */
export function withoutRule(
  capability: Capability,
  scored: PortfolioCapability,
  { ruleId, isMeant }: { ruleId: string; isMeant: (factor: Factor) => boolean },
): PortfolioCapability | undefined {
  const gone = new Set(capability.factors.filter((factor) => factor.ruleId === ruleId && isMeant(factor)));
  return gone.size > 0 ? withoutFactors(capability, scored, (factor) => gone.has(factor)) : undefined;
}

/** Without the nodes that an edge rule put on a capability; undefined where it put none. */
export function withoutEdges(
  scene: Scene,
  { capability, scored, ruleId }: { capability: Capability; scored: PortfolioCapability; ruleId: string },
): PortfolioCapability | undefined {
  const gone = capability.extra.filter((extra) => extra.ruleId === ruleId);
  if (gone.length === 0) return undefined;
  const kept = { ...capability, extra: capability.extra.filter((extra) => extra.ruleId !== ruleId) };
  const layers = [...new Set(gone.map(({ layer }) => layer))];
  const legs = (scored.legs ?? []).map((leg, index) => {
    const linked = capability.legs[index];
    const primary = linked && scene.routes.get(linked.primary);
    if (!primary) return leg;
    const extras = extrasOf(scene, { capability: kept, primary }).filter(({ layer }) => layers.includes(layer));
    const seen = [linked.primary, ...linked.fallbacks.map(({ route }) => route)];
    const routes = leg.routes.map((route, at) => {
      const bare = scene.routes.get(seen[at] ?? '');
      return bare ? withExtras({ ...route, ...ownNodes(bare, layers) }, extras) : route;
    });
    return { routes };
  });
  return { ...scored, legs };
}

/** What a route rests on by itself in these layers. */
function ownNodes(route: Route, layers: readonly Layer[]): PortfolioRoute {
  const own = layers
    .filter((layer) => layer !== 'host')
    .map((layer) => {
      const nodes = new Map<string, number>();
      for (const seen of route.nodes[layer] ?? []) {
        const [name, k] = 'node' in seen ? [seen.node.slice(layer.length + 1) || 'unknown', seen.k] : ['unknown', 1];
        const held = nodes.get(name) ?? 0;
        nodes.set(name, layer === 'cloud' ? Math.min(1, held + k) : Math.max(held, k));
      }
      return [layer, Object.fromEntries(nodes)];
    });
  return Object.fromEntries(own);
}

/** With a dead fallback in working order; undefined where it is not dead, or would fall together with its primary. */
export function revived(
  scene: Scene,
  { capability, scored, target }: { capability: Capability; scored: PortfolioCapability; target: Target },
): PortfolioCapability | undefined {
  const spot = spotsOf(scene, capability).find(({ index }) => index === target.leg);
  const fallback = spot?.leg.fallbacks[target.fallback ?? -1];
  if (!spot || !fallback) return undefined;
  const [primary = {}, ...fallbacks] = spot.routes;
  if (scene.areSharing(primary, fallbacks[target.fallback ?? -1] ?? {})) return undefined;
  const isRetired = scene.routes.get(fallback.route)?.retired === true;
  if (fallback.class !== 'dead' && !isRetired) return undefined;
  // Link halves the worth of a fallback whose model ends; a running one of the family has all of it.
  const compat = isRetired && fallback.compat > 0 && !isBound(scene, spot) ? 1 : fallback.compat;
  const legs = (scored.legs ?? []).map((leg, index) =>
    index !== spot.index
      ? leg
      : {
          routes: leg.routes.map((route, at) =>
            at === (target.fallback ?? -1) + 1 ? { ...route, kappa: KAPPA.auto, compat } : route,
          ),
        },
  );
  return { ...scored, legs };
}
