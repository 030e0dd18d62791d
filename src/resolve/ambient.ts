/** Values that hold for the whole tree: what is assigned to a module-wide object, and what some set-up call is given. */
import { argumentAt } from './arguments.ts';
import { evaluate } from './evaluate.ts';
import { bound } from './names.ts';
import { choice, type Value } from './value.ts';
import type { World } from './world.ts';

const FOUND = new WeakMap<World, Map<string, Value | undefined>>();

/** `openai.api_base`: assigned anywhere in the tree; `vertexInit().location`: an argument of any call of that shape. */
export function ambientAt(world: World, path: string): Value | undefined {
  let known = FOUND.get(world);
  if (!known) FOUND.set(world, (known = new Map()));
  if (known.has(path)) return known.get(path);
  known.set(path, undefined);
  const call = /^(\w+)\(\)\.(.+)$/.exec(path);
  const values = call ? setUp(world, call[1] ?? '', call[2] ?? '') : ambientValues(world, path);
  const found = values.length ? choice(values, 'branch') : undefined;
  known.set(path, found);
  return found;
}

/** Values assigned to a member of a module-wide object, anywhere in the tree. */
export function ambientValues(world: World, name: string): readonly Value[] {
  return [...world.modules.values()].flatMap((module) =>
    [...module.bindings].flatMap(([key, bindings]) =>
      key.slice(key.indexOf(':') + 1) === name ? [bound(world, { bindings, name, scope: { module } })] : [],
    ),
  );
}

function setUp(world: World, shape: string, path: string): readonly Value[] {
  return [...world.modules.values()].flatMap((module) =>
    module.unit.sites.flatMap(({ call }) => {
      const callee = evaluate(world, call.callee, { module });
      if (callee.kind !== 'instance' || callee.pending || callee.shape !== shape) return [];
      const value = argumentAt(world, path, call.args, { module });
      return value ? [value] : [];
    }),
  );
}
