/** URLs that code puts together from parts: `new URL(path, base)`. */
import { argumentAt } from './arguments.ts';
import { join } from './evaluate.ts';
import { alternatives, type CallExpr, choice, type Scope, unknown, type Value } from './value.ts';
import type { World } from './world.ts';

/** The arguments at some paths as one URL, each resolved against the one before it. */
export function joinedUrl(world: World, paths: readonly string[], { call, scope }: { call: CallExpr; scope: Scope }): Value {
  const given = paths.flatMap((path) => argumentAt(world, path, call.args, scope) ?? []);
  const [first, ...rest] = given.map((value) => join(world, [value], scope));
  if (!first) return unknown('undefined');
  return rest.reduce((base, tail) => resolved(world, { base, tail, scope }), first);
}

function resolved(world: World, { base, tail, scope }: { base: Value; tail: Value; scope: Scope }): Value {
  return choice(
    alternatives(base).flatMap((head) => alternatives(tail).map((end) => resolvedOne(world, { base: head, tail: end, scope }))),
    'branch',
  );
}

/** A path from the root replaces that of the base, another one its last segment. */
function resolvedOne(world: World, { base, tail, scope }: { base: Value; tail: Value; scope: Scope }): Value {
  if (base.kind !== 'text' || tail.kind !== 'text' || /^[a-z][a-z0-9+.-]*:/i.test(tail.text)) return tail;
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(base.text)?.[0] ?? base.text;
  const kept = tail.text.startsWith('/') ? origin : `${origin}${base.text.slice(origin.length).replace(/[^/]*$/, '') || '/'}`;
  return join(world, [{ ...base, text: kept }, tail], scope);
}
