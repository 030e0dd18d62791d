/** Calls of HTTP libraries -> uses, by the address and what is sent there. */
import type { Target, Use } from '../model/resolved.ts';
import type { Operation } from '../model/surface.ts';
import { apiOf } from './calls.ts';
import { type HttpTarget, httpTargets } from './http.ts';
import type { CallSite } from './sites.ts';
import { triedBy } from './tried-models.ts';
import { type LooseUse, looseUse } from './uses.ts';
import { HOLE, type InstanceValue, type Made } from './value.ts';
import type { World } from './world.ts';

const USUAL = 0.6;
/** A host, or whatever a setting names, and a path of which no more than a beginning is known; or none, where a header says what is asked. */
const PASSED_ON = /^(?:[a-z]+:\/\/[^/\0]+|\0)(?:\/(?:api|openai|v\d\w*))*\/?(?:\0|$)/i;

/** A use; open: callers say more; left: without them nobody knows who is asked. */
export interface Found {
  readonly use: LooseUse;
  readonly isOpen: boolean;
  readonly isLeft?: boolean;
  /** What is asked where nobody says it: a proxy passes on whatever path it is called with. */
  readonly usually?: Operation;
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
  const tried = found.map((target) => triedBy(world, made, httpTarget(target, made, instance, base.at)));
  const targets = tried.map(({ target }) => target);
  const fallbacks = tried.flatMap((one) => one.fallbacks);
  const features = targets.flatMap((target) => target.features);
  const use: LooseUse = { ...base, operation, targets, fallbacks, features, alternative: targets.length > 1 ? 'branch' : 'only' };
  const usually = operation === 'metadata' ? found.map(usualOf).find((usual) => usual) : undefined;
  return {
    use,
    isOpen: found.some(isLeftToCallers),
    isLeft: found.every(isLeftToCallers),
    ...(usually ? { usually } : {}),
  };
}

/** Something is sent to a service, on a path that is not known: most likely what most of its paths are for. */
function usualOf({ provider, url, reads }: HttpTarget): Operation | undefined {
  const isPassedOn = !reads && PASSED_ON.test(url.text ?? '');
  if (!isPassedOn || provider.mixed) return undefined;
  const own = provider.paths.flatMap(({ operation }) => operation ?? []);
  return provider.compatible || own.includes('chat') ? 'chat' : own[0];
}

/** The use with what is usually asked, less sure. */
export function asUsual({ use, usually }: Found): LooseUse {
  if (!usually) return use;
  return {
    ...use,
    operation: usually,
    targets: use.targets.map((target) => ({ ...target, serves: usually, confidence: USUAL })),
  };
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
