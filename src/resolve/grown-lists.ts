/** `chain.append(spare)`, `chain.push(spare)`: what is put into a list after it was made. */
import type { BlockId, Site } from '../model/source.ts';
import { evaluate } from './evaluate.ts';
import { type Module, parentOf, type Scope, type Value } from './value.ts';
import type { World } from './world.ts';

const GROWS: ReadonlySet<string> = new Set(['append', 'push']);
/** More is a buffer that fills, not a choice. */
const ITEMS = 12;

const growth = new WeakMap<Module, ReadonlyMap<string, readonly Site[]>>();

/** A list with the items that are added to it in its module; any other value as it is. */
export function grown(world: World, value: Value, { name, owner, scope }: { name: string; owner: BlockId; scope: Scope }): Value {
  if (value.kind !== 'list') return value;
  const sites = (growthOf(scope.module).get(name) ?? []).filter(({ block }) => ownerOf(scope.module, name, block) === owner);
  if (!sites.length || sites.length > ITEMS) return value;
  const added = sites.flatMap(({ call }) => call.args.map((arg) => evaluate(world, arg.value, scope)));
  return { ...value, items: [...value.items, ...added.filter(({ kind }) => kind !== 'unknown' && kind !== 'param')] };
}

function growthOf(module: Module): ReadonlyMap<string, readonly Site[]> {
  const known = growth.get(module);
  if (known) return known;
  const found = new Map<string, Site[]>();
  for (const site of module.unit.sites) {
    const { callee } = site.call;
    if (callee.kind !== 'member' || callee.name.kind !== 'text' || !GROWS.has(callee.name.text)) continue;
    const name = nameOf(callee.of);
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), site]);
  }
  growth.set(module, found);
  return found;
}

/** `chain`, and `this.chain` for a member of the object at hand. */
function nameOf(of: Site['call']['callee']): string | undefined {
  if (of.kind === 'name') return of.name;
  const isOwn = of.kind === 'member' && of.of.kind === 'name' && /^(?:this|self)$/.test(of.of.name);
  return isOwn && of.name.kind === 'text' ? `this.${of.name.text}` : undefined;
}

/** The block that holds the name as it is seen from a place. */
function ownerOf(module: Module, name: string, from: BlockId): BlockId | undefined {
  for (let id: BlockId | undefined = from; id !== undefined; id = parentOf(module, id))
    if (module.bindings.get(name)?.has(id)) return id;
  return undefined;
}
