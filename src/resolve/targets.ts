/** Instances -> targets: which clients, models, embedders and stores a call reaches, and with what. */

import type { Fallback, FeatureUse, Reading, Target } from '../model/resolved.ts';
import type { Location } from '../model/source.ts';
import type { CallMeaning, Facet, Switch } from '../model/surface.ts';
import { argumentAt, entriesOf } from './arguments.ts';
import { bound } from './names.ts';
import { readingsOf } from './readings.ts';
import { alternatives, type InstanceValue, type Made, type Value } from './value.ts';
import type { World } from './world.ts';

const DEPTH = 6;

export interface Reached {
  readonly targets: readonly Target[];
  readonly fallbacks: readonly Fallback[];
  /** Reasons of what could not be resolved. */
  readonly unresolved: readonly string[];
}

/** Everything a value that stands for a client, model, chain or store reaches. */
export function reachedBy(world: World, value: Value, depth = 0): Reached {
  if (depth > DEPTH) return { targets: [], fallbacks: [], unresolved: ['too-deep'] };
  const parts = alternatives(value).map((part) => reachedByOne(world, part, depth));
  return merge(parts);
}

function merge(parts: readonly Reached[]): Reached {
  return {
    targets: distinct(parts.flatMap((part) => part.targets)),
    fallbacks: parts.flatMap((part) => part.fallbacks),
    unresolved: parts.flatMap((part) => part.unresolved),
  };
}

function distinct(targets: readonly Target[]): readonly Target[] {
  const seen = new Map<string, Target>();
  for (const target of targets) {
    const facets = Object.entries(target.facets).map(
      ([facet, readings]) => `${facet}=${readings?.map((reading) => reading.text ?? reading.why).join('|')}`,
    );
    const key = `${target.surface.id} ${target.at.path}:${target.at.line}:${target.at.column} ${facets.join(' ')}`;
    if (!seen.has(key)) seen.set(key, target);
  }
  return [...seen.values()];
}

function reachedByOne(world: World, value: Value, depth: number): Reached {
  if (value.kind === 'list') return merge(value.items.map((item) => reachedBy(world, item, depth + 1)));
  if (value.kind === 'record') return merge(entriesOf(world, value).map((item) => reachedBy(world, item, depth + 1)));
  if (value.kind !== 'instance')
    return { targets: [], fallbacks: [], unresolved: [value.kind === 'unknown' ? value.why : value.kind] };
  const carried = value.made.flatMap((made) => carriedBy(world, made, value, depth));
  const own = ownTarget(world, value);
  const fallbacks = value.made.flatMap((made) => fallbacksOf(world, { made, own, depth }));
  const merged = merge([{ targets: own ? [own] : [], fallbacks, unresolved: [] }, ...carried]);
  return {
    ...merged,
    targets: merged.targets.filter((target) => !fallbacks.some((fallback) => fallback.targets.includes(target))),
  };
}

function carriedBy(world: World, made: Made, value: InstanceValue, depth: number): readonly Reached[] {
  const ambient = (made.meaning.ambient ?? []).flatMap((name) =>
    ambientValues(world, name).map((part) => reachedBy(world, part, depth + 1)),
  );
  const paths = made.meaning.carries ?? [];
  const given = paths.flatMap((path): readonly Reached[] => {
    const carried = argumentAt(world, path, made.args, made.scope);
    if (!carried) return [];
    return alternatives(carried).map((part) => {
      if (isText(part) && made.meaning.textModel)
        return { targets: textTargets(world, { part, made, value }), fallbacks: [], unresolved: [] };
      return reachedBy(world, part, depth + 1);
    });
  });
  return [...given, ...ambient];
}

/** Values assigned to a member of a module-wide object, anywhere in the tree. */
function ambientValues(world: World, name: string): readonly Value[] {
  return [...world.modules.values()].flatMap((module) => {
    const keys = [...module.bindings.keys()].filter((key) => key.slice(key.indexOf(':') + 1) === name);
    return keys.flatMap((key) => {
      const bindings = module.bindings.get(key);
      return bindings ? [bound(world, { bindings, name, scope: { module } })] : [];
    });
  });
}

