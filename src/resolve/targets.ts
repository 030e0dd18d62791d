/** Instances -> targets: which clients, models, embedders and stores a call reaches, and with what. */
import type { Fallback, Target } from '../model/resolved.ts';
import type { CallMeaning } from '../model/surface.ts';
import { ambientValues, collectedBy } from './ambient.ts';
import { argumentAt, entriesOf } from './arguments.ts';
import { branchOf } from './conditions.ts';
import { eitherWay } from './either-way.ts';
import {
  clientPlace,
  facetsOf,
  featuresOf,
  holds,
  isSwitched,
  isTelling,
  ofOrigin,
  picksShape,
  throughOf,
  whoRuns,
  withHeaders,
} from './facets.ts';
import { inlineRoutes } from './inline-routes.ts';
import { type Listed, listedIn } from './listed.ts';
import { readingsOf } from './readings.ts';
import { alternatives, type InstanceValue, type Made, type Value } from './value.ts';
import type { World } from './world.ts';
import { writtenIn } from './written.ts';

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
  return [...new Map(targets.toReversed().map((target) => [keyOf(target), target])).values()].toReversed();
}

/** Two targets of one key are the same client asked for the same. */
function keyOf({ surface, serves, operator, at, facets }: Target): string {
  const given = Object.entries(facets).map(
    ([facet, readings]) => `${facet}=${readings?.map((reading) => reading.text ?? reading.why).join('|')}`,
  );
  return `${surface.id} ${operator ?? ''} ${serves ?? ''} ${at.path}:${at.line}:${at.column} ${given.join(' ')}`;
}

function reachedByOne(world: World, value: Value, depth: number): Reached {
  if (value.kind === 'list') return merge(value.items.map((item) => reachedBy(world, item, depth + 1)));
  if (value.kind === 'record') return merge(entriesOf(world, value).map((item) => reachedBy(world, item, depth + 1)));
  if (value.kind === 'object' && value.client) return reachedByOne(world, value.client, depth);
  if (value.kind !== 'instance')
    return { targets: [], fallbacks: [], unresolved: [value.kind === 'unknown' ? value.why : value.kind] };
  const given = effective(world, value.made).flatMap((made) => carriedBy(world, made, value, depth));
  const carried = [...given, ...otherwise(world, { value, given: merge(given), depth })];
  const listed = listedIn(world, value);
  if (listed) return reachedByList(world, listed, depth);
  const own = value.made.some((made) => isHandedIn(world, made)) ? undefined : ownTarget(world, value);
  const fallbacks = value.made.flatMap((made) => fallbacksOf(world, { made, own, value, depth }));
  const merged = merge([{ targets: own ? eitherWay(world, own, value) : [], fallbacks, unresolved: [] }, ...carried]);
  const spares = new Set(fallbacks.flatMap((fallback) => fallback.targets.map(keyOf)));
  // A list of models may begin with the one that is asked for.
  const others = merged.targets.filter((target) => !spares.has(keyOf(target)));
  const targets = others.length ? others : merged.targets.slice(0, 1);
  return { ...merged, targets: targets.map((target) => inOrder(world, target, value)) };
}

/** From the last call whose own model takes the place of what was carried before it. */
function effective(world: World, made: readonly Made[]): readonly Made[] {
  const from = made.findLastIndex(
    ({ meaning, args, scope }) => meaning.replaces && meaning.carries?.some((path) => argumentAt(world, path, args, scope)),
  );
  return from < 0 ? made : made.slice(from);
}

/** The call may say in which order the gateway of a carried model tries its services. */
function inOrder(world: World, target: Target, { made }: InstanceValue): Target {
  if (!target.gateway || target.facets.order) return target;
  const { order } = facetsOf(world, made);
  return order ? { ...target, facets: { ...target.facets, order } } : target;
}

/** Clients of a list: those asked for, and those that are tried after them. */
function reachedByList(world: World, { primary, spare, mechanism, made }: Listed, depth: number): Reached {
  const first = merge(primary.map((client) => reachedByOne(world, client, depth + 1)));
  const next = merge(spare.map((client) => reachedByOne(world, client, depth + 1)));
  const fallbacks = next.targets.length ? [{ mechanism, class: 'auto' as const, targets: next.targets, at: made.at }] : [];
  return { ...first, fallbacks: [...first.fallbacks, ...fallbacks] };
}

/** The model is an instance that is carried: what it reaches takes the place of the own target. */
function isHandedIn(world: World, { meaning, args, scope }: Made): boolean {
  return (meaning.carries ?? []).some((path) => {
    if (!meaning.sets?.model?.includes(path)) return false;
    const value = argumentAt(world, path, args, scope);
    return value !== undefined && alternatives(value).some(({ kind }) => kind === 'instance');
  });
}

