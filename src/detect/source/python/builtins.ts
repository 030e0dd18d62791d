/** Calls of the language's own library that give what they are given: what they make is known without knowing what they run. */
import type { Arg, Binding, Entry, Expr } from '../../../model/source.ts';
import { declare, functionScope, type Lowering } from './lowering.ts';

type Call = Expr & { kind: 'call' };

/** They give their items, in an order of their own. */
const COPIES = new Set(['list', 'tuple', 'set', 'frozenset', 'sorted', 'reversed']);
/** They give one of their arguments, by its place. */
const GIVES: ReadonlyMap<string, number> = new Map([
  ...(
    [
      'copy',
      'deepcopy',
      'sync_to_async',
      'async_to_sync',
      'create_task',
      'ensure_future',
      'wait_for',
      'run_until_complete',
    ] as const
  ).map((name) => [name, 0] as const),
  ['cast', 1],
]);
const SAME = new Set(['str', 'iter', 'vars']);
/** They call one of their arguments with those behind it. */
const CALLS: ReadonlyMap<string, number> = new Map([
  ['to_thread', 0],
  ['run_in_threadpool', 0],
  ['run_sync', 0],
  ['submit', 0],
  ['run_in_executor', 1],
]);
const PARTIALS = new Set(['partial', 'partialmethod']);
/** Names of what is handed on by a function that is called with the rest of its arguments. */
const ITEMS = '*';
const NAMES = '**';

/** What such a call makes; nothing of any other. */
export function builtinMade(call: Call, lowering: Lowering): Expr | undefined {
  const { callee } = call;
  const name = lastName(callee);
  if (name === undefined) return undefined;
  if (PARTIALS.has(name)) return partial(call, lowering);
  const runs = CALLS.get(name);
  if (runs !== undefined) return delegated(call, runs, lowering);
  if (callee.kind === 'name') {
    const made = madeByName(call, callee.name);
    if (made) return made;
  }
  const gives = GIVES.get(name);
  // A method of that name without arguments copies its own object, which the evaluator knows.
  return gives === undefined ? undefined : plain(call.args)[gives];
}

function madeByName(call: Call, name: string): Expr | undefined {
  const { at } = call;
  const [first, second, third] = plain(call.args);
  if (name === 'dict') return dictionary(call);
  if (SAME.has(name) && first) return first;
  if (name === 'next' && first) return { kind: 'member', of: first, name: { kind: 'unknown', why: 'key', at }, at };
  if (COPIES.has(name) && first)
    return first.kind === 'list' ? first : { kind: 'list', items: [{ kind: 'spread', of: first, at }], at };
  if (name !== 'getattr' || !first || (second?.kind !== 'text' && second?.kind !== 'name')) return undefined;
  const member: Expr = { kind: 'member', of: first, name: second, at };
  return third ? { kind: 'choice', of: [member, third], by: 'default', at } : member;
}

/** `dict(model=…)`, `dict(other, **more)`, `dict([("a", x)])`. */
function dictionary({ args, at }: Call): Expr {
  const entries = args.flatMap(({ name, value }): readonly Entry[] => {
    if (name !== undefined) return [{ key: name, value, at: value.at }];
    if (value.kind !== 'list') return [{ key: '...', value, at: value.at }];
    return value.items.flatMap((pair) => {
      const [key, item] = pair.kind === 'list' ? pair.items : [];
      return key?.kind === 'text' && item ? [{ key: key.text, value: item, at: pair.at }] : [];
    });
  });
  return { kind: 'record', entries, open: false, at };
}

/** `partial(run, "a", key=…)` is a function that runs it with those and with what it is given. */
function partial({ args, at }: Call, lowering: Lowering): Expr | undefined {
  const [head, ...given] = args;
  if (!head || head.name !== undefined) return undefined;
  const parent = lowering.block;
  const block = lowering.blocks.push({ parent, kind: 'function', symbol: lowering.symbol }) - 1;
  lowering.block = block;
  const rest = (['items', 'names'] as const).map((kind): Binding & { scope: number } => {
    const name = kind === 'items' ? ITEMS : NAMES;
    return { name, scope: block, param: { index: 0, path: [], rest: kind }, block, at };
  });
  for (const binding of rest) declare(lowering, binding);
  const handed = rest.map(({ name }): Arg => {
    const value: Expr = { kind: 'spread', of: { kind: 'name', name, block, at }, at };
    return name === NAMES ? { name: '...', value } : { value };
  });
  const call = siteOf({ callee: head.value, args: [...given, ...handed], at }, lowering);
  lowering.block = parent;
  return { kind: 'function', block, returns: [call], at };
}

/** `to_thread(run, "a", key=…)` runs it there. */
function delegated({ args, at }: Call, index: number, lowering: Lowering): Expr | undefined {
  const head = args[index];
  const isFunction = head?.value.kind === 'name' || head?.value.kind === 'member' || head?.value.kind === 'function';
  if (!head || head.name !== undefined || !isFunction) return undefined;
  return siteOf({ callee: head.value, args: args.slice(index + 1), at }, lowering);
}

function siteOf({ callee, args, at }: Omit<Call, 'kind' | 'site'>, lowering: Lowering): Call {
  const call: Call = { kind: 'call', callee, args, site: lowering.siteCount++, at };
  lowering.sites[call.site] = { call, block: lowering.block };
  return call;
}

/** `options.update(…)` where `options` was a dictionary: it is one with more in it. */
export function bindUpdate({ callee, args, at }: Call, lowering: Lowering): void {
  if (callee.kind !== 'member' || callee.of.kind !== 'name' || callee.name.kind !== 'text') return;
  if (callee.name.text !== 'update') return;
  const { name } = callee.of;
  const scope = functionScope(lowering);
  const before = lowering.bindings.findLast((binding) => binding.name === name && binding.scope === scope);
  if (before?.value?.kind !== 'record') return;
  const added = dictionary({ kind: 'call', callee, args, site: -1, at });
  const entries = [callee.of, added].map((value) => ({ key: '...', value, at }));
  declare(lowering, { name, scope, value: { kind: 'record', entries, open: false, at }, block: lowering.block, at });
}

function plain(args: readonly Arg[]): readonly Expr[] {
  return args.flatMap(({ name, value }) => (name === undefined ? [value] : []));
}

function lastName(expr: Expr): string | undefined {
  if (expr.kind === 'name') return expr.name;
  return expr.kind === 'member' && expr.name.kind === 'text' ? expr.name.text : undefined;
}
