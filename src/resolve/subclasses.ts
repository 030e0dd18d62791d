/** The classes of the tree that extend a class of the tree. */
import type { TypeDecl } from '../model/source.ts';
import { evaluate } from './evaluate.ts';
import { lastName, type Module } from './value.ts';
import { ofModules, type World } from './world.ts';

interface OwnedType {
  readonly module: Module;
  readonly type: TypeDecl;
}

/** Classes that name this one as a base and mean it. */
export function subclassesOf(world: World, { module, type }: OwnedType): readonly OwnedType[] {
  const named = byBase(world).get(type.name) ?? [];
  return named.filter(
    (candidate) =>
      candidate.type !== type &&
      candidate.type.extends.some((base) => {
        const value = evaluate(world, base, { module: candidate.module });
        return value.kind === 'class' && value.module === module && value.type === type;
      }),
  );
}

/** Classes by the last name of what they extend. */
const byBase = ofModules((modules) => {
  const found = new Map<string, OwnedType[]>();
  for (const module of modules.values()) {
    for (const type of module.unit.types) {
      for (const name of new Set(type.extends.map(lastName))) {
        if (!name) continue;
        const list = found.get(name);
        if (list) list.push({ module, type });
        else found.set(name, [{ module, type }]);
      }
    }
  }
  return found;
});