function isText(value: Value): boolean {
  return value.kind === 'text' || value.kind === 'env';
}

function textTargets(world: World, { part, made, value }: { part: Value; made: Made; value: InstanceValue }): readonly Target[] {
  const { operator, gateway } = made.meaning.textModel ?? {};
  const model = readingsOf(world, part, made.scope.module.path);
  return [
    {
      surface: value.surface,
      made: [{ meaning: made.meaning, api: made.api, at: made.at }],
      ...(operator ? { operator } : {}),
      ...(gateway ? { gateway } : {}),
      api: 'abstraction',
      facets: { model },
      features: featuresOf(world, made),
      at: made.at,
      implicitEnv: {},
      defaults: {},
    },
  ];
}

function fallbacksOf(
  world: World,
  { made, own, depth }: { made: Made; own: Target | undefined; depth: number },
): readonly Fallback[] {
  const { fallback } = made.meaning;
  if (!fallback) return [];
  const targets = fallback.to.flatMap((path): readonly Target[] => {
    const value = argumentAt(world, path, made.args, made.scope);
    return value ? alternatives(value).flatMap((part) => fallbackTargets(world, part, { made, own, depth })) : [];
  });
  if (!targets.length) return [];
  return [{ mechanism: fallback.mechanism, class: fallback.class ?? 'auto', targets, at: made.at }];
}

/** A text among the fallbacks is another model of the same client. */
function fallbackTargets(
  world: World,
  part: Value,
  { made, own, depth }: { made: Made; own: Target | undefined; depth: number },
): readonly Target[] {
  if (part.kind === 'list') return part.items.flatMap((item) => fallbackTargets(world, item, { made, own, depth }));
  if (!isText(part)) return reachedBy(world, part, depth + 1).targets;
  return own
    ? readingsOf(world, part, made.scope.module.path).map((reading) => ({ ...own, facets: { ...own.facets, model: [reading] } }))
    : [];
}

/** The client itself, when some call in its making says who runs it, which gateway or which store it is. */
function ownTarget(world: World, value: InstanceValue): Target | undefined {
  const made = value.made;
  if (
    !made.some(
      ({ meaning }) =>
        meaning.operator ||
        meaning.gateway ||
        meaning.store ||
        meaning.sets?.baseUrl ||
        meaning.http ||
        meaning.operatorFromModel ||
        meaning.when?.some(({ operator }) => operator),
    )
  )
    return undefined;
  const [first] = made;
  const last = made.at(-1);
  if (!first || !last) return undefined;
  const { region, serves: switched, ...who } = whoRuns(world, made);
  const serves = switched ?? made.findLast(({ meaning }) => meaning.serves)?.meaning.serves ?? operationOf(last.meaning);
  const store = made.findLast(({ meaning }) => meaning.store)?.meaning.store;
  const api = made.findLast(({ meaning }) => meaning.api)?.meaning.api;
  return {
    surface: value.surface,
    made: made.map(({ meaning, api: name, at }) => ({ meaning, api: name, at })),
    ...who,
    ...(made.some(({ meaning }) => meaning.operatorFromModel) ? { operatorFromModel: true } : {}),
    ...(api ? { api } : {}),
    ...(serves ? { serves } : {}),
    ...(store ? { store } : {}),
    facets: facetsOf(world, made),
    features: made.flatMap((one) => featuresOf(world, one)),
    at: clientPlace(made) ?? first.at,
    implicitEnv: Object.assign({}, ...made.map(({ meaning }) => meaning.env ?? {})),
    defaults: Object.assign({}, ...made.map(({ meaning }) => meaning.defaults ?? {}), region ? { region } : {}),
  };
}

function clientPlace(made: readonly Made[]): Location | undefined {
  return made.find(({ meaning }) => meaning.operator || meaning.gateway || meaning.store || meaning.sets?.baseUrl)?.at;
}

