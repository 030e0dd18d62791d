/** What a schema lets through (zod, t3-env, envalid, convict): each field from what was given, else from its own default. */
import type { Location } from '../model/source.ts';
import { argumentAt } from './arguments.ts';
import { environmentValue } from './environment.ts';
import { shapeOf } from './instances.ts';
import { memberOf } from './members.ts';
import { alternatives, choice, type InstanceValue, type Made, type Value } from './value.ts';
import type { World } from './world.ts';

/** Nested schemas and `extend` chains followed. */
const DEPTH = 6;

export function isParsed(instance: InstanceValue): boolean {
  return shapeOf(instance)?.parsed ?? false;
}

/** One field of what a schema lets through. A dotted name goes down into nested records. */
export function fieldOf(world: World, instance: InstanceValue, name: string, at?: Location): Value {
  const field = declared(world, instance, name, 0);
  const given = sourceOf(world, instance);
  if (!field) return given === 'environment' ? environmentValue(name, undefined, at) : memberOf(world, given, name, at);
  const fallback = defaultOf(world, field);
  const env = textOf(memberOf(world, field, 'env'));
  if (given === 'environment' || env !== undefined) return environmentValue(env ?? name, fallback, at);
  const value = memberOf(world, given, name, at);
  if (value.kind === 'env' && !value.fallback) return environmentValue(value.name, fallback, value.at);
  if (!fallback) return value;
  return isMissing(value) ? fallback : choice([value, fallback], 'default');
}

function isMissing(value: Value): boolean {
  return value.kind === 'unknown' && (value.why === 'no-member' || value.why === 'undefined');
}

/** The field as the schema writes it: the last record that has it. */
function declared(world: World, { made }: InstanceValue, name: string, depth: number): Value | undefined {
  for (const one of depth > DEPTH ? [] : made.toReversed()) {
    for (const part of (one.meaning.fields ?? []).flatMap((path) => partsAt(world, one, path))) {
      const found =
        part.kind === 'instance'
          ? declared(world, part, name, depth + 1)
          : name.split('.').reduce<Value>((of, step) => memberOf(world, of, step), part);
      if (found && found.kind !== 'unknown') return found;
    }
  }
  return undefined;
}

function partsAt(world: World, { args, scope }: Made, path: string): readonly Value[] {
  const value = argumentAt(world, path, args, scope);
  return value ? alternatives(value) : [];
}

/** What the schema was held against. */
function sourceOf(world: World, { made }: InstanceValue): Value | 'environment' {
  const parse = made.findLast(({ meaning }) => meaning.parses !== undefined);
  if (!parse) return 'environment';
  const [given] = (parse.meaning.parses ?? []).flatMap((path) => partsAt(world, parse, path));
  if (!given) return 'environment';
  return given.kind === 'instance' && shapeOf(given)?.environment ? 'environment' : given;
}

/** The default of a field: an option of a record, or an argument of a step that made it. */
function defaultOf(world: World, field: Value): Value | undefined {
  if (field.kind === 'record') {
    const value = memberOf(world, field, 'default');
    return value.kind === 'unknown' ? undefined : value;
  }
  if (field.kind !== 'instance') return undefined;
  for (const { meaning, args, scope } of field.made.toReversed()) {
    const value = meaning.defaultsTo === undefined ? undefined : argumentAt(world, meaning.defaultsTo, args, scope);
    if (value) return value;
  }
  return undefined;
}

function textOf(value: Value): string | undefined {
  return value.kind === 'text' && !value.holes.length ? value.text : undefined;
}
