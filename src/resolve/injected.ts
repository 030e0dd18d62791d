/** Calls whose receiver comes from a container, a decorator or a request: recognised by a distinctive chain, given to the clients that the tree makes. */

import type { Reading } from '../model/reading.ts';
import type { Target } from '../model/resolved.ts';
import type { Facet, ModelCall } from '../model/surface.ts';
import { argumentAt } from './arguments.ts';
import { apiOf } from './calls.ts';
import { folderOf } from './locate.ts';
import { readingsOf } from './readings.ts';
import type { CallSite } from './sites.ts';
import { type LooseUse, looseUse } from './uses.ts';
import { alternatives } from './value.ts';
import { languageOf, type World } from './world.ts';

/** Receivers that are unknown for good; what is a value of another kind is known to be something else. */
const UNKNOWN = new Set(['unknown', 'param']);
const LEAST_PARTS = 2;
/** Names enough to know an SDK by a chain alone: a payment SDK has its own `sessions.create`, none has `chat.completions.create`. */
const DISTINCTIVE_PARTS = 3;
const CONFIDENCE = 0.6;
const MOST_OWNERS = 2;

/** Uses of sites that nothing else explains. */
export function injectedUses(world: World, sites: readonly CallSite[], uses: readonly LooseUse[]): readonly LooseUse[] {
  const clients = clientsBySurface(uses);
  if (!clients.size) return [];
  const explained = new Set(uses.map((use) => `${use.site.module.path}#${use.site.index}`));
  return sites.flatMap((entry) => {
    if (
      explained.has(`${entry.module.path}#${entry.index}`) ||
      !alternatives(entry.callee).every((value) => UNKNOWN.has(value.kind))
    )
      return [];
    const chain = chainAt(world, entry, isForeign(entry) ? DISTINCTIVE_PARTS : LEAST_PARTS);
    // The longest tail that any surface knows decides: `chat.completions.create` is not another SDK's `completions.create`.
    const known = chain.filter(({ surface }) => clients.has(surface.id) && surface.language === languageOf(entry.module.path));
    const [first] = known;
    if (!first) return [];
    const near = nearest(
      known.flatMap(({ surface }) => clients.get(surface.id) ?? []),
      entry.module.path,
    );
    const surface = near[0]?.surface ?? first.surface;
    return [injectedUse(world, entry, { ...first, surface }, near)];
  });
}

/** Clients made in the same file, else in the same folder, else anywhere; too many different ones say nothing. */
function nearest(targets: readonly Target[], path: string): readonly Target[] {
  const folder = folderOf(path);
  const circles = [
    targets.filter(({ at }) => at.path === path),
    targets.filter(({ at }) => folderOf(at.path) === folder),
    targets,
  ];
  const near = circles.find((circle) => circle.length) ?? [];
  const owners = new Set(
    near.map(
      ({ operator, gateway, surface, facets }) =>
        `${gateway ?? operator ?? surface.id} ${facets.baseUrl?.map(({ text }) => text).join() ?? ''}`,
    ),
  );
  return owners.size <= MOST_OWNERS ? near : [];
}

function clientsBySurface(uses: readonly LooseUse[]): ReadonlyMap<string, readonly Target[]> {
  const clients = new Map<string, Target[]>();
  for (const use of uses) {
    if (use.operation !== 'client' || (use.context !== 'production' && use.context !== 'tooling')) continue;
    for (const target of use.targets)
      if (!target.store && target.facets.model === undefined)
        clients.set(target.surface.id, [...(clients.get(target.surface.id) ?? []), target]);
  }
  return clients;
}

/** The receiver comes from a package that is no SDK of ours. */
function isForeign({ callee }: CallSite): boolean {
  return alternatives(callee).some((value) => value.kind === 'unknown' && value.why === 'external-module');
}

function chainAt({ catalog }: World, { site }: CallSite, least: number): readonly ModelCall[] {
  const names: string[] = [];
  let expr = site.call.callee;
  while (expr.kind === 'member' && expr.name.kind === 'text') {
    names.unshift(expr.name.text);
    expr = expr.of;
  }
  for (let from = 0; from <= names.length - least; from++) {
    const chain = catalog.surfaces.chain(names.slice(from).join('.'));
    if (chain.length > 0) return chain;
  }
  return [];
}

function injectedUse(world: World, entry: CallSite, { surface, meaning }: ModelCall, clients: readonly Target[]): LooseUse {
  const scope = { module: entry.module };
  const given: Partial<Record<Facet, readonly Reading[]>> = {};
  for (const [facet, paths] of Object.entries(meaning.sets ?? {}) as [Facet, readonly string[]][]) {
    const value = paths
      .map((path) => argumentAt(world, path, entry.site.call.args, scope))
      .find((found) => found && found.kind !== 'record');
    if (value)
      given[facet] = readingsOf(world, value, entry.module.path).map((reading) => ({
        ...reading,
        confidence: Math.min(CONFIDENCE, reading.confidence),
      }));
  }
  const targets = clients.map((target) => ({ ...target, serves: meaning.operation, facets: { ...target.facets, ...given } }));
  return {
    ...looseUse(entry, { operation: meaning.operation, api: apiOf(entry.site.call), surface }),
    targets,
    alternative: targets.length > 1 ? 'branch' : 'only',
    ...(targets.length ? {} : { unresolved: 'injected' }),
  };
}
