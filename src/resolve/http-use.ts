/** Calls of HTTP libraries -> uses, by the address and what is sent there. */
import type { Target, Use } from '../model/resolved.ts';
import { apiOf } from './calls.ts';
import { type HttpTarget, httpTargets } from './http.ts';
import type { CallSite } from './sites.ts';
import { type LooseUse, looseUse } from './uses.ts';
import { HOLE, type InstanceValue, type Made } from './value.ts';
import type { World } from './world.ts';

/** A use; open: callers say more; left: without them nobody knows who is asked. */
export interface Found {
  readonly use: LooseUse;
  readonly isOpen: boolean;
  readonly isLeft?: boolean;
}

/** The use of a raw request; open: its address is what a caller passes. */
export function httpUse(
  world: World,
  entry: CallSite,
  { instance, made }: { instance: InstanceValue; made: readonly Made[] },
): Found | undefined {
  const found = httpTargets(world, [...instance.made, ...made]);
  // A path that any compatible server has, asked for something that runs no model, says nothing.
  if (!found || (found !== 'open' && found.every((target) => target.provider.kind === 'open-ended' && !target.operation)))
    return undefined;
  const base = looseUse(entry, { operation: 'http', api: apiOf(entry.site.call), surface: instance.surface });
  if (found === 'open') return { use: { ...base, unresolved: 'param' }, isOpen: true, isLeft: true };
  const [first] = found;
  const operation: Use['operation'] = first?.operation ?? 'metadata';
  const targets = found.map((target) => httpTarget(target, made, instance, base.at));
  const features = targets.flatMap((target) => target.features);
  const use: LooseUse = { ...base, operation, targets, features, alternative: targets.length > 1 ? 'branch' : 'only' };
  return { use, isOpen: found.some(isLeftToCallers), isLeft: found.every(isLeftToCallers) };
}

/** `{base}/chat/completions`: the path says what is asked, and whoever gives the base who is asked; or `{base}{path}`, the other way round. */
function isLeftToCallers({ provider, url, operation }: HttpTarget): boolean {
  if (!operation && url.why === 'param') return true;
  return provider.kind === 'open-ended' && (url.text === undefined || url.text.startsWith(HOLE));
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
