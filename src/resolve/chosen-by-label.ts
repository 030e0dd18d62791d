/** Tables of classes that are called by a label. */
import { applied } from './calls.ts';
import { evaluate, keysOf } from './evaluate.ts';
import { labelled } from './guards.ts';
import { type CallExpr, choice, type Known, type Scope, type Value } from './value.ts';
import type { World } from './world.ts';

/** `makers[label](key=keys[label])`: what each label makes, with what stands under that label. */
export function chosenByLabel(world: World, call: CallExpr, scope: Scope): Value | undefined {
  const { callee } = call;
  const block = scope.module.unit.sites[call.site]?.block;
  if (block === undefined || callee.kind !== 'member' || callee.name.kind !== 'name') return undefined;
  const table = evaluate(world, callee.of, scope);
  if (table.kind !== 'record' || table.expr.entries.length < 2) return undefined;
  const keys = keysOf(world, callee.name, scope);
  const made = table.expr.entries.flatMap(({ key, value }): readonly Value[] => {
    if (keys && !keys.includes(key)) return [];
    const known = labelled(call, block, [key]);
    const inner = { ...scope, ...(known ? { known: both(scope.known, known) } : {}) };
    return [applied(world, { callee: evaluate(world, value, table.scope), call, scope: inner })];
  });
  return made.length && made.every(({ kind }) => kind === 'object') ? choice(made, 'branch') : undefined;
}

function both(known: Known | undefined, more: Known): Known {
  return known ? { key: known.key + more.key, guards: [...known.guards, ...more.guards] } : more;
}
