/** Comparisons with texts around a place (`if provider == "openai":`, `case "openai":`): what they let through, and what goes with which branch. */
import type { Target } from '../model/resolved.ts';
import { type BlockId, dottedName, type Expr, type Unit } from '../model/source.ts';
import { evaluate } from './evaluate.ts';
import { blocksAround, FUNCTIONS, isBefore, type Place } from './reaching.ts';
import { alternatives, choice, type Made, type Scope, type TextValue, unknown, type Value } from './value.ts';
import { enclosing, type World } from './world.ts';

/** A comparison that holds at a place, or (`not`) behind which nobody stays. */
interface Condition {
  readonly id: BlockId;
  readonly name: string;
  readonly of: Expr;
  readonly texts: readonly string[];
  readonly start: boolean;
  readonly not: boolean;
  /** All that the same function compares the same with. */
  readonly choices: ReadonlySet<string>;
}

interface Around {
  readonly holding: readonly Condition[];
  /** Of which the other branch is at hand. */
  readonly left: readonly Condition[];
  /** Which leave when they hold: they count for what stands behind them. */
  readonly leaving: readonly Condition[];
}

const NOTHING: Around = { holding: [], left: [], leaving: [] };
const KNOWN = new WeakMap<Unit, { readonly all: readonly Condition[]; readonly blocks: Map<BlockId, Around> }>();

function aroundOf(unit: Unit, block: BlockId): Around {
  let known = KNOWN.get(unit);
  if (!known) KNOWN.set(unit, (known = { all: conditionsIn(unit), blocks: new Map() }));
  if (!known.all.length) return NOTHING;
  let around = known.blocks.get(block);
  if (!around) known.blocks.set(block, (around = sorted(unit, known.all, block)));
  return around;
}

function conditionsIn(unit: Unit): readonly Condition[] {
  const choices = new Map<string, Set<string>>();
  return unit.blocks.flatMap(({ when }, id) => {
    if (!when) return [];
    const name = dottedName(when.of);
    const key = `${enclosing(unit, id, FUNCTIONS) ?? 0}:${name}`;
    const texts = choices.get(key) ?? new Set<string>();
    choices.set(key, texts);
    for (const text of when.texts) texts.add(text);
    return [{ id, name, of: when.of, texts: when.texts, start: when.start ?? false, not: false, choices: texts }];
  });
}

function sorted(unit: Unit, all: readonly Condition[], from: BlockId): Around {
  const around = blocksAround(unit, from, FUNCTIONS);
  const not = (condition: Condition) => ({ ...condition, not: true });
  const others = all.filter(({ id }) => !around.has(id));
  return {
    holding: all.filter(({ id }) => around.has(id)),
    left: others.filter(({ id }) => isOther(unit, id, around)).map(not),
    leaving: others.filter(({ id }) => unit.blocks[id]?.exits && around.has(unit.blocks[id]?.parent ?? -1)).map(not),
  };
}

/** The else of an if, or another case of the same switch, is around. */
function isOther(unit: Unit, id: BlockId, around: ReadonlySet<BlockId>): boolean {
  const isCase = unit.blocks[id]?.kind === 'case';
  const root = unit.blocks[id]?.pair ?? id;
  return [...around].some((other) => {
    const block = unit.blocks[other];
    if (!isCase) return block?.kind === 'else' && block.pair === id;
    return block?.kind === 'case' && (block.pair ?? other) === root;
  });
}

function conditionsAt(unit: Unit, { block, at }: Place): readonly Condition[] {
  const { holding, left, leaving } = aroundOf(unit, block);
  return leaving.length ? [...holding, ...left, ...leaving.filter(({ of }) => isBefore(of.at, at))] : [...holding, ...left];
}

/** What a condition asks about, without what other conditions say of it. */
export function asked(world: World, of: Expr, { module, frame }: Scope): Value {
  return evaluate(world, of, { module, ...(frame ? { frame } : {}) });
}

/** Whether what is given lets a place run. What the environment can change rules nothing out. */
export function isReachable(world: World, scope: Scope, place: Place): boolean {
  return conditionsAt(scope.module.unit, place).every((condition) => {
    const parts = alternatives(asked(world, condition.of, scope));
    const isFirm = parts.every((part) => (isKnown(part) && !part.env.length) || part.kind === 'constant');
    return !isFirm || parts.some((part) => (part.kind === 'text' ? lets(condition, part.text) : condition.not));
  });
}

/** Of what several branches assign, what those assign that are not ruled out. */
export function reached<T extends Place>(world: World, scope: Scope, places: readonly T[]): readonly T[] {
  if (places.length < 2) return places;
  const left = places.filter((place) => place.block === 0 || isReachable(world, scope, place));
  return left.length ? left : places;
}

function isKnown(value: Value): value is TextValue {
  return value.kind === 'text' && !value.holes.length;
}

function lets({ texts, start, not }: Condition, text: string): boolean {
  const holds = texts.some((wanted) => (start ? text.startsWith(wanted) : text.toLowerCase() === wanted.toLowerCase()));
  return holds !== not;
}

