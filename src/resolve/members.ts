/** `of.name`, whatever `of` amounts to. */
import { ANY_KEY, type Entry, type Expr, type Location } from '../model/source.ts';
import { invoked } from './calls.ts';
import { objectMember, staticMember } from './class-members.ts';
import { labelledWith } from './conditions.ts';
import { evaluate } from './evaluate.ts';
import { exported } from './exports.ts';
import { defaultOf, instanceMember, shapeInstance } from './instances.ts';
import { placeKey } from './keys.ts';
import { bound } from './names.ts';
import { once } from './once.ts';
import { fieldOf, isParsed } from './schemas.ts';
import { alternatives, choice, type Scope, unknown, type Value } from './value.ts';
import type { World } from './world.ts';

const CONDITIONAL = new Set(['then', 'else', 'case', 'try', 'catch', 'loop', 'callback']);
const NOT_READ = new Set(['call', 'apply', 'bind', 'name', 'length', 'prototype', 'displayName', 'defaultProps']);
/** Reasons that say something of their own. */
const SETTLED = new Set(['undefined', 'not-followed', 'cycle']);

/** Reads one member of a value. */
export function memberOf(world: World, of: Value, name: string, at?: Location): Value {
  switch (of.kind) {
    case 'instance':
      return isParsed(of) ? fieldOf(world, of, name, at) : instanceMember(of, name, at);
    case 'namespace': {
      const shape = of.surface.exports[name];
      if (shape) return shapeInstance(of.surface, shape);
      const whole = defaultOf(of);
      return whole.kind === 'instance' ? instanceMember(whole, name, at) : unknown('surface-without-meaning');
    }
    case 'module':
      return exported(world, of.module, name);
    case 'record':
      return labelledWith(assignedMember(world, of, name) ?? ownOrAny(world, of, name), of.labels ?? []);
    case 'map':
      return of.entries.get(name) ?? unknown(of.open ? 'open-record' : 'no-member');
    case 'list':
      return itemAt(of, Number(name));
    case 'class':
      return staticMember(world, of, name);
    case 'object':
      return objectMember(world, of, name);
    case 'choice':
      return choice(
        of.of.map((part) => ofOne(memberOf(world, part, name, at), part, of.of)),
        of.by,
      );
    case 'function':
      // A property is a method that is read like a field.
      return NOT_READ.has(name)
        ? unknown('no-member')
        : memberOf(world, invoked(world, of, { args: [], scope: of.scope }), name, at);
    case 'param':
      return { ...of, path: [...of.path, name] };
    case 'unknown':
      return of;
    case 'text':
    case 'constant':
      // A member of an enumeration is its value here; `new URL(…).href` is the text that was made a URL.
      return name === 'value' || (name === 'href' && of.kind === 'text') ? of : unknown('no-member');
    default:
      return unknown('no-member');
  }
}

/** An item; what a comprehension makes stands once for all of them. */
function itemAt({ items, each }: Value & { kind: 'list' }, index: number): Value {
  if (!Number.isInteger(index)) return unknown('no-member');
  return items.at(each ? 0 : index) ?? unknown('no-member');
}

/** `options.model = …` after `const options = {…}`: the assignment, and what was there before unless it always happens. */
function assignedMember(world: World, of: Value & { kind: 'record' }, name: string): Value | undefined {
  if (of.name === undefined) return undefined;
  const { module } = of.scope;
  const whole = `${of.name.name}.${name}`;
  const bindings = module.bindings.get(whole)?.get(of.name.scope);
  if (!bindings) return undefined;
  const own = recordMember(world, of, name);
  const later = bound(world, { bindings, name: whole, scope: of.scope });
  const isCertain = bindings.some((binding) => !CONDITIONAL.has(module.unit.blocks[binding.block]?.kind ?? 'module'));
  if (isCertain) return later;
  const before = own.kind === 'unknown' && own.why === 'no-member' ? unknown('undefined') : own;
  return choice([before, later], 'branch');
}

