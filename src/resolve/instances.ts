/** Instances of SDK surfaces: what a shape's members are and what its calls make. */

import type { Expr, Location } from '../model/source.ts';
import type { CallMeaning, Shape, Surface } from '../model/surface.ts';
import { environmentValue } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { type InstanceValue, type Made, type Scope, unknown, type Value } from './value.ts';
import type { World } from './world.ts';

/** A fresh instance of a shape: what an import or a global name stands for. */
export function shapeInstance(surface: Surface, shape: string): InstanceValue {
  return { kind: 'instance', surface, shape, pending: '', made: [], declared: false };
}

/** A text that a package exports under a name. */
export function constantOf(surface: Surface, shape: string): Value | undefined {
  const text = surface.shapes[shape]?.text;
  return text === undefined ? undefined : { kind: 'text', text, how: 'constant', env: [], confidence: 0.9, holes: [], trail: [] };
}

export function shapeOf(instance: InstanceValue): Shape | undefined {
  return instance.pending ? undefined : instance.surface.shapes[instance.shape];
}

/** What calling the instance means; undefined where the catalog gives it no meaning. */
export function meaningOf(instance: InstanceValue): CallMeaning | undefined {
  return shapeOf(instance)?.call;
}

/** Reading a member of an instance. Dotted keys of the catalog are whole paths, the longest first. */
export function instanceMember(instance: InstanceValue, name: string, at: Location | undefined): Value {
  const shape = instance.surface.shapes[instance.shape];
  if (!shape) return unknown('surface-without-meaning');
  const members = shape.members ?? {};
  if (shape.environment && !Object.hasOwn(members, name)) return environmentValue(prefixOf(instance) + name, undefined, at);
  const path = instance.pending ? `${instance.pending}.${name}` : name;
  const next = Object.hasOwn(members, path) ? members[path] : undefined;
  if (next !== undefined)
    return next === '$receiver'
      ? { ...instance, pending: '' }
      : { ...instance, shape: next, pending: '', receiver: instance.shape };
  if (Object.keys(members).some((key) => key.startsWith(`${path}.`))) return { ...instance, pending: path };
  const any = members['*'];
  if (any !== undefined && !instance.pending)
    return any === '$receiver' ? instance : { ...instance, shape: any, pending: '', receiver: instance.shape };
  return unknown('surface-without-meaning');
}

/** `Dynaconf(envvar_prefix="SHOP")`: what stands before the names it reads. */
export function prefixOf({ made }: InstanceValue): string {
  const one = made.findLast(({ meaning }) => meaning.prefix);
  if (!one?.meaning.prefix) return '';
  const { path, default: usual } = one.meaning.prefix;
  const given = one.args.find(({ name }) => name === path)?.value;
  const prefix = given?.kind === 'text' ? given.text : usual;
  return prefix ? `${prefix}_` : '';
}

/** `const OpenAI = require('openai')`: what CommonJS gives is the default export, used as it is. */
export function defaultOf(value: Value): Value {
  if (value.kind === 'choice') return { ...value, of: value.of.map(defaultOf) };
  const shape = value.kind === 'namespace' ? value.surface.exports.default : undefined;
  return value.kind === 'namespace' && shape !== undefined ? shapeInstance(value.surface, shape) : value;
}

/** The result of a call on an instance: a further instance that remembers the call. */
export function returned(instance: InstanceValue, meaning: CallMeaning, made: Made): Value {
  if (!meaning.returns) return unknown('result');
  const shape = meaning.returns === '$receiver' ? (instance.receiver ?? instance.shape) : meaning.returns;
  return { ...instance, shape, pending: '', made: [...instance.made, made] };
}

/** The instance a declared type stands for: `constructor(private openai: OpenAI)`. */
export function declaredInstance(world: World, type: Expr, scope: Scope): Value | undefined {
  if (type.kind !== 'name' && type.kind !== 'member') return undefined;
  const value = evaluate(world, type, scope);
  if (value.kind === 'class') return { kind: 'object', module: value.module, type: value.type };
  if (value.kind !== 'instance') return undefined;
  const meaning = meaningOf(value);
  if (!meaning?.returns || meaning.returns === '$receiver') return undefined;
  return {
    ...value,
    shape: meaning.returns,
    pending: '',
    made: [{ meaning, args: [], scope, at: placeOf(scope, type), api: '' }],
    declared: true,
  };
}

function placeOf(scope: Scope, { at }: Expr): Location {
  return { path: scope.module.path, line: at.line, column: at.column, endLine: at.endLine, endColumn: at.endColumn };
}
