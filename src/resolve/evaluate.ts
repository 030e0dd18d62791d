/** The one evaluator: an expression in a scope -> what it amounts to. */
import type { Word } from '../model/reading.ts';
import type { Expr } from '../model/source.ts';
import { labelledEntries } from './arguments.ts';
import { evaluateCall } from './calls.ts';
import { membersOfEnum } from './class-members.ts';
import { keysAt, labelledWith } from './conditions.ts';
import { environmentValue } from './environment.ts';
import { anyAssigned, memberOf } from './members.ts';
import { lookup, lookupMemberBinding } from './names.ts';
import {
  alternatives,
  choice,
  HOLE,
  isEnumeration,
  NOT_REACHED,
  type Scope,
  type TextValue,
  textAt,
  unknown,
  type Value,
} from './value.ts';
import { locationOf, type World } from './world.ts';

const PRODUCT_LIMIT = 12;
/** A part of a text that may be the name of a region. */
const WORD = /^[a-z][a-z0-9.-]{1,60}$/;
/** Nested evaluations: far more than code that people write needs, far less than the stack holds. */
export const DEPTH = 150;

/** Evaluates one expression. Never throws; what cannot be known is `unknown` with its reason. */
export function evaluate(world: World, expr: Expr, scope: Scope): Value {
  if (world.fuel-- <= 0 || world.depth > DEPTH) return unknown('too-complex');
  world.depth++;
  const value = evaluateKind(world, expr, scope);
  world.depth--;
  return value;
}

function evaluateKind(world: World, expr: Expr, scope: Scope): Value {
  switch (expr.kind) {
    case 'text':
      return textAt(expr.text, locationOf(scope, expr.at));
    case 'constant':
      return { kind: 'constant', value: expr.value, trail: [locationOf(scope, expr.at)] };
    case 'name':
      return lookup(world, expr.name, expr, scope);
    case 'member':
      return evaluateMember(world, expr, scope);
    case 'call':
      return evaluateCall(world, expr, scope);
    case 'join':
      return join(
        world,
        expr.parts.map((part) => evaluate(world, part, scope)),
        scope,
      );
    case 'choice':
      return choice(
        chosen(
          expr,
          expr.of.map((part) => evaluate(world, part, scope)),
        ),
        expr.by,
      );
    case 'record':
      return { kind: 'record', expr, scope };
    case 'list':
      return { kind: 'list', items: itemsOf(world, expr.items, scope), ...(expr.each ? { each: true } : {}) };
    case 'spread':
      return spread(world, evaluate(world, expr.of, scope));
    case 'function':
      return { kind: 'function', expr, scope };
    case 'env':
      return environmentValue(expr.name, expr.fallback && evaluate(world, expr.fallback, scope), locationOf(scope, expr.at));
    case 'unknown':
      return unknown(expr.why);
  }
}

/** `None or DEFAULT` is the default. */
function chosen({ by }: Expr & { kind: 'choice' }, parts: readonly Value[]): readonly Value[] {
  if (by !== 'default') return parts;
  return parts.flatMap((part, index) => (index === parts.length - 1 ? [part] : (withoutNothing(part) ?? [])));
}

/** What a value can be besides nothing; undefined: nothing. */
export function withoutNothing(value: Value): Value | undefined {
  if (value.kind === 'constant') return value.value === null ? undefined : value;
  if (value.kind !== 'choice') return value;
  const left = value.of.map(withoutNothing);
  if (left.every((part, index) => part === value.of[index])) return value;
  const there = left.filter((part) => part !== undefined);
  return there.length ? choice(there, value.by) : undefined;
}

function evaluateMember(world: World, expr: Expr & { kind: 'member' }, scope: Scope): Value {
  const keys = expr.name.kind === 'text' ? [expr.name.text] : keysOf(world, expr.name, scope);
  const [name] = keys?.length === 1 ? keys : [];
  if (name !== undefined && expr.of.kind === 'name') {
    const assigned = lookupMemberBinding(world, expr.of, { member: name, scope });
    if (assigned) return assigned;
  }
  const of = evaluate(world, expr.of, scope);
  if (name !== undefined) return memberOf(world, of, name, locationOf(scope, expr.at));
  return keys ? choice(keyedMembers(world, of, keys), 'branch') : anyMember(world, of);
}

/** The texts a key can be; undefined: not known. A number behind a name counts, and will be another. */
export function keysOf(world: World, expr: Expr, scope: Scope): readonly string[] | undefined {
  if (expr.kind === 'constant') return [String(expr.value)];
  return keysAt(scope.module, expr, textsOfKey(world, evaluate(world, expr, scope), scope));
}

function textsOfKey(world: World, key: Value, scope: Scope): readonly string[] | undefined {
  // A key that nothing reaches finds nothing, which is not any entry.
  if (key.kind === 'unknown' && key.why === NOT_REACHED) return [];
  if (alternatives(key).some(({ kind }) => kind === 'constant')) return undefined;
  const texts = alternatives(join(world, [key], scope)).flatMap((one) =>
    one.kind === 'text' && !one.holes.length ? [one.text] : [undefined],
  );
  const known = texts.filter((text) => text !== undefined);
  return known.length && known.length === texts.length ? known : undefined;
}

