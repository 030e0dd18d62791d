/** Names of Bicep files and ARM templates -> values: each file has its own, and modules are handed theirs. */
import { contextOf } from './contexts.ts';
import { evaluate } from './evaluate.ts';
import { folderOf, normalize } from './locate.ts';
import { EMPTY_UNIT, entryOf, type Placed } from './terraform.ts';
import { choice, type Module, type Scope, unknown, type Value } from './value.ts';
import { moduleOf, type World } from './world.ts';

const FUEL = 2000;
const MODULES = 40;

/** Scopes of files, made on demand. */
export function bicepScopes(world: World, placed: readonly Placed[]): (path: string) => Scope {
  const byPath = new Map<string, Placed[]>();
  const callers = new Map<string, Placed[]>();
  const values = new Map<string, Placed[]>();
  const add = (to: Map<string, Placed[]>, key: string, one: Placed) => to.set(key, [...(to.get(key) ?? []), one]);
  for (const one of placed) {
    const { block, labels } = one.declaration;
    const target = labels[0] === undefined ? undefined : normalize(`${folderOf(one.path)}/${labels[0]}`);
    add(byPath, one.path, one);
    // What a test hands to a template is not what is deployed.
    const isAside = target !== undefined && contextOf(one.path) === 'test' && contextOf(target) !== 'test';
    if (block === 'module' && target !== undefined && !isAside) add(callers, target, one);
    if (block === 'values')
      for (const template of target === undefined ? templatesOf(one.path) : [target]) add(values, template, one);
  }
  const scopes = new Map<string, Scope>();
  const scopeAt = (path: string): Scope => {
    const known = scopes.get(path);
    if (known) return known;
    const module: Module = moduleOf(path, EMPTY_UNIT);
    const memo = new Map<string, Value>();
    const file = { world, own: byPath.get(path) ?? [], callers: callers.get(path) ?? [], values: values.get(path) ?? [] };
    const scope: Scope = {
      module,
      names: (name) => {
        const value = memo.get(name);
        if (value) return value;
        memo.set(name, unknown('cycle'));
        const found = namedValueOf({ ...file, scopeAt, scope }, name);
        memo.set(name, found);
        return found;
      },
    };
    scopes.set(path, scope);
    return scope;
  };
  return scopeAt;
}

/** `main.parameters.json` holds the parameters of `main.bicep` or `main.json` beside it. */
function templatesOf(path: string): readonly string[] {
  const stem = path.replace(/\.parameters\.json$/i, '');
  return stem === path ? [] : [`${stem}.bicep`, `${stem}.json`];
}

interface BicepFile {
  readonly world: World;
  readonly own: readonly Placed[];
  /** Modules elsewhere that are this file, and files of parameters for it. */
  readonly callers: readonly Placed[];
  readonly values: readonly Placed[];
  readonly scopeAt: (path: string) => Scope;
  readonly scope: Scope;
}

function namedValueOf(file: BicepFile, name: string): Value {
  const { world, own, scope } = file;
  for (const { declaration } of own) {
    const { block, labels, body } = declaration;
    if (block === 'variable' && labels[0] === name) return parameter(file, name, body);
    const value = block === 'locals' ? entryOf(body, name) : undefined;
    if (value) {
      world.fuel = FUEL;
      return evaluate(world, value, scope);
    }
    if ((block === 'resource' || block === 'data') && labels[1] === name && body.kind === 'record')
      return { kind: 'record', expr: body, scope };
  }
  return unknown('undefined-name');
}

/** What callers and files of parameters give, else the default. */
function parameter(
  { world, callers, values, scopeAt, scope }: BicepFile,
  name: string,
  body: Placed['declaration']['body'],
): Value {
  const handed = [
    ...callers.slice(0, MODULES).flatMap((one) => {
      const params = entryOf(one.declaration.body, 'params');
      const value = params && entryOf(params, name);
      return value ? [{ value, path: one.path }] : [];
    }),
    ...values.flatMap((one) => {
      const value = entryOf(one.declaration.body, name);
      return value ? [{ value, path: one.path }] : [];
    }),
  ].map(({ value, path }) => {
    world.fuel = FUEL;
    return evaluate(world, value, scopeAt(path));
  });
  const written = entryOf(body, 'default');
  world.fuel = FUEL;
  const fallback = written && evaluate(world, written, scope);
  if (!handed.length) return fallback ?? unknown('variable');
  // A variable that nobody sets leaves the default.
  const isOpen = (value: Value) => value.kind === 'env' && !value.fallback;
  return choice(
    handed.map((value) => (fallback && isOpen(value) ? choice([value, fallback], 'default') : value)),
    'branch',
  );
}
