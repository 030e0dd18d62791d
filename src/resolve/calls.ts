/** What a call amounts to: functions and classes of the tree, surfaces of the catalog. */

import type { Arg, Expr } from '../model/source.ts';
import type { CallMeaning } from '../model/surface.ts';
import { argumentAt } from './arguments.ts';
import { clientInside } from './base-class.ts';
import { chosenByLabel } from './chosen-by-label.ts';
import { isReachable } from './conditions.ts';
import { environmentValue } from './environment.ts';
import { anyMember, evaluate } from './evaluate.ts';
import { holds } from './facets.ts';
import { knownAt } from './guards.ts';
import { defaultOf, meaningOf, prefixOf, returned } from './instances.ts';
import { moduleKey } from './keys.ts';
import { loadedModule } from './loading.ts';
import { memberOf } from './members.ts';
import { methodCall } from './methods.ts';
import { lookup } from './names.ts';
import { inTurn } from './once.ts';
import { fieldOf } from './schemas.ts';
import { fieldDefault } from './settings.ts';
import { joinedUrl } from './urls.ts';
import {
  alternatives,
  type CallExpr,
  choice,
  type Frame,
  type Given,
  type InstanceValue,
  isEnumeration,
  NOT_REACHED,
  type ObjectValue,
  ownConstructor,
  type Scope,
  unknown,
  type Value,
} from './value.ts';
import { locationOf, type World } from './world.ts';

const FRAME_DEPTH = 8;
/** Evaluates a call. */
export function evaluateCall(world: World, call: CallExpr, scope: Scope): Value {
  const special = methodCall(world, call, scope) ?? loadedModule(world, call, scope);
  if (special) return special;
  const merged = mergedTables(world, call, scope);
  if (merged) return merged;
  const chosen = chosenByLabel(world, call, scope);
  if (chosen) return chosen;
  const callee = evaluate(world, call.callee, scope);
  const turned = turnedPipe(world, { callee, call, scope });
  if (turned) return turned;
  return choice(
    alternatives(callee).map((value) => applied(world, { callee: value, call, scope })),
    callee.kind === 'choice' ? callee.by : 'branch',
  );
}

/** `a | b | c` of tables is a table of all, each looked at once. */
function mergedTables(world: World, call: CallExpr, scope: Scope): Value | undefined {
  const parts: Expr[] = [];
  let left: Expr = call;
  for (let merged = mergedWith(left); merged; merged = mergedWith(left)) {
    parts.unshift(...merged.args.map(({ value }) => value));
    left = merged.of;
  }
  if (!parts.length) return undefined;
  parts.unshift(left);
  if (!parts.every((part) => evaluate(world, part, scope).kind === 'record')) return undefined;
  const entries = parts.map((value) => ({ key: '...', value, at: value.at }));
  return { kind: 'record', expr: { kind: 'record', entries, open: false, at: call.at }, scope };
}

function mergedWith(expr: Expr): { readonly of: Expr; readonly args: readonly Arg[] } | undefined {
  if (expr.kind !== 'call' || expr.callee.kind !== 'member') return undefined;
  const { of, name } = expr.callee;
  return name.kind === 'text' && name.text === '__or__' ? { of, args: expr.args } : undefined;
}

/** `a | b` where `a` knows no `|` (a record of steps, a function, a value from elsewhere) is `b` after `a`. */
function turnedPipe(world: World, { callee, call, scope }: { callee: Value; call: CallExpr; scope: Scope }): Value | undefined {
  if (callee.kind === 'instance' || call.callee.kind !== 'member') return undefined;
  if (call.callee.name.kind !== 'text' || call.callee.name.text !== '__or__') return undefined;
  const right = argumentAt(world, '0', call.args, scope);
  const after = right && memberOf(world, right, '__ror__');
  return after?.kind === 'instance'
    ? applied(world, { callee: after, call: { ...call, args: [{ value: call.callee.of }] }, scope })
    : undefined;
}