/** Its entry of that name, else what was put there under a key that is not known. */
function ownOrAny(world: World, of: Value & { kind: 'record' }, name: string): Value {
  const own = recordMember(world, of, name);
  return (own.kind === 'unknown' && own.why === 'no-member' ? anyAssigned(world, of) : undefined) ?? own;
}

/** `table[key] = …` of a table that a name holds. */
export function anyAssigned(world: World, of: Value & { kind: 'record' }): Value | undefined {
  if (of.name === undefined) return undefined;
  const name = `${of.name.name}.${ANY_KEY}`;
  const bindings = of.scope.module.bindings.get(name)?.get(of.name.scope);
  return bindings && bound(world, { bindings, name, scope: of.scope });
}

function recordMember(world: World, of: Value & { kind: 'record' }, name: string): Value {
  const { entries, open } = of.expr;
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index];
    if (!entry) continue;
    if (entry.key === name) return besides(evaluate(world, entry.value, of.scope), of.expr, name);
    if (entry.key === '...') {
      // A record spread into itself would go round for ever.
      const key = `spread:${placeKey(world, entry.at, of.scope)}:${name}`;
      const value = once(world, key, () => spreadMember(world, entry, of.scope, name)) ?? unknown('no-member');
      if (value.kind !== 'unknown') return value;
      // What is spread may hold the member or not: it is not a member with an unknown value.
      if (value.why !== 'no-member') return SETTLED.has(value.why) ? value : unknown('open-record');
    }
  }
  const any = entries.find(({ key }) => key === ANY_KEY);
  if (any) return anyEntry(world, any, { scope: of.scope, name });
  return unknown(open ? 'open-record' : 'no-member');
}

/** Of several records, members of one go together. */
export function ofOne(value: Value, part: Value, all: readonly Value[]): Value {
  if (part.kind !== 'record' || all.length < 2) return value;
  const { line, column } = part.expr.at;
  return withOrigin(value, [`${part.scope.module.path}:${line}:${column}`]);
}

/** A value with what says which of several it belongs to. */
export function withOrigin(value: Value, origins: readonly string[]): Value {
  if (value.kind === 'text' || value.kind === 'instance') return value.origins ? value : { ...value, origins };
  if (value.kind === 'env' && value.fallback) return { ...value, fallback: withOrigin(value.fallback, origins) };
  return value.kind === 'choice' ? { ...value, of: value.of.map((one) => withOrigin(one, origins)) } : value;
}

const BESIDE = 12;
const LABEL = /^[\w.:/-]{1,40}$/;

/** `{"provider": "openai", "model": "gpt-4o"}`: a text goes with the texts beside it. */
function besides(value: Value, { entries }: Expr & { kind: 'record' }, name: string): Value {
  if (value.kind !== 'text' || entries.length < 2 || entries.length > BESIDE) return value;
  return labelledWith(
    value,
    entries.flatMap((entry) =>
      entry.key !== name && entry.value.kind === 'text' && LABEL.test(entry.value.text) ? [entry.value.text] : [],
    ),
  );
}

/** `{m: label(m) for m in Models}`: the value beside the key, where the keys are known; without them, any. */
function anyEntry(world: World, { each, value }: Entry, { scope, name }: { scope: Scope; name: string }): Value {
  const whole = evaluate(world, value, scope);
  const keys = each ? alternatives(evaluate(world, each, scope)) : [];
  const texts = keys.flatMap((key) => (key.kind === 'text' && !key.holes.length ? [key.text] : []));
  if (!texts.length || texts.length !== keys.length) return whole;
  const index = texts.indexOf(name);
  const values = alternatives(whole);
  if (index < 0) return unknown('no-member');
  return (values.length === keys.length && values[index]) || whole;
}

function spreadMember(world: World, entry: Entry, scope: Scope, name: string): Value {
  const inner = entry.value.kind === 'spread' ? entry.value.of : entry.value;
  return memberOf(world, evaluate(world, inner, scope), name);
}
