/** What the calls that made a client were given: facets, who runs it, features. */
import type { Reading } from '../model/reading.ts';
import type { FeatureUse, Target } from '../model/resolved.ts';
import type { Location } from '../model/source.ts';
import type { Facet, Switch } from '../model/surface.ts';
import { argumentAt, argumentOrRest, isRest } from './arguments.ts';
import { fitting } from './conditions.ts';
import { memberOf } from './members.ts';
import { readingsOf } from './readings.ts';
import { alternatives, choice, type Made, type Value } from './value.ts';
import type { World } from './world.ts';

const FACET_FUEL = 2000;

/** The arguments pick what a call makes: `boto3.client('s3')`. */
export function picksShape({ meaning }: Made): boolean {
  return meaning.when?.some(({ returns }) => returns !== undefined) ?? false;
}

/** An option says who runs it, whatever the model is called. */
export function isSwitched(world: World, one: Made): boolean {
  return one.meaning.when?.some((wanted) => (wanted.operator || wanted.gateway) && holds(world, wanted, one)) ?? false;
}

/** Who runs what these calls make, the latest word first. */
export function whoRuns(
  world: World,
  made: readonly Made[],
): Pick<Target, 'operator' | 'gateway' | 'serves' | 'store'> & { region?: string } {
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
      ...(switched.store ? { store: switched.store } : {}),
      ...(switched.serves ? { serves: switched.serves } : {}),
      ...(switched.region ? { region: switched.region } : {}),
    };
  }
  return who;
}

/** The gateway that an option sends it through. */
export function throughOf(world: World, made: readonly Made[]): Pick<Target, 'gateway'> {
  const one = made.find(({ meaning, args, scope }) => meaning.through && argumentAt(world, meaning.through.path, args, scope));
  return one?.meaning.through ? { gateway: one.meaning.through.gateway } : {};
}

export function holds(world: World, { path, equals, starts, env }: Switch, { args, scope }: Made): boolean {
  if (env !== undefined)
    return world.environment(env, scope.module.path).some((reading) => /^(?:1|true|yes|on)$/i.test(reading.text ?? ''));
  const value = path === undefined ? undefined : argumentAt(world, path, args, scope);
  if (!value) return false;
  if (mayBeSpread(value, path)) return false;
  if (equals === undefined && starts === undefined) return !(value.kind === 'constant' && value.value === false);
  const texts = readingsOf(world, value, scope.module.path).flatMap((reading) =>
    reading.text === undefined ? [] : [reading.text],
  );
  return texts.some((text) => (equals !== undefined ? text === equals : text.startsWith(starts ?? '')));
}

/** `{ ...fields }`: every option may be in there, and none is known to be. */
export function mayBeSpread(value: Value, path = ''): boolean {
  if (value.kind === 'choice') return value.of.every((part) => mayBeSpread(part, path));
  if (value.kind === 'param') return value.path.length > 0 && value.path.at(-1) === path.split('.').at(-1);
  return value.kind === 'unknown' && (value.why === 'open-record' || value.why === 'no-member');
}

/** Facets that stand in headers. */
const IN_HEADERS: ReadonlySet<Facet> = new Set(['upstream', 'route']);

/** What each facet was given, the latest call first; then what the SDK reads from the environment. */
export function facetsOf(world: World, given: readonly Made[]): Target['facets'] {
  const made = withHeaders(world, given);
  const facets: Partial<Record<Facet, readonly Reading[]>> = {};
  for (const one of made.toReversed()) {
    const { meaning, args, scope } = one;
    for (const [facet, paths] of Object.entries(meaning.sets ?? {}) as [Facet, readonly string[]][]) {
      if (facets[facet]) continue;
      // One argument that takes too long to find out must not hide the others.
      world.fuel = Math.max(world.fuel, FACET_FUEL);
      const given = firstGiven(world, paths, { args, scope });
      const value = given && fitting(world, given, one);
      // A member of headers that another call made says nothing here (`headers` does).
      if (IN_HEADERS.has(facet) && value?.kind === 'unknown') continue;
      // `new ChatOpenAI(options)` and `new ChatOpenAI('gpt-4o')`: an options object at the place of a text gives no text.
      if (value && value.kind !== 'record') facets[facet] = readingsOf(world, value, scope.module.path).filter(isName);
    }
  }
  for (const { meaning, scope } of made.toReversed()) {
    for (const [facet, names] of Object.entries(meaning.env ?? {}) as [Facet, readonly string[]][]) {
      if (facets[facet] || facet === 'key') continue;
      const readings = names.flatMap((name) => world.environment(name, scope.module.path));
      if (readings.length) facets[facet] = readings;
    }
  }
  return { ...restFacets(world, made), ...facets };
}

/** True and false are switches, whatever they are called. */
function isName({ text }: Reading): boolean {
  return text !== 'true' && text !== 'false' && text !== 'null';
}