/** The texts a key can have where it stands, by what is compared around it. */
export function keysAt({ unit }: { unit: Unit }, key: Expr, texts: readonly string[] | undefined): readonly string[] | undefined {
  const name = dottedName(key);
  const place = name ? placeOf(key) : undefined;
  const own = place ? conditionsAt(unit, place).filter((condition) => condition.name === name) : [];
  const let_through = texts?.filter((text) => own.every((condition) => lets(condition, text)));
  if (let_through?.length) return let_through;
  const exact = own.find(({ start, not }) => !start && !not);
  return exact ? exact.texts : texts;
}

function placeOf(expr: Expr): Place | undefined {
  if (expr.kind === 'name') return expr;
  return expr.kind === 'member' ? placeOf(expr.of) : undefined;
}

/** What of an option fits the branch its call stands in: not what goes with another branch. */
export function fitting(world: World, value: Value, { scope, block, at }: Made): Value {
  const conditions = block === undefined ? [] : conditionsAt(scope.module.unit, { block, at });
  if (!conditions.length || value.kind === 'record') return value;
  const refused = new Set<string>();
  for (const condition of conditions)
    for (const part of alternatives(asked(world, condition.of, scope)))
      if (isKnown(part) && !lets(condition, part.text)) refused.add(placed(part));
  const isOwned = new Set(conditions.filter((condition) => textsIn(value).some((text) => isOwn(condition, text))));
  const fits = (text: TextValue) =>
    !refused.has(placed(text)) && conditions.every((condition) => goesWith(condition, text, isOwned.has(condition)));
  const left = filtered(value, fits);
  // What the other branches were given says nothing of this one, not that it is given nothing.
  return left && alternatives(left).some(({ kind }) => kind !== 'constant') ? left : left === value ? value : unknown('branch');
}

function textsIn(value: Value): readonly TextValue[] {
  return alternatives(value).flatMap((part): readonly TextValue[] => {
    if (part.kind === 'env' && part.fallback) return textsIn(part.fallback);
    return part.kind === 'text' ? [part] : [];
  });
}

/** What stands under the very text that a branch is for. */
function isOwn({ texts, start, not }: Condition, { labels }: TextValue): boolean {
  return !start && !not && (labels?.some((label) => texts.includes(label)) ?? false);
}

function placed({ text, trail: [at] }: TextValue): string {
  return `${text} ${at?.path}:${at?.line}:${at?.column}`;
}

/** A text that is labelled with another choice belongs to that one; so does any other label where one is the branch's own. */
function goesWith(condition: Condition, text: TextValue, isOwned: boolean): boolean {
  const { texts, start, not, choices } = condition;
  const { labels } = text;
  if (!labels || start) return true;
  if (not) return !labels.some((label) => texts.includes(label));
  return isOwn(condition, text) || !(isOwned || labels.some((label) => choices.has(label)));
}

function filtered(value: Value, fits: (text: TextValue) => boolean): Value | undefined {
  if (value.kind === 'text') return fits(value) ? value : undefined;
  if (value.kind === 'env' && value.fallback) {
    const fallback = filtered(value.fallback, fits);
    if (fallback === value.fallback) return value;
    if (fallback) return { ...value, fallback };
    const { fallback: _fallback, ...rest } = value;
    return rest;
  }
  if (value.kind !== 'choice') return value;
  const left = value.of.map((part) => filtered(part, fits));
  if (left.every((part, index) => part === value.of[index])) return value;
  const fitting = left.filter((part) => part !== undefined);
  return fitting.length ? choice(fitting, value.by) : undefined;
}

/** Texts with what they go with: the key they stand under, what was compared when they were given. */
export function labelledWith(value: Value, labels: readonly string[]): Value {
  if (!labels.length) return value;
  if (value.kind === 'text' || value.kind === 'record') return { ...value, labels: [...(value.labels ?? []), ...labels] };
  if (value.kind === 'env' && value.fallback) return { ...value, fallback: labelledWith(value.fallback, labels) };
  return value.kind === 'choice' ? { ...value, of: value.of.map((part) => labelledWith(part, labels)) } : value;
}

/** What is compared where a value is given. */
export function labelsAt(unit: Unit, block: BlockId): readonly string[] {
  return aroundOf(unit, block).holding.flatMap(({ start, texts }) => (start ? [] : texts));
}

/** Which of several branches told apart by texts these calls stand in. */
export function branchOf(world: World, made: readonly Made[]): Pick<Target, 'branch'> {
  for (const { scope, block } of made) {
    const { module } = scope;
    const condition = block === undefined ? undefined : aroundOf(module.unit, block).holding.findLast(({ start }) => !start);
    if (!condition || condition.choices.size < 2) continue;
    const around = enclosing(module.unit, condition.id, FUNCTIONS) ?? 0;
    const usual = textsIn(asked(world, condition.of, scope)).some(({ text }) => lets(condition, text));
    return { branch: { of: `${module.path}#${around}:${condition.name}`, is: condition.texts, usual } };
  }
  return {};
}
