/** Imported names -> values: surfaces of the catalog, files of the tree, submodules, stars. */
import type { Import } from '../model/source.ts';
import { exported } from './exports.ts';
import { constantOf, shapeInstance } from './instances.ts';
import { moduleKey } from './keys.ts';
import { once } from './once.ts';
import { type Place, reaching } from './reaching.ts';
import { type Module, parentOf, type Scope, unknown, type Value } from './value.ts';
import { languageOf, surfacesOf, type World } from './world.ts';

/** What an imported name means at a place; undefined: nothing imports it. */
export function imported(world: World, name: string, { scope, place }: { scope: Scope; place: Place }): Value | undefined {
  const { module } = scope;
  const all = module.imports.get(name);
  if (!all) return undefined;
  const from = ({ module: specifier, name: exportedName }: Import) =>
    once(world, `import:${moduleKey(module)}:${specifier}:${exportedName}`, () =>
      fromModule(world, { specifier, name: exportedName, from: module.path }),
    ) ?? unknown('cycle');
  const [only] = all;
  if (all.length === 1 && only) return from(only);
  const seen = visible(module, all, place);
  let value: Value | undefined;
  // `try: from a import B` … `except ImportError: from c import B`: the first that is known to us.
  for (const entry of reaching(module.unit, seen, place)) {
    const found = from(entry);
    if (found.kind !== 'unknown') return found;
    value ??= found;
  }
  return value;
}

/** The imports of the innermost scope around a place that has any. */
function visible(module: Module, all: readonly Import[], place: Place): readonly (Import & { readonly scope: number })[] {
  const scoped = all.map((entry) => ({ ...entry, scope: functionAround(module, entry.block) }));
  for (let id: number | undefined = place.block; id !== undefined; id = parentOf(module, id)) {
    const own = scoped.filter(({ scope }) => scope === id);
    if (own.length) return own;
  }
  return scoped;
}

function functionAround(module: Module, block: number): number {
  for (let id: number | undefined = block; id !== undefined; id = parentOf(module, id)) {
    const kind = module.unit.blocks[id]?.kind;
    if (id === 0 || kind === 'function' || kind === 'class') return id;
  }
  return 0;
}

/** A name of another module: a surface of the catalog, or a file of the tree (asked for when not parsed yet). */
export function fromModule(world: World, { specifier, name, from }: { specifier: string; name: string; from: string }): Value {
  const surfaces = surfacesOf(world, specifier, from);
  const own = surfaces.length > 0 ? shadowing(world, { specifier, name, from }) : undefined;
  if (own) return own;
  for (const surface of surfaces) {
    const shape = surface.exports[name];
    if (shape) return constantOf(surface, shape) ?? shapeInstance(surface, shape);
  }
  const [first] = surfaces;
  if (first)
    return name === '*' || name === 'default' ? { kind: 'namespace', surface: first } : unknown('surface-without-meaning');
  const path = world.locate(from, specifier);
  if (!path) return unknown('external-module');
  const module = world.modules.get(path);
  if (!module) {
    world.asked.add(path);
    world.missed++;
    return unknown('not-followed');
  }
  if (name === '*') return { kind: 'module', module };
  const value = exported(world, module, name);
  // `from . import names` in a package's own file names itself first.
  const isMissing = value.kind === 'unknown' && (value.why === 'no-export' || value.why === 'cycle');
  return isMissing ? (submodule(world, { specifier, name, from }) ?? value) : value;
}

/** A module of the tree comes before an installed one of its name, where it has what is imported (`agents`, `together`). */
function shadowing(
  world: World,
  { specifier, name, from }: { specifier: string; name: string; from: string },
): Value | undefined {
  if (languageOf(from) !== 'python' || name === '*' || specifier.startsWith('.')) return undefined;
  const path = world.locate(from, specifier);
  if (!path || path === from) return undefined;
  const module = world.modules.get(path);
  if (!module) {
    world.asked.add(path);
    world.missed++;
    return unknown('not-followed');
  }
  const value = module.types.has(name) || module.bindings.get(name)?.has(0) ? exported(world, module, name) : undefined;
  return value?.kind === 'unknown' ? undefined : value;
}

/** `from package import module`: the name is a file of the package. */
function submodule(
  world: World,
  { specifier, name, from }: { specifier: string; name: string; from: string },
): Value | undefined {
  if (languageOf(from) !== 'python') return undefined;
  const path = world.locate(from, specifier.endsWith('.') ? `${specifier}${name}` : `${specifier}.${name}`);
  if (!path) return undefined;
  const module = world.modules.get(path);
  if (module) return { kind: 'module', module };
  world.asked.add(path);
  world.missed++;
  return unknown('not-followed');
}

/** A name that `from module import *` brings. */
export function starred(world: World, name: string, { module }: Scope): Value | undefined {
  if (languageOf(module.path) !== 'python') return undefined;
  for (const { name: local, from } of module.unit.exports) {
    if (local !== '*' || !from) continue;
    const value = fromModule(world, { specifier: from.module, name, from: module.path });
    if (value.kind !== 'unknown' || value.why === 'not-followed') return value;
  }
  return undefined;
}
