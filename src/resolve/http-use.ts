/** Calls of HTTP libraries -> uses, by the address and what is sent there. */
import type { Target, Use } from '../model/resolved.ts';
import { apiOf } from './calls.ts';
import { type HttpTarget, httpTargets } from './http.ts';
import type { CallSite } from './sites.ts';
import { type LooseUse, looseUse } from './uses.ts';
import type { InstanceValue, Made } from './value.ts';
import type { World } from './world.ts';

/** The use of a raw request; open: its address is what a caller passes. */
export function httpUse(
  world: World,
  entry: CallSite,
  { instance, made }: { instance: InstanceValue; made: readonly Made[] },
): { use: LooseUse; isOpen: boolean } | undefined {
  const found = httpTargets(world, [...instance.made, ...made]);
  // A path that any compatible server has, asked for something that runs no model, says nothing.
  if (!found || (found !== 'open' && found.every((target) => target.provider.kind === 'open-ended' && !target.operation)))
    return undefined;
  const base = looseUse(entry, { operation: 'http', api: apiOf(entry.site.call), surface: instance.surface });
  if (found === 'open') return { use: { ...base, unresolved: 'param' }, isOpen: true };
  const [first] = found;
  const operation: Use['operation'] = first?.operation ?? 'metadata';
  const targets = found.map((target) => httpTarget(target, made, instance, base.at));
  const features = targets.flatMap((target) => target.features);
  return { use: { ...base, operation, targets, features, alternative: targets.length > 1 ? 'branch' : 'only' }, isOpen: false };
}

function httpTarget(target: HttpTarget, made: readonly Made[], instance: InstanceValue, at: Use['at']): Target {
  const isHop = target.provider.kind === 'gateway';
  return {
    surface: instance.surface,
    made: made.map(({ meaning, api, at: place }) => ({ meaning, api, at: place })),
    ...(isHop ? { gateway: target.provider.id } : { operator: target.provider.id }),
    api: 'http',
    ...(target.operation ? { serves: target.operation } : {}),
    ...(target.routes ? { routes: target.routes } : {}),
    facets: { baseUrl: [target.url], ...(target.model.length ? { model: target.model } : {}) },
    features: [],
    at,
    implicitEnv: {},
    defaults: {},
  };
}
