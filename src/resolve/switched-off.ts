/** Branches that what a caller passes switches off: `if stream:` of a call with `stream=False`. */
import type { Block, BlockId, Expr, Unit } from '../model/source.ts';
import { asked, isReachable } from './conditions.ts';
import { isBefore, type Place } from './reaching.ts';
import { alternatives, isWithin, parentOf, type Scope, type Value } from './value.ts';
import type { World } from './world.ts';

/** Whether what the callers pass lets a place run, and each of their calls on the way. */
export function runs(world: World, scope: Scope, place: Place): boolean {
  for (let [at, inside]: [Place | undefined, Scope] = [place, scope]; at; ) {
    if (!isReachable(world, inside, at) || isSwitchedOff(world, inside, at)) return false;
    at = inside.frame?.from;
    inside = inside.frame?.caller ?? inside;
  }
  return true;
}

/** Whether a place does not run with the arguments of a frame. */
function isSwitchedOff(world: World, scope: Scope, { block, at }: Place): boolean {
  const { unit } = scope.module;
  for (let id: BlockId | undefined = block; id !== undefined; id = parentOf({ unit }, id)) {
    const one = unit.blocks[id];
    if (!one || one.kind === 'function' || one.kind === 'callback')
      return leftBefore(world, scope, { block: id, at, inside: block });
    if (one.asks && isSure(world, scope, one.asks, false)) return true;
    const other = one.kind === 'else' && one.pair !== undefined ? unit.blocks[one.pair]?.asks : undefined;
    if (other && isSure(world, scope, other, true)) return true;
  }
  return false;
}

/** A branch that always leaves stands before, and is surely taken. */
function leftBefore(world: World, scope: Scope, { block, at, inside }: Place & { readonly inside: BlockId }): boolean {
  const { unit } = scope.module;
  return leavingIn(unit).some(
    ({ id, asks, parent }) =>
      parent === block && isBefore(asks.of.at, at) && !isWithin({ unit }, inside, id) && isSure(world, scope, asks, true),
  );
}

interface Leaving {
  readonly id: BlockId;
  readonly asks: NonNullable<Block['asks']>;
  readonly parent: BlockId;
}

const LEAVING = new WeakMap<Unit, readonly Leaving[]>();

/** Branches of a file that always leave, and ask something before. */
function leavingIn(unit: Unit): readonly Leaving[] {
  let known = LEAVING.get(unit);
  if (!known) {
    known = unit.blocks.flatMap(({ asks, exits, parent }, id) => (exits && asks ? [{ id, asks, parent }] : []));
    LEAVING.set(unit, known);
  }
  return known;
}

function isSure(world: World, scope: Scope, { of, is }: NonNullable<Block['asks']>, holds: boolean): boolean {
  const truth = truthOf(world, of, scope);
  return truth !== undefined && (truth === is) === holds;
}

/** True or false for sure; undefined: either. */
function truthOf(world: World, of: Expr, scope: Scope): boolean | undefined {
  const all = alternatives(asked(world, of, scope)).map(truth);
  const [first] = all;
  return all.every((one) => one === first) ? first : undefined;
}

function truth(value: Value): boolean | undefined {
  return value.kind === 'constant' ? Boolean(value.value) : undefined;
}
