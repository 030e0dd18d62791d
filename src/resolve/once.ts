/** Values that are worked out once: circles end, and what only holds for now is kept no longer than that. */
import type { Value } from './value.ts';
import type { World } from './world.ts';

/** What is being worked out at the moment, and what it has run into. */
export interface Turns {
  /** Key -> how many were under way when its turn came. */
  readonly active: Map<string, number>;
  /** The outermost of those that something now under way asked for again; what lies between is not the whole value. */
  circle: number;
}

interface Done<T> {
  readonly value: T;
  /** No circle leads out of it: asked for from elsewhere, it would be the same. */
  readonly isWhole: boolean;
}

export function turns(): Turns {
  return { active: new Map(), circle: Number.POSITIVE_INFINITY };
}

/** Works something out unless that is under way already; undefined: it is. */
export function inTurn<T>({ turns }: World, key: string, work: () => T): Done<T> | undefined {
  const begun = turns.active.get(key);
  if (begun !== undefined) {
    turns.circle = Math.min(turns.circle, begun);
    return undefined;
  }
  const { circle, active } = turns;
  const own = active.size;
  turns.circle = Number.POSITIVE_INFINITY;
  active.set(key, own);
  const value = work();
  active.delete(key);
  const isWhole = turns.circle >= own;
  turns.circle = isWhole ? circle : Math.min(circle, turns.circle);
  return { value, isWhole };
}

/** The value of a key, worked out the first time; undefined: in a circle. */
export function once(world: World, key: string, work: () => Value): Value | undefined {
  const known = world.memo.get(key);
  if (known) return known;
  const forNow = world.forNow.get(key);
  if (forNow) {
    world.missed++;
    return forNow;
  }
  const { missed } = world;
  const done = inTurn(world, key, work);
  if (!done) return undefined;
  // A value found while fuel ran out is not the value; inside a circle only a known one is.
  if (world.fuel > 0 && (done.isWhole || done.value.kind !== 'unknown'))
    (world.missed === missed ? world.memo : world.forNow).set(key, done.value);
  return done.value;
}