function carriedBy(world: World, made: Made, value: InstanceValue, depth: number): readonly Reached[] {
  const ambient = (made.meaning.ambient ?? []).flatMap((name) =>
    ambientValues(world, name, made.scope.module.path).map((part) => reachedBy(world, part, depth + 1)),
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
  const collected = (made.meaning.collects ?? []).flatMap((wanted) =>
    collectedBy(world, { made, value, wanted }).map((part) => reachedBy(world, part, depth + 1)),
  );
  return [...given, ...ambient, ...collected];
}

/** What the SDK uses for an operation that nothing given serves. What was given and stays unknown may serve it. */
function otherwise(
  world: World,
  { value, given, depth }: { value: InstanceValue; given: Reached; depth: number },
): readonly Reached[] {
  if (given.unresolved.length) return [];
  const served = new Set(given.targets.map(({ serves }) => serves));
  return value.made.flatMap((made) =>
    (made.meaning.otherwise ?? []).flatMap(({ serves, ambient, shape }): readonly Reached[] => {
      if (served.has(serves)) return [];
      served.add(serves);
      const assigned = ambient === undefined ? [] : ambientValues(world, ambient, made.scope.module.path);
      if (assigned.length) return assigned.map((part) => reachedBy(world, part, depth + 1));
      const meaning = shape === undefined ? undefined : value.surface.shapes[shape]?.call;
      return meaning ? [reachedBy(world, { ...value, made: [{ ...made, meaning, args: [] }] }, depth + 1)] : [];
    }),
  );
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
      ...(isSwitched(world, made) ? whoRuns(world, [made]) : made.meaning.operatorFromModel ? { operatorFromModel: true } : {}),
      api: 'abstraction',
      facets: { model },
      features: featuresOf(world, made),
      at: made.at,
      implicitEnv: {},
      defaults: {},
    },
  ];
}

interface Spare {
  readonly made: Made;
  readonly own: Target | undefined;
  readonly value: InstanceValue;
  readonly depth: number;
}

function fallbacksOf(world: World, { made, ...rest }: Spare): readonly Fallback[] {
  const { fallback } = made.meaning;
  if (!fallback) return [];
  const targets = fallback.to.flatMap((path): readonly Target[] => {
    const value = argumentAt(world, path, made.args, made.scope);
    return value ? alternatives(value).flatMap((part) => fallbackTargets(world, part, { made, ...rest })) : [];
  });
  if (!targets.length) return [];
  return [{ mechanism: fallback.mechanism, class: fallback.class ?? 'auto', targets, at: made.at }];
}

/** A text among the fallbacks is another model of the same client. */
function fallbackTargets(world: World, part: Value, { made, own, value, depth }: Spare): readonly Target[] {
  if (part.kind === 'list') return part.items.flatMap((item) => fallbackTargets(world, item, { made, own, value, depth }));
  if (!isText(part)) return reachedBy(world, part, depth + 1).targets;
  if (!own && made.meaning.textModel) return textTargets(world, { part, made, value });
  if (!own) return [];
  // Which services serve another model is for the gateway to know.
  const { order: _order, ...facets } = own.facets;
  return readingsOf(world, part, made.scope.module.path).map((reading) => ({ ...own, facets: { ...facets, model: [reading] } }));
}

/** The client itself, when some call in its making says who runs it, which gateway or which store it is. */
function ownTarget(world: World, value: InstanceValue): Target | undefined {
  const made = value.made;
  // A call whose arguments pick what it makes (`boto3.client('s3')`) makes nothing of ours where none of them holds.
  if (made.some((one) => picksShape(one) && !one.meaning.when?.some((wanted) => holds(world, wanted, one)))) return undefined;
  if (!made.some((one) => isTelling(world, one))) return undefined;
  const [first] = made;
  const last = made.at(-1);
  if (!first || !last) return undefined;
  const { region, serves: switched, store: asked, ...who } = whoRuns(world, made);
  const hop = who.gateway ?? withHeaders(world, made).find(({ meaning }) => meaning.gateway)?.meaning.gateway;
  const routes = inlineRoutes(world, made, hop);
  const facets = ofOrigin(facetsOf(world, made), value.origins);
  const serves = switched ?? made.findLast(({ meaning }) => meaning.serves)?.meaning.serves ?? operationOf(last.meaning);
  const store = asked ?? made.findLast(({ meaning }) => meaning.store)?.meaning.store;
  const api = made.findLast(({ meaning }) => meaning.api)?.meaning.api;
  return {
    surface: value.surface,
    made: made.map(({ meaning, api: name, at }) => ({ meaning, api: name, at })),
    ...who,
    ...throughOf(world, made),
    ...(made.some(({ meaning }) => meaning.operatorFromModel) && !made.some((one) => isSwitched(world, one))
      ? { operatorFromModel: true }
      : {}),
    ...(routes.length ? { routes } : {}),
    ...(made.some(({ meaning }) => meaning.local) ? { local: true } : {}),
    ...(api ? { api } : {}),
    ...(serves ? { serves } : {}),
    ...(store ? { store } : {}),
    ...branchOf(world, made),
    facets,
    ...writtenIn(world, made, { operator: who.operator, facets }),
    features: made.flatMap((one) => featuresOf(world, one)),
    at: clientPlace(made) ?? first.at,
    implicitEnv: Object.assign({}, ...made.map(({ meaning }) => meaning.env ?? {})),
    defaults: Object.assign({}, ...made.map(({ meaning }) => meaning.defaults ?? {}), region ? { region } : {}),
  };
}

function operationOf(meaning: CallMeaning): Target['serves'] | undefined {
  const { operation } = meaning;
  return operation && operation !== 'client' && operation !== 'metadata' ? operation : undefined;
}
