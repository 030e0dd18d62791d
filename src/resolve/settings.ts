/** Classes whose fields are read from the environment, and fields that say their default. */
import type { Expr, Field, TypeDecl } from '../model/source.ts';
import type { CallMeaning } from '../model/surface.ts';
import { argumentAt } from './arguments.ts';
import { environmentValue } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { memberOf } from './members.ts';
import { inTurn } from './once.ts';
import { readingsOf } from './readings.ts';
import { alternatives, choice, type Given, type Module, unknown, type Value } from './value.ts';
import { locationOf, type World } from './world.ts';

interface Owner {
  readonly module: Module;
  readonly type: TypeDecl;
}

const DEPTH = 6;

/** A field of a class that takes its values from the environment; undefined: of any other. */
export function settingOf(world: World, { module, type, field }: Owner & { readonly field: Field }): Value | undefined {
  const settings = settingsOf(world, { module, type });
  if (!settings || ownClass(world, field, module)) return undefined;
  const described = field.value && descriptionOf(world, field.value, module);
  const fallback = field.value && evaluate(world, field.value, { module });
  const given = described?.meaning.field?.names?.flatMap((path) => textsAt(world, path, described.given)) ?? [];
  const prefix = given.length ? '' : prefixOf(world, { module, type }, settings);
  const names = given.length ? given : [prefix + field.name];
  const at = locationOf({ module }, field.at);
  const known = fallback && fallback.kind !== 'unknown' ? fallback : undefined;
  const values = [...new Set(names.map((name) => name.toUpperCase()))].map((name) => environmentValue(name, known, at));
  return choice(values, 'default');
}

/** A field whose type is a class of the tree is one of its objects. */
function ownClass(world: World, { declaredType: type }: Field, module: Module): boolean {
  return type !== undefined && alternatives(evaluate(world, type, { module })).some(({ kind }) => kind === 'class');
}

/** What a base class of the catalog says of its settings. */
function settingsOf(world: World, { module, type }: Owner, depth = 0): CallMeaning['settings'] {
  if (!type.extends.length || depth > DEPTH) return undefined;
  const key = `settings:${module.path}#${type.block}`;
  const memo = world.memo.get(key);
  if (memo?.kind === 'constant') return undefined;
  const { missed } = world;
  const done = inTurn(world, key, () => settingsAbove(world, { module, type }, depth));
  // Most classes are none, and are asked for every member.
  const isNone = done?.isWhole && !done.value && world.missed === missed && world.fuel > 0;
  if (isNone && depth === 0) world.memo.set(key, { kind: 'constant', value: null, trail: [] });
  return done?.value;
}

function settingsAbove(world: World, { module, type }: Owner, depth: number): CallMeaning['settings'] {
  for (const base of type.extends) {
    const value = evaluate(world, base, { module });
    const found =
      value.kind === 'instance'
        ? value.surface.shapes[value.shape]?.call?.settings
        : value.kind === 'class' && settingsOf(world, value, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** `Field(default=…, alias=…)`. */
function descriptionOf(world: World, expr: Expr, module: Module): { meaning: CallMeaning; given: Given } | undefined {
  if (expr.kind !== 'call') return undefined;
  const callee = evaluate(world, expr.callee, { module });
  const meaning = callee.kind === 'instance' ? callee.surface.shapes[callee.shape]?.call : undefined;
  return meaning?.field ? { meaning, given: { args: expr.args, scope: { module } } } : undefined;
}

function textsAt(world: World, path: string, { args, scope }: Given): readonly string[] {
  const value = argumentAt(world, path, args, scope);
  return value ? readingsOf(world, value, scope.module.path).flatMap(({ text, why }) => (text && !why ? [text] : [])) : [];
}

/** `model_config = SettingsConfigDict(env_prefix=…)`, `class Config: env_prefix = …`. */
function prefixOf(world: World, { module, type }: Owner, settings: NonNullable<CallMeaning['settings']>, depth = 0): string {
  for (const path of settings.prefix) {
    const [holder = '', name = ''] = path.split('.');
    const [text] = heldBy(world, { module, type }, { holder, name });
    if (text !== undefined) return text;
  }
  for (const base of depth < DEPTH ? type.extends : []) {
    const value = evaluate(world, base, { module });
    const above = value.kind === 'class' ? prefixOf(world, value, settings, depth + 1) : '';
    if (above) return above;
  }
  return '';
}

function heldBy(
  world: World,
  { module, type }: Owner,
  { holder, name }: { readonly holder: string; readonly name: string },
): readonly string[] {
  const inner = module.unit.types.find((one) => one.name === holder && module.unit.blocks[one.block]?.parent === type.block);
  const field = (inner ?? type).fields.find((one) => one.name === (inner ? name : holder));
  if (!field?.value) return [];
  const given = { args: field.value.kind === 'call' ? field.value.args : [], scope: { module } };
  if (!inner && field.value.kind === 'call') return textsAt(world, name, given);
  const value = evaluate(world, field.value, { module });
  return readingsOf(world, inner ? value : memberOf(world, value, name), module.path).flatMap(({ text }) => text ?? []);
}

/** What a field holds that nothing sets: its default, or what its factory gives. */
export function fieldDefault(
  world: World,
  { fallback, factory }: NonNullable<CallMeaning['field']>,
  { given, invoke }: { readonly given: Given; readonly invoke: (factory: Value) => Value },
): Value {
  for (const path of fallback) {
    const value = argumentAt(world, path, given.args, given.scope);
    if (value) return value;
  }
  for (const path of factory ?? []) {
    const made = argumentAt(world, path, given.args, given.scope);
    if (made) return invoke(made);
  }
  return unknown('undefined');
}