function keyedMembers(world: World, of: Value, keys: readonly string[]): readonly Value[] {
  const members = keys.map((key) => labelledWith(memberOf(world, of, key), keys.length > 1 ? [key] : []));
  const there = members.filter((value) => value.kind !== 'unknown');
  return there.length ? there : members;
}

function entriesAndAssigned(world: World, of: Value & { kind: 'record' }): readonly Value[] {
  const assigned = anyAssigned(world, of);
  return assigned ? [...labelledEntries(world, of), assigned] : labelledEntries(world, of);
}

/** `table[key]` with an unknown key: any of its entries. */
export function anyMember(world: World, of: Value): Value {
  if (of.kind === 'record') return choice(entriesAndAssigned(world, of), 'branch');
  if (of.kind === 'class' && isEnumeration(of.type)) return choice(membersOfEnum(world, of), 'branch');
  if (of.kind === 'map')
    return choice(
      [...of.entries].map(([key, value]) => labelledWith(value, [key])),
      'branch',
    );
  if (of.kind === 'list') return choice(of.items, 'branch');
  if (of.kind === 'choice')
    return choice(
      of.of.map((part) => anyMember(world, part)),
      of.by,
    );
  return unknown(of.kind === 'param' ? 'param' : 'computed-key');
}

/** Items of a list expression, spreads flattened. */
export function itemsOf(world: World, items: readonly Expr[], scope: Scope): Value[] {
  return items.flatMap((item): Value[] => {
    if (item.kind !== 'spread') return [evaluate(world, item, scope)];
    const list = evaluate(world, item.of, scope);
    return list.kind === 'list' ? [...list.items] : [unknown('spread')];
  });
}

function spread(world: World, value: Value): Value {
  if (value.kind === 'list') return choice(value.items, 'loop');
  if (value.kind === 'class' && isEnumeration(value.type)) return choice(membersOfEnum(world, value), 'loop');
  if (value.kind === 'choice')
    return choice(
      value.of.map((part) => spread(world, part)),
      value.by,
    );
  return value.kind === 'param' ? value : unknown('iteration');
}

/** Text put together; alternatives multiply up to a limit, what is unknown is a hole. */
export function join(world: World, parts: readonly Value[], scope: Scope): Value {
  let texts: TextValue[] = [{ kind: 'text', text: '', how: 'literal', env: [], confidence: 1, holes: [], trail: [] }];
  for (const part of parts) {
    const pieces = piecesOf(world, part, scope);
    const next = texts.flatMap((head) => pieces.map((piece) => append(head, piece)));
    texts = parts.length > 1 ? next.slice(0, PRODUCT_LIMIT) : next;
  }
  return choice(texts, 'branch');
}

function piecesOf(world: World, part: Value, scope: Scope): readonly TextValue[] {
  // What is there for sure leaves no room for what stands behind it.
  const [head] = part.kind === 'choice' && part.by === 'default' ? part.of : [];
  const sure = head?.kind === 'text' && head.text && !head.holes.length && !head.env.length ? head : part;
  const pieces = alternatives(sure).map((piece) => pieceOf(world, piece, scope));
  const known = pieces.filter((piece) => !piece.holes.length);
  return known.length && part.kind === 'choice' && part.by === 'default' ? known : pieces;
}

function pieceOf(world: World, value: Value, scope: Scope): TextValue {
  if (value.kind === 'text') return value;
  if (value.kind === 'constant')
    return { kind: 'text', text: String(value.value), how: 'literal', env: [], confidence: 1, holes: [], trail: value.trail };
  if (value.kind === 'env') {
    const [reading] = world.environment(value.name, scope.module.path);
    if (reading?.text !== undefined)
      return {
        kind: 'text',
        text: reading.text,
        how: reading.how,
        env: reading.env,
        confidence: reading.confidence,
        holes: [],
        trail: reading.trail,
      };
    if (value.fallback) {
      const fallback = pieceOf(world, value.fallback, scope);
      if (!fallback.holes.length) return { ...fallback, how: 'env-default', env: [value.name, ...fallback.env] };
    }
    return {
      kind: 'text',
      text: HOLE,
      how: 'unknown',
      env: [value.name],
      confidence: 0.9,
      holes: [value],
      trail: value.at ? [value.at] : [],
    };
  }
  return { kind: 'text', text: HOLE, how: 'unknown', env: [], confidence: 0.9, holes: [value], trail: [] };
}

function append(head: TextValue, tail: TextValue): TextValue {
  if (!tail.text) return head;
  const origins = head.origins ?? tail.origins;
  const words = [...(head.words ?? []), ...(tail.words ?? wordsOf(tail))];
  return {
    kind: 'text',
    text: head.text + tail.text,
    how: head.text ? 'template' : tail.how,
    env: [...head.env, ...tail.env],
    confidence: head.text ? Math.min(0.9, head.confidence, tail.confidence) : tail.confidence,
    holes: [...head.holes, ...tail.holes],
    trail: [...head.trail, ...tail.trail],
    ...(head.yields || tail.yields ? { yields: true } : {}),
    ...(words.length ? { words } : {}),
    ...(origins ? { origins } : {}),
    ...(head.labels || tail.labels ? { labels: [...(head.labels ?? []), ...(tail.labels ?? [])] } : {}),
  };
}

function wordsOf({ text, how, confidence, trail, holes }: TextValue): readonly Word[] {
  return trail.length && !holes.length && WORD.test(text) ? [{ text, how, confidence, trail }] : [];
}
