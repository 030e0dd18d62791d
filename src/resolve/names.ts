/** Names -> values: bindings of the enclosing scopes, imports, exports, globals of the catalog. */
import type { BlockId, Expr } from '../model/source.ts';
import { passed, restOf } from './arguments.ts';
import { superClass } from './base-class.ts';
import { labelledWith, labelsAt, reached } from './conditions.ts';
import { evaluate } from './evaluate.ts';
import { exportOf } from './exports.ts';
import { grown } from './grown-lists.ts';
import { isKept, knownAt, narrowed } from './guards.ts';
import { imported, starred } from './imports.ts';
import { declaredInstance, shapeInstance } from './instances.ts';
import { frameKey, moduleKey } from './keys.ts';
import { memberOf } from './members.ts';
import { once } from './once.ts';
import { type Place, reaching, whereTheyHold } from './reaching.ts';
import { choice, classAround, type Frame, type Module, parentOf, type Scope, throughName, unknown, type Value } from './value.ts';
import { languageOf, type World } from './world.ts';

/** `sql:AI_COMPLETE`: a name of a language inside another, which no name of a program looks like. */
const FOREIGN = /^([a-z0-9]+):(.+)$/;
/** A name that is assigned more often is a counter or a buffer, not a choice. */
const ASSIGNMENTS = 24;

type Binding = Module['unit']['bindings'][number];

/** What a name means at a block, looked up outwards. */
export function lookup(world: World, name: string, place: Place, scope: Scope): Value {
  const { block } = place;
  const own = scope.names?.(name);
  if (own) return own;
  if (name === 'this' || name === 'self') return thisValue(block, scope);
  if (name === 'super') return superClass(world, scope.module, block) ?? unknown('external-class');
  const { module } = scope;
  const scopes = module.bindings.get(name);
  for (let id: BlockId | undefined = scopes && block; id !== undefined; id = parentOf(module, id)) {
    const bindings = scopes?.get(id);
    if (!bindings) continue;
    const known = id === 0 ? undefined : knownAt(scope, place);
    const { known: _known, ...outside } = scope;
    const plain = bound(world, { bindings, name, scope: known ? { ...scope, known } : outside, place });
    // A name that is given another value meanwhile is not what was asked about.
    const isSame = known && isKept(module.unit, bindings, { ...known, place, name });
    const narrow = isSame ? narrowed(world, known, { name, module }) : undefined;
    const value = narrow ? narrow(plain) : plain;
    // `try: import openai` … `except ImportError: openai = None`: either may hold.
    const brought = id === 0 ? imported(world, name, { scope, place }) : undefined;
    return brought ? choice([brought, value], 'branch') : value;
  }
  return (
    imported(world, name, { scope, place }) ??
    local(world, name, scope) ??
    global(world, name, scope) ??
    starred(world, name, scope) ??
    unknown('undefined-name')
  );
}

/** `config.model = …` and `this.client = …`: assignments to a member, or nothing. */
export function lookupMemberBinding(
  world: World,
  { name: of, ...place }: Place & { readonly name: string },
  { member, scope }: { readonly member: string; readonly scope: Scope },
): Value | undefined {
  const { module } = scope;
  if (of === 'this' || !module.assigned.has(of)) return undefined;
  const name = `${of}.${member}`;
  const scopes = module.bindings.get(name);
  for (let id: BlockId | undefined = scopes && place.block; id !== undefined; id = parentOf(module, id)) {
    const bindings = scopes?.get(id);
    if (bindings) return bound(world, { bindings, name, scope, place });
  }
  return undefined;
}

interface Bound {
  readonly bindings: readonly Binding[];
  readonly name: string;
  readonly scope: Scope;
  /** Where the name is read; absent: anywhere. */
  readonly place?: Place;
}

/** The values a name can have at a place. Empty placeholders (`let x = ''`, null) yield to real ones. */
export function bound(world: World, { bindings: all, name, scope, place }: Bound): Value {
  const { bindings, part } = place && all.length > 1 ? seenAt(scope.module, all, place) : { bindings: all, part: '' };
  const [first] = bindings;
  const key = `${moduleKey(scope.module)}#${first?.scope}:${name}${part}${scope.known?.key ?? ''}${frameKey(world, scope.frame)}`;
  const value = once(world, key, () => assignedValue(world, { bindings, name, scope }));
  return value ?? unknown('cycle');
}

/** The values that assignments give a name. */
function assignedValue(world: World, { bindings, name, scope }: Bound): Value {
  const [first] = bindings;
  const given = reached(world, scope, bindings)
    .slice(0, ASSIGNMENTS)
    .map((binding) => ({ binding, value: labelledBinding(world, binding, scope) }));
  const owner = first?.scope ?? 0;
  const values = whereTheyHold(scope.module, name, given).map(({ value }) => grown(world, value, { name, owner, scope }));
  const real = values.filter((value) => !isPlaceholder(value));
  const named = scope.module.assigned.has(name)
    ? (real.length ? real : values).map((value) =>
        value.kind === 'record' ? { ...value, name: { scope: first?.scope ?? 0, name } } : value,
      )
    : real.length
      ? real
      : values;
  return throughName(choice(named, 'branch'));
}

