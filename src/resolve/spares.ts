/** Fallbacks that code sets up: `primary.with_fallbacks([spare])`, whoever calls the result. */
import type { Spared } from '../model/resolved.ts';
import { contextOf } from './contexts.ts';
import { evaluate } from './evaluate.ts';
import { meaningOf } from './instances.ts';
import { instancesOf, SITE_FUEL, type Sites } from './sites.ts';
import { reachedBy } from './targets.ts';
import type { World } from './world.ts';

/** All of them, in the order of the sites. A call that runs a model says its own. */
export function sparesOf(world: World, { meant }: Sites, workloadOf: (path: string) => string): readonly Spared[] {
  return meant.flatMap(({ module, site, callee }): readonly Spared[] => {
    const giver = instancesOf(callee).find((instance) => {
      const meaning = meaningOf(instance);
      return meaning?.fallback !== undefined && meaning.operation === undefined;
    });
    if (!giver) return [];
    world.fuel = SITE_FUEL;
    const { targets, fallbacks } = reachedBy(world, evaluate(world, site.call, { module }));
    const { path } = module;
    const own = fallbacks.filter(
      ({ at }) => at.path === path && at.line === site.call.at.line && at.column === site.call.at.column,
    );
    if (!own.length) return [];
    return [{ path, surface: giver.surface, targets, fallbacks: own, context: contextOf(path), workload: workloadOf(path) }];
  });
}
