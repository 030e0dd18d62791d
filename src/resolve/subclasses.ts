/** The classes of the tree that extend a class of the tree. */
import type { TypeDecl } from '../model/source.ts';
import { evaluate } from './evaluate.ts';
import type { Module } from './value.ts';
import type { World } from './world.ts';

interface OwnedType {
  readonly module: Module;
  readonly type: TypeDecl;
}

/** The index of a world, and how many modules it was made of: parsing more files adds classes. */
interface Index {
  readonly modules: number;
  readonly byBase: ReadonlyMap<string, readonly OwnedType[]>;
}

const indexes = new WeakMap<World['modules'], Index>();

/** Classes that name this one as a base and mean it. */
export function subclassesOf(world: World, { module, type }: OwnedType): readonly OwnedType[] {
  const named = indexOf(world.modules).byBase.get(type.name) ?? [];
  return named.filter(
    (candidate) =>
      candidate.type !== type &&
      candidate.type.extends.some((base) => {
        const value = evaluate(world, base, { module: candidate.module });
        return value.kind === 'class' && value.module === module && value.type === type;
      }),
  );
}

function indexOf(modules: World['modules']): Index {
  const known = indexes.get(modules);
  if (known?.modules === modules.size) return known;
  const byBase = new Map<string, OwnedType[]>();
  for (const module of modules.values()) {
    for (const type of module.unit.types) {
      for (const name of new Set(type.extends.map(lastName))) {
        if (name === undefined) continue;
        const list = byBase.get(name);
        if (list) list.push({ module, type });
        else byBase.set(name, [{ module, type }]);
      }
    }
  }
  const index = { modules: modules.size, byBase };
  indexes.set(modules, index);
  return index;
}

function lastName(base: TypeDecl['extends'][number]): string | undefined {
  if (base.kind === 'name') return base.name;
  return base.kind === 'member' && base.name.kind === 'text' ? base.name.text : undefined;
}
