/** What a loop runs over and what each round gets: the built-in iterators are part of the language. */
import type { Expr } from '../../../model/source.ts';

type Call = Expr & { kind: 'call' };

/** What a loop runs over, the iterators that only count, order or copy taken off. */
export function loopedOver(over: Expr): Expr {
  const [first] = over.kind === 'call' && over.callee.kind === 'name' ? over.args : [];
  if (over.kind !== 'call' || over.callee.kind !== 'name' || !first || first.name !== undefined) return over;
  return THROUGH.has(over.callee.name) ? first.value : over;
}

const THROUGH: ReadonlySet<string> = new Set(['enumerate', 'reversed', 'sorted', 'list', 'tuple', 'set', 'iter', 'tqdm']);

/** What a loop variable holds: one of the items of what is looped over. */
export function itemOf(over: Expr): Expr {
  if (over.kind === 'call') {
    const made = countedItem(over) ?? pairedItem(over) ?? memberItem(over);
    if (made) return made;
  }
  const of = loopedOver(over);
  return { kind: 'choice', by: 'loop', of: [{ kind: 'spread', of, at: over.at }], at: over.at };
}

/** `enumerate(models)`: a number and an item. */
function countedItem({ callee, args, at }: Call): Expr | undefined {
  const [first] = args;
  if (callee.kind !== 'name' || callee.name !== 'enumerate' || !first) return undefined;
  return { kind: 'list', items: [{ kind: 'unknown', why: 'index', at }, itemOf(first.value)], at };
}

/** `zip(models, keys)`: an item of each. */
function pairedItem({ callee, args, at }: Call): Expr | undefined {
  if (callee.kind !== 'name' || callee.name !== 'zip' || !args.length) return undefined;
  return { kind: 'list', items: args.filter(({ name }) => name === undefined).map(({ value }) => itemOf(value)), at };
}

/** `table.items()` and `table.values()`: the value under any of its keys. */
function memberItem({ callee, args, at }: Call): Expr | undefined {
  if (callee.kind !== 'member' || callee.name.kind !== 'text' || args.length) return undefined;
  const key: Expr = { kind: 'unknown', why: 'key', at };
  const value: Expr = { kind: 'member', of: callee.of, name: key, at };
  if (callee.name.text === 'values') return value;
  return callee.name.text === 'items' ? { kind: 'list', items: [key, value], at } : undefined;
}
