/** Arguments by path: `0.model`, `model` (keyword), `0.models.*`. */
import type { Arg } from '../model/source.ts';
import { ambientAt } from './ambient.ts';
import { evaluate, itemsOf } from './evaluate.ts';
import { memberOf } from './members.ts';
import { choice, type Scope, type Value } from './value.ts';
import type { World } from './world.ts';

/** The value at a path of the arguments; undefined: not given. */
export function argumentAt(world: World, path: string, args: readonly Arg[], scope: Scope): Value | undefined {
  if (path.startsWith('@')) return ambientAt(world, path.slice(1));
  const [head = '', ...rest] = path.split('.');
  let value: Value | undefined =
    head === '**'
      ? keywordsOf(world, args, scope)
      : head === '*'
        ? {
            kind: 'list' as const,
            items: itemsOf(
              world,
              args.map((arg) => arg.value),
              scope,
            ),
          }
        : first(world, head, args, scope);
  for (const step of rest) {
    if (!value) return undefined;
    value = step === '*' ? eachItem(world, value) : memberOf(world, value, step);
  }
  if (value?.kind === 'list' && head === '*' && !rest.length) return choice(value.items, 'loop');
  return value && isGiven(value) ? value : undefined;
}

/** The keyword arguments together, as a record. */
function keywordsOf(world: World, args: readonly Arg[], scope: Scope): Value {
  const named = args.filter(({ name }) => name !== undefined && name !== '...');
  const entries = new Map(named.map(({ name = '', value }) => [name, evaluate(world, value, scope)]));
  return { kind: 'map', entries, open: args.some(({ name }) => name === '...') };
}

function first(world: World, head: string, args: readonly Arg[], scope: Scope): Value | undefined {
  const positional = /^\d+$/.test(head);
  const arg = positional
    ? args.filter((candidate) => candidate.name === undefined)[Number(head)]
    : args.find((candidate) => candidate.name === head);
  if (!arg || arg.value.kind === 'spread') return undefined;
  return evaluate(world, arg.value, scope);
}

function eachItem(world: World, value: Value): Value | undefined {
  if (value.kind === 'list') return value.items.length ? choice(value.items, 'loop') : undefined;
  if (value.kind === 'record') {
    const values = entriesOf(world, value);
    return values.length ? choice(values, 'branch') : undefined;
  }
  if (value.kind === 'choice')
    return choice(
      value.of.map((part) => eachItem(world, part) ?? part),
      value.by,
    );
  return value.kind === 'param' ? value : undefined;
}

/** The values of a record, spreads left out. */
export function entriesOf(world: World, value: Value & { kind: 'record' }): readonly Value[] {
  return value.expr.entries.filter((entry) => entry.key !== '...').map((entry) => evaluate(world, entry.value, value.scope));
}

/** Not given: no such member, or explicitly undefined. */
function isGiven(value: Value): boolean {
  if (value.kind === 'unknown') return !['no-member', 'undefined', 'undefined-name'].includes(value.why);
  if (value.kind === 'choice') return value.of.some(isGiven);
  return !(value.kind === 'constant' && value.value === null);
}