function labelledBinding(world: World, binding: Binding, scope: Scope): Value {
  const value = bindingValue(world, binding, scope);
  return binding.block === 0 ? value : labelledWith(value, labelsAt(scope.module.unit, binding.block));
}

interface Seen {
  readonly bindings: readonly Binding[];
  /** Tells this part of all assignments from others. */
  readonly part: string;
}

const SEEN = new WeakMap<readonly Binding[], WeakMap<Place, Seen>>();

/** What reaches a place: asked for each way its function is called, and always the same. */
function seenAt(module: Module, all: readonly Binding[], place: Place): Seen {
  let places = SEEN.get(all);
  if (!places) SEEN.set(all, (places = new WeakMap()));
  let seen = places.get(place);
  if (seen) return seen;
  const bindings = reaching(module.unit, all, place);
  const part = bindings.length === all.length ? '' : `~${bindings.map(({ at }) => `${at.line}:${at.column}`).join()}`;
  seen = { bindings, part };
  places.set(place, seen);
  return seen;
}

function isPlaceholder(value: Value): boolean {
  if (value.kind === 'constant') return value.value === null;
  if (value.kind === 'text') return value.text === '';
  return value.kind === 'unknown' && (value.why === 'undefined' || value.why === 'no-value' || value.why === 'undefined-name');
}

function bindingValue(world: World, binding: Binding, scope: Scope): Value {
  if (binding.param) return paramValue(world, binding, binding.param, scope);
  if (binding.value) {
    const value = evaluate(world, binding.value, scope);
    if (value.kind !== 'unknown' || !binding.declaredType) return value;
  }
  return (binding.declaredType && declaredInstance(world, binding.declaredType, scope)) || unknown('no-value');
}

function paramValue(world: World, binding: Binding, param: NonNullable<Binding['param']>, scope: Scope): Value {
  for (let frame = scope.frame; frame; frame = frame.parent) {
    if (frame.module === scope.module && frame.block === binding.scope)
      return argument(world, frame, { ...param, name: binding.name }, scope);
  }
  if (param.rest === 'items') return unknown('rest');
  const declared = binding.declaredType && declaredInstance(world, binding.declaredType, scope);
  const rest = param.rest ? { rest: true as const } : {};
  const open: Value = {
    ...rest,
    kind: 'param',
    module: scope.module,
    block: binding.scope,
    index: param.index,
    path: param.path,
  };
  // An interface says what kind of thing the caller passes, not which: the caller still decides.
  if (declared) return isStructural(declared) ? choice([open, declared], 'default') : declared;
  if (!param.fallback) return open;
  const fallback = evaluate(world, param.fallback, scope);
  return choice([open, fallback.kind === 'text' ? { ...fallback, yields: true } : fallback], 'default');
}

function isStructural(value: Value): boolean {
  return value.kind === 'object' && !value.type.methods.length && value.type.fields.every((field) => field.value === undefined);
}

function argument(
  world: World,
  frame: Frame,
  param: NonNullable<Binding['param']> & { readonly name: string },
  scope: Scope,
): Value {
  if (param.rest) return restOf(world, frame, { ...param, rest: param.rest });
  let value: Value = passed(world, frame, param) ?? unknown('undefined');
  for (const step of param.path) value = memberOf(world, value, step);
  const missing = value.kind === 'unknown' && (value.why === 'undefined' || value.why === 'no-member');
  return missing && param.fallback ? evaluate(world, param.fallback, scope) : value;
}

function thisValue(block: BlockId, scope: Scope): Value {
  if (scope.frame?.self) return scope.frame.self;
  for (let frame = scope.frame; frame; frame = frame.parent) if (frame.self) return frame.self;
  const type = classAround(scope.module, block);
  return type ? { kind: 'object', module: scope.module, type } : unknown('this');
}

function local(_world: World, name: string, scope: Scope): Value | undefined {
  const type = scope.module.types.get(name);
  return type && { kind: 'class', module: scope.module, type };
}

function global(world: World, name: string, scope: Scope): Value | undefined {
  const [, language = languageOf(scope.module.path), own = name] = FOREIGN.exec(name) ?? [];
  for (const surface of world.catalog.surfaces.global(language, own)) {
    const shape = surface.globals[own];
    if (shape) return shapeInstance(surface, shape);
  }
  return undefined;
}

/** The class or value a type expression names. */
export function typeValue(world: World, type: Expr, scope: Scope): Value {
  return exportOf(evaluate(world, type, scope));
}