/** Facets that a caller may give among its options: they wait for it. */
function restFacets(world: World, made: readonly Made[]): Target['facets'] {
  const facets: Partial<Record<Facet, readonly Reading[]>> = {};
  for (const { meaning, args, scope } of made) {
    if (!args.some(({ name }) => name === '...')) continue;
    for (const [facet, paths] of Object.entries(meaning.sets ?? {}) as [Facet, readonly string[]][]) {
      if (facet === 'key') continue;
      const values = paths.map((path) => argumentOrRest(world, path, { args, scope }));
      const rest = values.find((value) => value && isRest(value));
      if (rest) facets[facet] = readingsOf(world, rest, scope.module.path);
    }
  }
  return facets;
}

/** Headers that a call of their own made say what they were given: it stands before what the client says itself. */
export function withHeaders(world: World, made: readonly Made[]): readonly Made[] {
  const headers = made.flatMap(({ meaning, args, scope }) =>
    (meaning.headers ?? []).flatMap((path) => {
      const value = argumentAt(world, path, args, scope);
      return value?.kind === 'instance' ? value.made : [];
    }),
  );
  return headers.length ? [...headers, ...made] : made;
}

function firstGiven(world: World, paths: readonly string[], { args, scope }: Pick<Made, 'args' | 'scope'>): Value | undefined {
  for (const path of paths) {
    const value = argumentAt(world, path, args, scope);
    if (value) return value;
  }
  return undefined;
}

const LOOKED_INTO = new Set(['record', 'map', 'object', 'list']);
const ABSENT = new Set(['no-member', 'open-record', 'undefined', 'undefined-name', 'external-class']);

/** What an option holds that is there for sure: of what cannot be looked into, nothing is. */
function optionAt(world: World, path: string, { args, scope }: Pick<Made, 'args' | 'scope'>): Value | undefined {
  const cut = path.lastIndexOf('.');
  if (cut < 0 || path.endsWith('*')) return argumentAt(world, path, args, scope);
  const holder = argumentAt(world, path.slice(0, cut), args, scope);
  const known = holder ? alternatives(holder).filter(({ kind }) => LOOKED_INTO.has(kind)) : [];
  const values = known.map((part) => memberOf(world, part, path.slice(cut + 1)));
  const given = values.filter((value) => value.kind !== 'unknown' || !ABSENT.has(value.why));
  return given.length ? choice(given, 'branch') : undefined;
}

/** Features a call uses by itself and by its options. */
export function featuresOf(world: World, { meaning, args, scope, at }: Made): readonly FeatureUse[] {
  const uses: FeatureUse[] = (meaning.features ?? []).map((feature) => ({ feature, at }));
  for (const [option, feature] of Object.entries(meaning.options ?? {})) {
    const [path = '', wanted] = option.split('=');
    const value = optionAt(world, path, { args, scope });
    if (!value || mayBeSpread(value, path)) continue;
    const isOff = value.kind === 'constant' && value.value === false;
    const isMatch =
      wanted === undefined
        ? !isOff
        : readingsOf(world, value, scope.module.path).some(({ text }) => text !== undefined && isWanted(text, wanted));
    if (isMatch) uses.push({ feature, at });
  }
  return uses;
}

/** `web_search_*` stands for every dated version of a tool. */
function isWanted(text: string, wanted: string): boolean {
  return wanted.endsWith('*') ? text.startsWith(wanted.slice(0, -1)) : text === wanted;
}

/** Where the client is made. */
export function clientPlace(made: readonly Made[]): Location | undefined {
  return made.find(({ meaning }) => meaning.operator || meaning.gateway || meaning.store || meaning.sets?.baseUrl)?.at;
}

/** A client that one of several classes makes is asked for what that class says, not for what the others say. */
export function ofOrigin(facets: Target['facets'], origins: readonly string[] | undefined): Target['facets'] {
  const { model } = facets;
  const left = origins && model?.filter((one) => !one.origins || one.origins.some((origin) => origins.includes(origin)));
  if (!model || !left || left.length === model.length) return facets;
  const unsaid: Reading = { why: 'branch', how: 'unknown', env: [], confidence: 0.6, trail: [] };
  return { ...facets, model: left.length ? left : [unsaid] };
}

/** The call says who runs it, which gateway or which store it is. */
export function isTelling(world: World, one: Made): boolean {
  const { meaning } = one;
  const says = meaning.operator || meaning.gateway || meaning.local || meaning.store || meaning.sets?.baseUrl || meaning.http;
  const byModel = meaning.sets?.model && (meaning.operatorFromModel || meaning.when?.some(({ operator }) => operator));
  if (says || byModel || picksShape(one)) return true;
  return meaning.when?.some((wanted) => wanted.store && holds(world, wanted, one)) ?? false;
}