/** The result of applying one callee. */
export function applied(world: World, { callee: called, call, scope }: { callee: Value; call: CallExpr; scope: Scope }): Value {
  const callee = defaultOf(called);
  switch (callee.kind) {
    case 'instance': {
      const meaning = meaningOf(callee);
      return meaning ? surfaceCall(world, { callee, meaning, call, scope }) : unknown('surface-without-meaning');
    }
    case 'function':
      return invoked(world, callee, { args: call.args, scope });
    case 'class':
      return constructed(world, callee, { call, scope });
    case 'param':
    case 'unknown':
      return callee.kind === 'param' ? unknown('param') : callee;
    default:
      return unknown('not-callable');
  }
}

/** Calls a function of the tree: its returns, with the arguments bound. */
export function invoked(
  world: World,
  callee: Value & { kind: 'function' },
  { args, scope }: { args: readonly Arg[]; scope: Scope },
): Value {
  const frame = frameOf(callee, args, scope);
  if (frame.depth > FRAME_DEPTH) return unknown('too-deep');
  const key = `call:${moduleKey(frame.module)}#${frame.block}`;
  const inside: Scope = { module: frame.module, frame };
  const done = inTurn(world, key, () =>
    callee.expr.returns.filter((value) => isReached(world, value, inside)).map((value) => evaluate(world, value, inside)),
  );
  if (!done) return unknown('recursion');
  const real = done.value.filter(
    (value) => !(value.kind === 'constant' && value.value === null) && !(value.kind === 'unknown' && value.why === 'undefined'),
  );
  return choice(real, 'branch');
}

/** Whether what is given lets a return happen: `if model in Drafts: return …` does not for another model. */
function isReached(world: World, value: Expr, scope: Scope): boolean {
  const block =
    value.kind === 'name' ? value.block : value.kind === 'call' ? scope.module.unit.sites[value.site]?.block : undefined;
  const place = block === undefined ? undefined : { block, at: value.at };
  if (place && !isReachable(world, scope, place)) return false;
  const names = new Set(place && knownAt(scope, place)?.guards.map(({ name }) => name));
  return ![...names].some((name) => {
    const asked = place && lookup(world, name, place, scope);
    return asked?.kind === 'unknown' && asked.why === NOT_REACHED;
  });
}

/** Binds arguments to a function value. */
export function frameOf(callee: Value & { kind: 'function' }, args: readonly Arg[], scope: Scope): Frame {
  return {
    module: callee.scope.module,
    block: callee.expr.block,
    args,
    caller: scope,
    ...(callee.self ? { self: callee.self } : {}),
    ...(callee.scope.frame ? { parent: callee.scope.frame } : {}),
    depth: (scope.frame?.depth ?? 0) + 1,
  };
}

/** The constructor of a class with what it is given; undefined: it has none of its own. */
export function constructorFrame(
  { module, type }: Pick<ObjectValue, 'module' | 'type'>,
  self: ObjectValue,
  { args, scope }: Given,
): Frame | undefined {
  const expr = ownConstructor(type);
  return expr && frameOf({ kind: 'function', expr, scope: { module }, self }, args, scope);
}

function constructed(world: World, callee: Value & { kind: 'class' }, { call, scope }: { call: CallExpr; scope: Scope }): Value {
  const { module, type } = callee;
  if (isEnumeration(type)) return argumentAt(world, 'value', call.args, scope) ?? anyMember(world, callee);
  const self: ObjectValue = { kind: 'object', module, type, given: { args: call.args, scope } };
  const frame = constructorFrame(self, self, { args: call.args, scope });
  const client = clientInside(world, callee, { call, scope, ...(frame ? { frame } : {}) });
  return client ? { ...self, client } : self;
}

interface SurfaceCall {
  readonly callee: InstanceValue;
  readonly meaning: CallMeaning;
  readonly call: CallExpr;
  readonly scope: Scope;
}

