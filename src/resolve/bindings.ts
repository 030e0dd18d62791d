/** Calls of what a platform hands in (`env.AI.run('@cf/…')`): the receiver has no origin in the tree, its chain and its arguments say what it is. */
import type { SurfaceShape } from '../model/surface.ts';
import { apiOf } from './calls.ts';
import { holds } from './facets.ts';
import { type CallSite, openBindings } from './sites.ts';
import { reachedBy } from './targets.ts';
import { type LooseUse, looseUse } from './uses.ts';
import type { Made, Scope } from './value.ts';
import { languageOf, locationOf, type World } from './world.ts';

/** The use of a site whose chain ends as a binding of the catalog; the first alternative that holds decides. */
export function bindingUses(world: World, sites: readonly CallSite[]): readonly LooseUse[] {
  const { surfaces } = world.catalog;
  return openBindings(sites, surfaces.bindingPaths()).flatMap(({ entry, path }) => {
    const use = surfaces
      .binding(path)
      .filter(({ surface }) => surface.language === languageOf(entry.module.path))
      .map((binding) => bindingUse(world, entry, binding))
      .find((found) => found !== undefined);
    return use ? [use] : [];
  });
}

function bindingUse(world: World, entry: CallSite, { surface, shape, meaning }: SurfaceShape): LooseUse | undefined {
  const scope: Scope = { module: entry.module };
  const { call } = entry.site;
  const made: Made = { meaning, args: call.args, scope, at: locationOf(scope, call.at), api: apiOf(call) };
  const { operation } = meaning;
  if (!operation || !meaning.when?.some((wanted) => holds(world, wanted, made))) return undefined;
  const reached = reachedBy(world, { kind: 'instance', surface, shape, pending: '', made: [made], declared: false });
  if (!reached.targets.length) return undefined;
  return {
    ...looseUse(entry, { operation, api: apiOf(call), surface }),
    targets: reached.targets,
    features: reached.targets.flatMap((target) => target.features),
  };
}
