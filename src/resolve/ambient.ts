/** Values that hold for a whole program: what is assigned to a module-wide object, and what some set-up call is given. */
import { argumentAt } from './arguments.ts';
import { evaluate } from './evaluate.ts';
import { bound } from './names.ts';
import { choice, type InstanceValue, type Made, type Module, type Value } from './value.ts';
import type { World } from './world.ts';

const FOUND = new WeakMap<World, Map<string, Value | undefined>>();

/** `openai.api_base`: assigned anywhere in the program of a file; `vertexInit().location`: an argument of any call of that shape. */
export function ambientAt(world: World, path: string, from: string): Value | undefined {
  let known = FOUND.get(world);
  if (!known) FOUND.set(world, (known = new Map()));
  const key = `${path} ${world.programOf(from)}`;
  if (known.has(key)) return known.get(key);
  known.set(key, undefined);
  const call = /^(\w+)\(\)\.(.+)$/.exec(path);
  const values = call ? setUp(world, { shape: call[1] ?? '', path: call[2] ?? '', from }) : ambientValues(world, path, from);
  const found = values.length ? choice(values, 'branch') : undefined;
  known.set(key, found);
  return found;
}

/** Values assigned to a member of a module-wide object, anywhere in the program of a file. */
export function ambientValues(world: World, name: string, from: string): readonly Value[] {
  return programModules(world, from).flatMap((module) =>
    [...(module.bindings.get(name)?.values() ?? [])].map((bindings) => bound(world, { bindings, name, scope: { module } })),
  );
}

function programModules(world: World, from: string): readonly Module[] {
  const program = world.programOf(from);
  return [...world.modules.values()].filter(({ path }) => world.programOf(path) === program);
}

function setUp(
  world: World,
  { shape, path, from }: { readonly shape: string; readonly path: string; readonly from: string },
): readonly Value[] {
  return programModules(world, from).flatMap((module) =>
    module.unit.sites.flatMap(({ call }) => {
      const callee = evaluate(world, call.callee, { module });
      if (callee.kind !== 'instance' || callee.pending || callee.shape !== shape) return [];
      const value = argumentAt(world, path, call.args, { module });
      return value ? [value] : [];
    }),
  );
}

/** `addComponent().1`: what calls of that shape hand to the instance that one call made. */
export function collectedBy(
  world: World,
  { made, value, wanted }: { made: Made; value: InstanceValue; wanted: string },
): readonly Value[] {
  const [, shape = '', path = ''] = /^(\w+)\(\)\.(.+)$/.exec(wanted) ?? [];
  const { module } = made.scope;
  const names = namesOf(value, shape);
  return module.unit.sites.flatMap(({ call }) => {
    const { callee } = call;
    if (callee.kind !== 'member' || callee.name.kind !== 'text' || !names.has(callee.name.text)) return [];
    const called = evaluate(world, callee, { module });
    if (called.kind !== 'instance' || called.shape !== shape || !called.made.some((one) => isSamePlace(one, made))) return [];
    const given = argumentAt(world, path, call.args, { module });
    return given ? [given] : [];
  });
}

/** Names of the members that are calls of a shape. */
function namesOf({ surface }: InstanceValue, shape: string): ReadonlySet<string> {
  const members = Object.values(surface.shapes).flatMap((one) => Object.entries(one.members ?? {}));
  return new Set(members.flatMap(([name, target]) => (target === shape ? [name] : [])));
}

function isSamePlace({ at: one }: Made, { at: other }: Made): boolean {
  return one.path === other.path && one.line === other.line && one.column === other.column;
}
