/** Sites -> uses: what each call runs, what it can reach, and who decides that. */

import type { Alternative, Target, Use } from '../model/resolved.ts';
import type { CallMeaning, Operation } from '../model/surface.ts';
import { apart } from './apart.ts';
import { argumentAt } from './arguments.ts';
import { bindingUses } from './bindings.ts';
import { framesOf, functionsAround } from './callers.ts';
import { apiOf } from './calls.ts';
import { constructedFrames, decidedBy } from './constructed.ts';
import { contextOf } from './contexts.ts';
import { evaluate } from './evaluate.ts';
import { asUsual, type Found, httpUse } from './http-use.ts';
import { injectedUses } from './injected.ts';
import { meaningOf } from './instances.ts';
import { isAnswered, isOpenClient, isOpenTarget, mergeCallers } from './merged.ts';
import { withoutRest } from './rest.ts';
import { type CallSite, instancesOf, SITE_FUEL, type Sites, symbolOf } from './sites.ts';
import { runs } from './switched-off.ts';
import { type Reached, reachedBy } from './targets.ts';
import { withUnlinked } from './unlinked.ts';
import { alternatives, type Frame, type InstanceValue, type Made, type Scope, type Value } from './value.ts';
import { locationOf, type World } from './world.ts';
import { isPlacedByCaller } from './written.ts';

const FRAMES = 48;

/** A use before it knows its neighbours; `site` identifies the call. */
export type LooseUse = Omit<Use, 'reaches' | 'workload'> & { readonly site: CallSite };

const KNOWN = new WeakMap<Sites, readonly LooseUse[]>();

/** All uses, in the order of path and site: asked for again while nothing new is parsed, they are the same. */
export function usesOf(world: World, sites: Sites): readonly LooseUse[] {
  const known = KNOWN.get(sites);
  if (known) return known;
  const uses = found(world, sites);
  KNOWN.set(sites, uses);
  return uses;
}

function found(world: World, sites: Sites): readonly LooseUse[] {
  const direct = sites.meant.flatMap((entry) => settle(world, sites, entry));
  const passed = sites.open.flatMap((entry) => settle(world, sites, entry));
  const uses = [...direct, ...passed, ...bindingUses(world, sites.all)];
  return withUnlinked(world, apart([...uses, ...injectedUses(world, sites.all, uses)]));
}

/** Those that nothing parsed later changes. */
const CLOSED = new WeakMap<CallSite, Found>();

/** A site without regard to who calls the function around it. */
export function standing(world: World, entry: CallSite): Found | undefined {
  const known = CLOSED.get(entry);
  if (known) return known;
  const { missed } = world;
  const bare = useAt(world, entry, { module: entry.module }, entry.callee);
  if (bare && !bare.isOpen && world.missed === missed) CLOSED.set(entry, bare);
  return bare;
}

/** One site: as it stands; where its arguments decide, once for each way its function is called. */
function settle(world: World, sites: Sites, entry: CallSite): readonly LooseUse[] {
  const bare = standing(world, entry);
  if (bare && !bare.isOpen) return [asUsual(bare)];
  return fromAbove(world, sites, { entry, bare }).map(withoutRest);
}

function fromAbove(
  world: World,
  sites: Sites,
  { entry, bare }: { entry: CallSite; bare: Found | undefined },
): readonly LooseUse[] {
  const called = fromCalls(world, sites, entry);
  // Who calls a method may not say what its object was made with.
  const made = called.some(isAnswered) ? [] : fromMakers(world, sites, entry);
  const uses = made.length ? made : called;
  if (!uses.length) return bare && bare.use.operation !== 'http' ? [asUsual(bare)] : [];
  if (bare === undefined || bare.isLeft) return uses;
  // Classes below may make clients of their own, whatever this one is made with.
  const settled = made.length ? bare.use.targets.filter((target) => !isOpenClient(target)) : [];
  return [mergeCallers(asUsual(bare), uses, settled)];
}

/** The uses of a site with the arguments of its callers. */
function fromCalls(world: World, sites: Sites, entry: CallSite): readonly LooseUse[] {
  for (const block of functionsAround(entry.module, entry.site.block)) {
    const found = framesOf(sites, { module: entry.module, block }, FRAMES).flatMap(({ frame, caller }) => {
      const use = inFrame(world, entry, frame);
      return use ? [atCaller(decidedBy(use, caller), caller, entry)] : [];
    });
    if (found.length) return found;
  }
  return [];
}

/** The uses of a site in the objects of its class. */
function fromMakers(world: World, sites: Sites, entry: CallSite): readonly LooseUse[] {
  return constructedFrames(sites, entry).flatMap(({ frame, caller }) => {
    const use = inFrame(world, entry, frame);
    return use ? [decidedBy(use, caller)] : [];
  });
}

function inFrame(world: World, entry: CallSite, frame: Frame): LooseUse | undefined {
  world.fuel = SITE_FUEL;
  const scope: Scope = { module: entry.module, frame };
  const callee = evaluate(world, entry.site.call.callee, scope);
  // Most calls that wait for an argument are none of ours with any: what is dear comes second.
  if (!instancesOf(callee).length) return undefined;
  if (!runs(world, scope, { block: entry.site.block, at: entry.site.call.at })) return undefined;
  const found = useAt(world, entry, scope, callee);
  // A request whose address this caller does not know either is left to others; one that runs nothing, at one of several, says nothing.
  return !found || found.isLeft || isAmbiguous(found.use) ? undefined : found.use;
}

