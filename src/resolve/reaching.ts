/** Which assignments a use of a name can see: those before it, up to the last one that always happens. */
import type { BlockId, Expr, Span, Unit } from '../model/source.ts';
import { alternatives, isWithin, type Module, parentOf, type Value } from './value.ts';
import { enclosing } from './world.ts';

interface Assignment {
  readonly block: BlockId;
  readonly at: Span;
  readonly value?: Expr;
}

/** Where a name is read. */
export interface Place {
  readonly block: BlockId;
  readonly at: Span;
}

/** Blocks whose code runs when somebody calls it. */
export const FUNCTIONS = ['function', 'callback'];

/**
 * The assignments that may have given the name its value at a place. What other functions assign may come at any time.
 * A function around the place runs after it is defined: what is assigned behind it counts too, what was hidden by then does not.
 */
export function reaching<T extends Assignment>(unit: Unit, bindings: readonly T[], read: Place): readonly T[] {
  if (bindings.length < 2) return bindings;
  const own = enclosing(unit, read.block, FUNCTIONS);
  const { around, place } = standing(unit, bindings, read);
  const isLater = own !== around;
  const isHere = ({ block }: Assignment) => enclosing(unit, block, FUNCTIONS) === around;
  const before = bindings.filter((binding) => isHere(binding) && isBefore(endOf(binding), place.at));
  if (!before.length) return bindings;
  const last = before.findLastIndex(({ block }) => isWithin({ unit }, place.block, block));
  const certain = before[last];
  const seen = new Set([
    ...before.slice(Math.max(0, last)).filter((binding) => binding === certain || !isElsewhere(unit, binding, place)),
    ...bindings.filter(
      (binding) => isHere(binding) && (isLater ? !before.includes(binding) : isCarried(unit, binding, { place, certain })),
    ),
  ]);
  return bindings.filter((binding) => seen.has(binding) || !isHere(binding));
}

/** The function that the assignments stand in, and the place as it is seen from there. */
function standing(
  unit: Unit,
  bindings: readonly Assignment[],
  read: Place,
): { readonly around: BlockId | undefined; readonly place: Place } {
  const functions = new Set(bindings.map(({ block }) => enclosing(unit, block, FUNCTIONS)));
  for (let block = read.block; ; ) {
    const around = enclosing(unit, block, FUNCTIONS);
    const outer = around === undefined ? undefined : parentOf({ unit }, around);
    if (functions.has(around) || outer === undefined) return { around, place: { block, at: read.at } };
    block = outer;
  }
}

/** The next round of a loop sees what this one assigns further down. */
function isCarried(
  unit: Unit,
  binding: Assignment,
  { place, certain }: { place: Place; certain: Assignment | undefined },
): boolean {
  if (isBefore(endOf(binding), place.at)) return false;
  for (let id: BlockId | undefined = place.block; id !== undefined; id = parentOf({ unit }, id)) {
    const kind = unit.blocks[id]?.kind ?? 'module';
    if (FUNCTIONS.includes(kind)) return false;
    if (kind === 'loop' && isWithin({ unit }, binding.block, id)) return !certain || !isWithin({ unit }, certain.block, id);
  }
  return false;
}

/** Assigned in a branch that is not the one at hand, or that left before. */
function isElsewhere(unit: Unit, binding: Assignment, place: Place): boolean {
  for (
    let id: BlockId | undefined = binding.block;
    id !== undefined && !isWithin({ unit }, place.block, id);
    id = parentOf({ unit }, id)
  ) {
    const block = unit.blocks[id];
    if (block?.exits) return true;
    if ((block?.kind === 'then' || block?.kind === 'case') && isPaired(unit, place.block, id)) return true;
  }
  return false;
}

/** Stands in a block that is chosen instead of another. */
function isPaired(unit: Unit, from: BlockId, other: BlockId): boolean {
  const root = unit.blocks[other]?.pair ?? other;
  for (let id: BlockId | undefined = from; id !== undefined; id = parentOf({ unit }, id))
    if (unit.blocks[id]?.pair === root && unit.blocks[id]?.kind !== 'catch') return true;
  return false;
}

interface Given {
  readonly binding: Assignment;
  readonly value: Value;
}

/** `if (model === 'old') model = 'new';` gives the new name to the old one alone: to no other, and in its place. */
export function whereTheyHold<T extends Given>({ unit }: Pick<Module, 'unit'>, name: string, given: readonly T[]): readonly T[] {
  const conditions = new Map(given.map((one) => [one, conditionOf(unit, name, one.binding.block)]));
  const before = given.filter((one) => conditions.get(one) === undefined);
  if (before.length === given.length) return given;
  const texts = before
    .flatMap(({ value }) => alternatives(value))
    .map((value) => (value.kind === 'text' ? value.text : undefined));
  if (!texts.length || texts.some((text) => text === undefined)) return given;
  const applied = given.filter((one) => texts.some((text) => text !== undefined && conditions.get(one)?.includes(text)));
  const replaced = new Set(applied.flatMap((one) => conditions.get(one) ?? []));
  return applied.length && texts.every((text) => text !== undefined && replaced.has(text)) ? applied : [...before, ...applied];
}

/** The texts that a name may have where a block runs. */
function conditionOf(unit: Unit, name: string, from: BlockId): readonly string[] | undefined {
  for (let id: BlockId | undefined = from; id !== undefined; id = parentOf({ unit }, id)) {
    const block = unit.blocks[id];
    if (block?.when && !block.when.start && block.when.of.kind === 'name' && block.when.of.name === name) return block.when.texts;
    if (block && FUNCTIONS.includes(block.kind)) return undefined;
  }
  return undefined;
}

/** An assignment happens when its value is known. */
function endOf({ at, value }: Assignment): Span {
  return value && !isBefore(value.at, at) ? value.at : at;
}

/** The blocks around a place, up to the first of some kinds. */
export function blocksAround(unit: Unit, from: BlockId, kinds: readonly string[]): ReadonlySet<BlockId> {
  const around = new Set<BlockId>();
  for (let id: BlockId | undefined = from; id !== undefined; id = parentOf({ unit }, id)) {
    around.add(id);
    if (kinds.includes(unit.blocks[id]?.kind ?? '')) break;
  }
  return around;
}

/** Ends where the other begins, or earlier. */
export function isBefore(one: Span, other: Span): boolean {
  return one.endLine < other.line || (one.endLine === other.line && one.endColumn <= other.column);
}