function surfaceCall(world: World, { callee, meaning, call, scope }: SurfaceCall): Value {
  if (meaning.reads) {
    const name = argumentAt(world, meaning.reads.name, call.args, scope);
    const fallback = (meaning.reads.fallback ?? []).map((path) => argumentAt(world, path, call.args, scope));
    if (name?.kind !== 'text') return unknown('dynamic-env');
    const known = fallback.find((value) => value);
    return environmentValue(prefixOf(callee) + name.text, known, locationOf(scope, call.at));
  }
  if (meaning.readsField !== undefined) return readField(world, { callee, call, scope }, meaning.readsField);
  if (meaning.registry !== undefined) return registered(world, { callee, meaning, call, scope });
  if (meaning.joins) return joinedUrl(world, meaning.joins, { call, scope });
  if (meaning.field) {
    const invoke = (made: Value) => (made.kind === 'function' ? invoked(world, made, { args: [], scope }) : unknown('result'));
    return fieldDefault(world, meaning.field, { given: { args: call.args, scope }, invoke });
  }
  if (meaning.is) return argumentAt(world, meaning.is, call.args, scope) ?? unknown('undefined');
  const block = scope.module.unit.sites[call.site]?.block;
  const made = {
    meaning,
    args: call.args,
    scope,
    at: locationOf(scope, call.at),
    api: apiOf(call),
    ...(block === undefined ? {} : { block }),
  };
  const switched = meaning.when?.find((wanted) => wanted.returns !== undefined && holds(world, wanted, made))?.returns;
  const result = returned(callee, switched === undefined ? meaning : { ...meaning, returns: switched }, made);
  const client = meaning.performs ? argumentAt(world, meaning.performs, call.args, scope) : undefined;
  const performed = client && alternatives(client).find((value): value is InstanceValue => value.kind === 'instance');
  return performed && result.kind === 'instance' ? { ...result, made: [...result.made, ...performed.made] } : result;
}

/** `config.get('llm.model')`: the field of what the receiver's schema lets through. */
function readField(world: World, { callee, call, scope }: Omit<SurfaceCall, 'meaning'>, path: string): Value {
  const name = argumentAt(world, path, call.args, scope);
  if (name?.kind !== 'text' || name.holes.length) return unknown('computed-key');
  return fieldOf(world, callee, name.text, locationOf(scope, call.at));
}

/** `registry.languageModel('anthropic:claude')`: the provider of that name, called with the model. */
function registered(world: World, { callee, meaning, call, scope }: SurfaceCall): Value {
  const [registry] = callee.made;
  const key = argumentAt(world, '0', call.args, scope);
  if (!registry || key?.kind !== 'text' || key.holes.length) return unknown('registry-key');
  const cut = key.text.indexOf(meaning.registry ?? ':');
  const provider = argumentAt(world, `0.${key.text.slice(0, Math.max(0, cut))}`, registry.args, registry.scope);
  const [head] = call.args;
  if (provider?.kind !== 'instance' || cut < 0 || !head) return unknown('registry-key');
  const made = meaningOf(provider);
  const model = { value: { kind: 'text' as const, text: key.text.slice(cut + 1), at: head.value.at } };
  return made
    ? returned(provider, made, { meaning: made, args: [model], scope, at: locationOf(scope, call.at), api: apiOf(call) })
    : unknown('registry-key');
}

/** The name of a call as people write it: `chat.completions.create`, `new OpenAI`. The receiver's own name is dropped. */
export function apiOf(call: CallExpr): string {
  const names: string[] = [];
  let expr = call.callee;
  while (expr.kind === 'member') {
    if (expr.name.kind === 'text') names.unshift(expr.name.text);
    expr = expr.of;
  }
  if (!names.length && expr.kind === 'name') names.push(expr.name.replace(/^[a-z0-9]+:/, ''));
  return (call.construct ? 'new ' : '') + names.join('.');
}