function isAmbiguous({ operation, targets }: LooseUse): boolean {
  return operation === 'metadata' && new Set(targets.map(({ operator, gateway }) => operator ?? gateway)).size > 1;
}

/** A call whose operator only its caller decides stands where the caller decides. */
function atCaller(use: LooseUse, caller: CallSite, entry: CallSite): LooseUse {
  if (instancesOf(entry.callee).some((instance) => !meaningOf(instance)?.http)) return use;
  const scope: Scope = { module: caller.module };
  return {
    ...use,
    path: caller.module.path,
    at: locationOf(scope, caller.site.call.at),
    block: caller.site.block,
    symbol: symbolOf(caller),
    context: contextOf(caller.module.path),
    site: caller,
  };
}

function useAt(world: World, entry: CallSite, scope: Scope, callee: Value): Found | undefined {
  world.fuel = Math.max(world.fuel, SITE_FUEL);
  for (const instance of instancesOf(callee)) {
    const meaning = meaningOf(instance);
    if (!meaning) continue;
    const made = madeBy(world, entry, scope, meaning);
    if (meaning.http) return httpUse(world, entry, { instance, made });
    const operation = operationOf(meaning, made);
    if (operation) return surfaceUse(world, entry, { operation, made, callee });
  }
  return undefined;
}

/** The call itself, and the command it performs (`client.send(new InvokeModelCommand(…))`). */
function madeBy(world: World, entry: CallSite, scope: Scope, meaning: CallMeaning): readonly Made[] {
  const { call } = entry.site;
  const { block } = entry.site;
  const own: Made = { meaning, args: call.args, scope, at: locationOf(scope, call.at), api: apiOf(call), block };
  const command = meaning.performs ? argumentAt(world, meaning.performs, call.args, scope) : undefined;
  const performed = command
    ? alternatives(command).find((value): value is InstanceValue => value.kind === 'instance')
    : undefined;
  return performed ? [own, ...performed.made] : [own];
}

function operationOf(meaning: CallMeaning, made: readonly Made[]): Operation | 'client' | 'metadata' | undefined {
  if (meaning.operation) return meaning.operation;
  if (!meaning.performs) return undefined;
  const command = made.at(-1)?.meaning;
  return command === meaning ? undefined : (command?.operation ?? command?.serves);
}

interface SurfaceUse {
  readonly operation: Use['operation'];
  readonly made: readonly Made[];
  readonly callee: Value;
}

function surfaceUse(world: World, entry: CallSite, { operation, made, callee }: SurfaceUse): Found | undefined {
  const instances = instancesOf(callee);
  const [first] = instances;
  if (!first) return undefined;
  const scope = made[0]?.scope ?? { module: entry.module };
  const reached = instances.map((instance) => {
    const whole =
      meaningOf(instance)?.registry === undefined
        ? { ...instance, made: [...instance.made, ...made] }
        : evaluate(world, entry.site.call, scope);
    return reachedBy(world, whole);
  });
  const all: Reached = {
    targets: reached.flatMap((one) => one.targets),
    fallbacks: reached.flatMap((one) => one.fallbacks),
    unresolved: reached.flatMap((one) => one.unresolved),
  };
  if (operation === 'client' && !all.targets.length) return undefined;
  if (!all.targets.length && !all.unresolved.length && !made.some(({ meaning }) => meaning.textModel)) return undefined;
  const isOpen =
    all.unresolved.some((why) => why === 'param') ||
    all.targets.some((target) => isOpenTarget(target) || isPlacedByCaller(world, target));
  const base = looseUse(entry, {
    operation,
    api: (operation === 'client' ? made[0] : made.at(-1))?.api || apiOf(entry.site.call),
    surface: first.surface,
  });
  const use: LooseUse = {
    ...base,
    targets: all.targets,
    alternative: alternativeOf(all.targets, callee),
    fallbacks: all.fallbacks,
    features: all.targets.flatMap((target) => target.features),
    ...(all.targets.length ? {} : { unresolved: all.unresolved[0] ?? 'no-model' }),
  };
  return { use, isOpen };
}

function alternativeOf(targets: readonly Target[], callee: Value): Alternative {
  if (targets.length < 2) return 'only';
  return callee.kind === 'choice' ? callee.by : 'branch';
}

export function looseUse(entry: CallSite, { operation, api, surface }: Pick<Use, 'operation' | 'api' | 'surface'>): LooseUse {
  const scope: Scope = { module: entry.module };
  return {
    path: entry.module.path,
    at: locationOf(scope, entry.site.call.at),
    operation,
    api,
    surface,
    targets: [],
    alternative: 'only',
    fallbacks: [],
    features: [],
    block: entry.site.block,
    symbol: symbolOf(entry),
    context: contextOf(entry.module.path),
    site: entry,
  };
}