function operationOf(meaning: CallMeaning): Target['serves'] | undefined {
  const { operation } = meaning;
  return operation && operation !== 'client' && operation !== 'metadata' ? operation : undefined;
}

function whoRuns(world: World, made: readonly Made[]): Pick<Target, 'operator' | 'gateway' | 'serves'> & { region?: string } {
  let who: ReturnType<typeof whoRuns> = {};
  for (const one of made) {
    const { operator, gateway } = one.meaning;
    if (operator || gateway) who = { ...(operator ? { operator } : {}), ...(gateway ? { gateway } : {}) };
    const switched = one.meaning.when?.find((wanted) => holds(world, wanted, one));
    if (!switched) continue;
    const kept = switched.operator || switched.gateway ? {} : who;
    who = {
      ...kept,
      ...(switched.operator ? { operator: switched.operator } : {}),
      ...(switched.gateway ? { gateway: switched.gateway } : {}),
      ...(switched.serves ? { serves: switched.serves } : {}),
      ...(switched.region ? { region: switched.region } : {}),
    };
  }
  return who;
}

export function holds(world: World, { path, equals, starts, env }: Switch, { args, scope }: Made): boolean {
  if (env !== undefined)
    return world.environment(env, scope.module.path).some((reading) => /^(?:1|true|yes|on)$/i.test(reading.text ?? ''));
  const value = path === undefined ? undefined : argumentAt(world, path, args, scope);
  if (!value) return false;
  if (equals === undefined && starts === undefined) return !(value.kind === 'constant' && value.value === false);
  const texts = readingsOf(world, value, scope.module.path).flatMap((reading) =>
    reading.text === undefined ? [] : [reading.text],
  );
  return texts.some((text) => (equals !== undefined ? text === equals : text.startsWith(starts ?? '')));
}

/** What each facet was given, the latest call first; then what the SDK reads from the environment. */
function facetsOf(world: World, made: readonly Made[]): Target['facets'] {
  const facets: Partial<Record<Facet, readonly Reading[]>> = {};
  for (const { meaning, args, scope } of made.toReversed()) {
    for (const [facet, paths] of Object.entries(meaning.sets ?? {}) as [Facet, readonly string[]][]) {
      if (facets[facet]) continue;
      const value = firstGiven(world, paths, { args, scope });
      // `new ChatOpenAI(options)` and `new ChatOpenAI('gpt-4o')`: an options object at the place of a text gives no text.
      if (value && value.kind !== 'record') facets[facet] = readingsOf(world, value, scope.module.path);
    }
  }
  for (const { meaning, scope } of made.toReversed()) {
    for (const [facet, names] of Object.entries(meaning.env ?? {}) as [Facet, readonly string[]][]) {
      if (facets[facet] || facet === 'key') continue;
      const readings = names.flatMap((name) => world.environment(name, scope.module.path));
      if (readings.length) facets[facet] = readings;
    }
  }
  return facets;
}

function firstGiven(world: World, paths: readonly string[], { args, scope }: Pick<Made, 'args' | 'scope'>): Value | undefined {
  for (const path of paths) {
    const value = argumentAt(world, path, args, scope);
    if (value) return value;
  }
  return undefined;
}

/** Features a call uses by itself and by its options. */
export function featuresOf(world: World, { meaning, args, scope, at }: Made): readonly FeatureUse[] {
  const uses: FeatureUse[] = (meaning.features ?? []).map((feature) => ({ feature, at }));
  for (const [option, feature] of Object.entries(meaning.options ?? {})) {
    const [path = '', wanted] = option.split('=');
    const value = argumentAt(world, path, args, scope);
    if (!value) continue;
    const isOff = value.kind === 'constant' && value.value === false;
    const isMatch =
      wanted === undefined ? !isOff : readingsOf(world, value, scope.module.path).some((reading) => reading.text === wanted);
    if (isMatch) uses.push({ feature, at });
  }
  return uses;
}
