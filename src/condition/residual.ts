import type { Layer, Leg, Route } from '../model/graph.ts';
import { largest } from './collecting.ts';
import { hasUnknown, nodesIn, ownerOf, type Scene } from './scene.ts';

/** What is left to lose per owner of a layer when it fails: k0 (1 - max credit (1 - k)), SCORING.md 2.4. */
export function residualLoss(scene: Scene, leg: Leg, layer: Layer): ReadonlyMap<string, number> {
  const primary = weights(scene, scene.routes.get(leg.primary), layer);
  const losses = new Map<string, number>();
  for (const [owner, k] of primary) losses.set(owner, k * (1 - bestRelief(scene, leg, { layer, owner })));
  return losses;
}

/** Largest residual loss of a leg in a layer; 0 where it rests on nothing there. */
export function largestLoss(scene: Scene, leg: Leg, layer: Layer): number {
  return largest(residualLoss(scene, leg, layer).values(), 0);
}

/** k per owner: nodes of one owner fail together. */
export function weights(scene: Scene, route: Route | undefined, layer: Layer): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { node, k } of nodesIn(route, layer)) {
    const owner = ownerOf(scene, node);
    sums.set(owner, Math.min(1, (sums.get(owner) ?? 0) + k));
  }
  return sums;
}

function bestRelief(scene: Scene, leg: Leg, { layer, owner }: { layer: Layer; owner: string }): number {
  let best = 0;
  for (const fallback of leg.fallbacks) {
    const route = scene.routes.get(fallback.route);
    // An unknown fallback node may be the very node that failed.
    if (route === undefined || hasUnknown(route, layer)) continue;
    const shared = weights(scene, route, layer).get(owner) ?? 0;
    best = Math.max(best, fallback.kappa * fallback.compat * (1 - shared));
  }
  return best;
}
