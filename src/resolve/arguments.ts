/** Arguments by path: `0.model`, `model` (keyword), `0.models.*`. */
import { ANY_KEY, type Arg, type Expr } from '../model/source.ts';
import { ambientAt } from './ambient.ts';
import { labelledWith } from './conditions.ts';
import { DEPTH, evaluate, itemsOf } from './evaluate.ts';
import { memberOf } from './members.ts';
import { alternatives, choice, type Frame, type Given, type Scope, type Value } from './value.ts';
import type { World } from './world.ts';

const NOWHERE = { line: 1, column: 1, endLine: 1, endColumn: 1 };

/** The value at a path of the arguments; undefined: not given. */
export function argumentAt(world: World, path: string, args: readonly Arg[], scope: Scope): Value | undefined {
  const value = argumentOrRest(world, path, { args, scope });
  if (!value || !isRest(value)) return value;
  const known = alternatives(value).filter((part) => !isRest(part));
  return known.length ? choice(known, 'branch') : undefined;
}

/** A value that may be among options that are handed on, and need not. */
export function isRest(value: Value): boolean {
  return alternatives(value).some((part) => part.kind === 'param' && part.rest === true);
}

/** The same, where what a caller may add by name is something too. */
export function argumentOrRest(world: World, path: string, { args, scope }: Given): Value | undefined {
  if (path.startsWith('@')) return ambientAt(world, path.slice(1), scope.module.path);
  const [head = '', ...rest] = path.split('.');
  let value: Value | undefined =
    head === '**'
      ? keywordsOf(args, scope)
      : head === '*'
        ? {
            kind: 'list' as const,
            items: itemsOf(
              world,
              args.map((arg) => arg.value),
              scope,
            ),
          }
        : first(world, head, { args, scope });
  for (const step of rest) {
    if (!value) return undefined;
    value = step === '*' ? eachItem(world, value) : memberOf(world, value, step);
  }
  if (value?.kind === 'list' && head === '*' && !rest.length) return choice(value.items, 'loop');
  return value && isGiven(value) ? value : undefined;
}

/** The keyword arguments together, as a record. */
function keywordsOf(args: readonly Arg[], scope: Scope): Value {
  const at = args[0]?.value.at ?? NOWHERE;
  const entries = args.flatMap(({ name, value }) => (name === undefined ? [] : [{ key: name, value, at: value.at }]));
  return { kind: 'record', expr: { kind: 'record', entries, open: false, at }, scope };
}

/** What a parameter is given, by its name or its place; undefined: nothing. */
export function passed(
  world: World,
  { args, caller }: Pick<Frame, 'args' | 'caller'>,
  { name, index }: { readonly name: string; readonly index: number },
): Value | undefined {
  return byName(world, name, { args, scope: caller }) ?? byPlace(world, index, { args, scope: caller });
}

/** What a parameter is given that takes the rest: a list, or a record of what no parameter is named after. */
export function restOf(world: World, frame: Frame, { index, rest }: { index: number; rest: 'items' | 'names' }): Value {
  const { module, block, args, caller } = frame;
  if (rest === 'items') {
    const listed = args.filter(({ name }) => name === undefined).map(({ value }) => value);
    return { kind: 'list', items: itemsOf(world, listed, caller).slice(index) };
  }
  const isTaken = (name: string) =>
    module.bindings
      .get(name)
      ?.get(block)
      ?.some(({ param }) => param && !param.rest);
  return keywordsOf(
    args.filter(({ name }) => name === undefined || !isTaken(name)),
    caller,
  );
}

function first(world: World, head: string, given: Given): Value | undefined {
  return /^\d+$/.test(head) ? byPlace(world, Number(head), given) : byName(world, head, given);
}

/** An argument of that name, else one that `**options` holds. */
export function byName(world: World, name: string, { args, scope }: Given): Value | undefined {
  const arg = args.find((candidate) => candidate.name === name);
  if (arg) return evaluate(world, arg.value, scope);
  for (const spread of args.toReversed()) {
    if (spread.name !== '...') continue;
    const value = spreadMember(world, spread.value, { name, scope });
    if (value) return value;
  }
  return undefined;
}

/** `options = Options(**options)`: an object may be made of itself, again and again. */
function spreadMember(world: World, spread: Expr, { name, scope }: { name: string; scope: Scope }): Value | undefined {
  if (world.fuel-- <= 0 || world.depth > DEPTH) return undefined;
  world.depth++;
  const options = evaluate(world, insideOf(spread), scope);
  const value = memberOf(world, options, name);
  world.depth--;
  return isWritten(options, name) ? value : mayBe(value);
}

/** The options say it themselves, whatever it amounts to. */
function isWritten(options: Value, name: string): boolean {
  return alternatives(options).some((part) => part.kind === 'record' && part.expr.entries.some(({ key }) => key === name));
}

/** What options may hold under a name: what a caller may add need not be there. */
function mayBe(value: Value): Value | undefined {
  const parts = alternatives(value).flatMap((part): readonly Value[] => {
    if (part.kind === 'unknown') return [];
    return part.kind === 'param' ? [{ ...part, rest: true as const }] : [part];
  });
  return parts.length ? choice(parts, value.kind === 'choice' ? value.by : 'branch') : undefined;
}

/** The argument at a place, `*items` counted with its items. */
function byPlace(world: World, index: number, { args, scope }: Given): Value | undefined {
  let place = 0;
  for (const { name, value } of args) {
    if (name !== undefined) continue;
    if (value.kind !== 'spread') {
      if (place++ === index) return evaluate(world, value, scope);
      continue;
    }
    const list = evaluate(world, value.of, scope);
    if (list.kind !== 'list') return undefined;
    if (index < place + list.items.length) return list.items[index - place];
    place += list.items.length;
  }
  return undefined;
}

function insideOf(value: Expr): Expr {
  return value.kind === 'spread' ? value.of : value;
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

/** The values of a record, those of records spread into it included. */
export function entriesOf(world: World, value: RecordValue): readonly Value[] {
  return listed(world, value).map(([, entry]) => entry);
}

/** The same, where a text goes with the key it stands under. */
export function labelledEntries(world: World, value: RecordValue): readonly Value[] {
  return listed(world, value).map(([key, entry]) => labelledWith(entry, key === ANY_KEY ? [] : [key]));
}

type RecordValue = Value & { kind: 'record' };

function listed(world: World, value: RecordValue): readonly (readonly [key: string, value: Value])[] {
  return value.expr.entries.flatMap((entry): readonly (readonly [string, Value])[] => {
    if (entry.key !== '...') return [[entry.key, evaluate(world, entry.value, value.scope)]];
    const inner = evaluate(world, insideOf(entry.value), value.scope);
    return inner.kind === 'record' && inner.expr !== value.expr ? listed(world, inner) : [];
  });
}

/** Not given: no such member, or explicitly undefined. */
function isGiven(value: Value): boolean {
  if (value.kind === 'unknown') return !['no-member', 'undefined', 'undefined-name'].includes(value.why);
  if (value.kind === 'choice') return value.of.some(isGiven);
  return !(value.kind === 'constant' && value.value === null);
}
