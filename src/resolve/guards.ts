/** `if model in Drafts:` and what it says of a name inside: which members of an enumeration it can be. */
import type { BlockId, Unit } from '../model/source.ts';
import { membersOfEnum } from './class-members.ts';
import { evaluate } from './evaluate.ts';
import { memberOf } from './members.ts';
import { blocksAround, isBefore, type Place, reaching } from './reaching.ts';
import {
  alternatives,
  type CallExpr,
  choice,
  type Guard,
  isEnumeration,
  type Known,
  type Module,
  NOT_REACHED,
  type Scope,
  textAt,
  unknown,
  type Value,
} from './value.ts';
import type { World } from './world.ts';

/** The conditions that hold where a name is read: those around it, and those behind which nobody stays. */
export function knownAt({ module, known }: Scope, place: Place): Known | undefined {
  const all = guardsOf(module.unit);
  if (!all.length) return known;
  const around = blocksAround(module.unit, place.block, ['function']);
  const holding = all.filter(({ id }) => around.has(id));
  if (!holding.length) return known;
  const left = all.filter(
    ({ id, name, of }) =>
      !around.has(id) &&
      holding.some((guard) => guard.name === name) &&
      isLeft(module.unit, id, around) &&
      isBefore(of.at, place.at),
  );
  const guards = [...holding, ...left.map((guard) => ({ ...guard, not: true }))];
  const key = `${known?.key ?? ''}?${guards.map(({ id, not }) => `${not ? '-' : ''}${id}`).join()}`;
  return { key, guards: [...(known?.guards ?? []), ...guards] };
}

/** `makers[label](key=keys[label])`, where it makes what stands under some labels: the arguments are theirs. */
export function labelled({ callee }: CallExpr, block: BlockId, labels: readonly string[] | undefined): Known | undefined {
  if (!labels || callee.kind !== 'member' || callee.name.kind !== 'name') return undefined;
  const { name } = callee.name;
  const guard = { id: block, name, of: callee.name, is: true, not: false, texts: labels };
  return { key: `?${block}=${labels.join()}`, guards: [guard] };
}

/** No other value is assigned between a condition and a place. */
export function isKept(
  unit: Unit,
  bindings: Unit['bindings'],
  { place, name, guards }: Known & { place: Place; name: string },
): boolean {
  if (bindings.length === 1) return true;
  const [only, ...more] = reaching(unit, bindings, place);
  return guards
    .filter((guard) => guard.name === name)
    .every(({ of, id, texts }) => {
      const block = texts ? id : (unit.blocks[id]?.parent ?? 0);
      const before = reaching(unit, bindings, { block, at: of.at });
      return !more.length && before.length === 1 && before[0] === only;
    });
}

/** What is left of a value where conditions hold; undefined: they say nothing of that name. */
export function narrowed(
  world: World,
  { guards }: Known,
  { name, module }: { name: string; module: Module },
): Narrowing | undefined {
  const own = guards.filter((guard) => guard.name === name);
  const [first, ...more] = own.flatMap((guard) => (guard.not ? [] : [membersOf(world, guard, module)]));
  if (!first?.length || more.some((members) => !members?.length)) return undefined;
  const excluded = new Set(own.flatMap((guard) => (guard.not ? textsOf(membersOf(world, guard, module) ?? []) : [])));
  const sets = more.map((members) => new Set(textsOf(members ?? [])));
  const allowed = first.filter((value) =>
    textsOf([value]).every((text) => !excluded.has(text) && sets.every((set) => set.has(text))),
  );
  const texts = new Set(textsOf(allowed));
  return (value) => {
    const parts = alternatives(value);
    const isKnown = parts.length === textsOf(parts).length;
    const left = isKnown ? parts.filter((part) => part.kind === 'text' && texts.has(part.text)) : allowed;
    return left.length ? choice(left, 'branch') : unknown(NOT_REACHED);
  };
}

type Narrowing = (value: Value) => Value;

/** The members a condition speaks of; undefined: it speaks of something else. */
function membersOf(world: World, { of, is, texts }: Guard, module: Module): readonly Value[] | undefined {
  if (texts) return texts.map((text) => textAt(text, { path: module.path, ...of.at }));
  const type = evaluate(world, is && of.kind === 'member' ? of.of : of, { module });
  if (type.kind !== 'class' || !isEnumeration(type.type)) return undefined;
  if (!is || of.kind !== 'member' || of.name.kind !== 'text') return membersOfEnum(world, type).flatMap(alternatives);
  return alternatives(memberOf(world, type, of.name.text));
}

function textsOf(values: readonly Value[]): readonly string[] {
  return values.flatMap((value) => (value.kind === 'text' && !value.holes.length ? [value.text] : []));
}

const GUARDS = new WeakMap<Unit, readonly Guard[]>();

function guardsOf(unit: Unit): readonly Guard[] {
  let guards = GUARDS.get(unit);
  if (!guards) {
    guards = unit.blocks.flatMap(({ among }, id) => (among ? [{ ...among, id, not: false }] : []));
    GUARDS.set(unit, guards);
  }
  return guards;
}

/** A block that always leaves, beside a place, or whose else it is in. */
function isLeft(unit: Unit, id: BlockId, around: ReadonlySet<BlockId>): boolean {
  const block = unit.blocks[id];
  if (!block) return false;
  if (block.exits && around.has(block.parent)) return true;
  return [...around].some((other) => unit.blocks[other]?.kind === 'else' && unit.blocks[other]?.pair === id);
}
