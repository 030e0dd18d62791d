/** The few methods of text, lists and tables that carry values. */
import type { Arg } from '../model/source.ts';
import { argumentAt } from './arguments.ts';
import { labelledWith } from './conditions.ts';
import { anyMember, evaluate, join, keysOf, withoutNothing } from './evaluate.ts';
import { memberOf, ofOne } from './members.ts';
import { alternatives, type CallExpr, choice, type Scope, type TextValue, unknown, type Value } from './value.ts';
import { languageOf, type World } from './world.ts';

/** Methods of text that leave it what it is, as far as an audit cares. */
const KEEPS_TEXT = new Set([
  ...['trim', 'trimEnd', 'trimStart', 'toString', 'toLowerCase', 'replace', 'replaceAll', 'normalize', 'valueOf'],
  ...['strip', 'lstrip', 'rstrip', 'lower', 'removeprefix', 'removesuffix', 'get_secret_value'],
]);
const TEXTS = new Set(['text', 'env', 'param']);
const PICKS_ITEM = new Set(['find', 'at', 'pop', 'shift', 'findLast']);
const KEEPS_LIST = new Set(['filter', 'slice', 'sort', 'toSorted', 'reverse', 'toReversed', 'concat']);
/** Methods of tables that give what stands under a key, or what else is said. */
const LOOKS_UP = new Set(['get', 'pop', 'setdefault']);
/** Steps between a record that is written out and the bytes that are sent. */
const SERIAL = new Set(['encode', 'toString', 'model_dump', 'model_dump_json', 'dict']);
/** Nothing stands under the key, or nobody knows. */
const MISSING = new Set(['no-member', 'undefined', 'no-value', 'open-record']);
const MAY_MISS = new Set([...MISSING, 'param', 'rest']);
const WRITABLE = new Set(['record', 'map', 'object']);
const MAPS = new Set(['map', 'flatMap']);
const PARTS = 40;
/** More is prose. */
const JOINED = 6;
const COMMA: Value = { kind: 'text', text: ',', how: 'literal', env: [], confidence: 1, holes: [], trail: [] };

interface Method {
  readonly of: Value;
  readonly name: string;
  readonly args: readonly Arg[];
  readonly scope: Scope;
}

/** What a method gives that the language itself has; undefined: it is none of those. */
export function methodCall(world: World, call: CallExpr, scope: Scope): Value | undefined {
  const { callee, args } = call;
  if (callee.kind !== 'member' || callee.name.kind !== 'text') return undefined;
  const name = callee.name.text;
  const ways = WAYS.filter(({ names }) => names.has(name));
  if (!ways.length) return undefined;
  const of = evaluate(world, callee.of, scope);
  for (const { gives } of ways) {
    const value = gives(world, { of, name, args, scope });
    if (value) return value;
  }
  return undefined;
}

const WAYS: readonly {
  readonly names: ReadonlySet<string>;
  readonly gives: (world: World, method: Method) => Value | undefined;
}[] = [
  { names: KEEPS_TEXT, gives: (_world, { of }) => textOf(of) },
  { names: SERIAL, gives: (_world, { of }) => (alternatives(of).every(({ kind }) => WRITABLE.has(kind)) ? of : undefined) },
  { names: LOOKS_UP, gives: lookedUp },
  { names: KEEPS_LIST, gives: (_world, { of }) => (of.kind === 'list' ? of : undefined) },
  { names: PICKS_ITEM, gives: (_world, { of }) => (of.kind === 'list' ? choice(of.items, 'branch') : undefined) },
  { names: MAPS, gives: mapped },
  { names: new Set(['bind']), gives: (_world, { of }) => (of.kind === 'function' ? of : undefined) },
  { names: new Set(['copy']), gives: (_world, { of }) => (isTable(of) ? of : undefined) },
  {
    names: new Set(['values']),
    gives: (world, { of }) => (isTable(of) ? { kind: 'list', items: [anyMember(world, of)] } : undefined),
  },
  { names: new Set(['split']), gives: parted },
  { names: new Set(['join']), gives: joined },
  { names: new Set(['slice', 'substring']), gives: (_world, { of, args }) => (isFromStart(args) ? textOf(of) : undefined) },
];

/** Text as far as it is known: `(settings.get("base") or DEFAULT).rstrip("/")`. */
function textOf(value: Value): Value | undefined {
  const there = withoutNothing(value);
  const parts = there ? alternatives(there) : [];
  const isText = parts.every(({ kind }) => TEXTS.has(kind) || kind === 'unknown');
  return isText && parts.some(({ kind }) => TEXTS.has(kind)) ? there : undefined;
}

function isTable(value: Value): boolean {
  return value.kind === 'record' || value.kind === 'map';
}

/** `table.get(key, default)`. */
function lookedUp(world: World, { of, args, scope }: Method): Value | undefined {
  const tables = alternatives(of).filter(isTable);
  const [first] = args;
  if (!tables.length || !first) return undefined;
  const fallback = argumentAt(world, '1', args, scope) ?? argumentAt(world, 'default', args, scope);
  const keys = keysOf(world, first.value, scope);
  if (!keys) return choice([...tables.map((table) => anyMember(world, table)), ...(fallback ? [fallback] : [])], 'branch');
  const isLabelled = keys.length > 1 || fallback !== undefined;
  const members = tables.flatMap((table) =>
    keys.map((key) => labelledWith(ofOne(memberOf(world, table, key), table, tables), isLabelled ? [key] : [])),
  );
  const there = members.filter((value) => value.kind !== 'unknown' || !fallback || !MISSING.has(value.why));
  const isSure = members.every((value) => value.kind !== 'unknown' || !MAY_MISS.has(value.why));
  return choice([...there, ...(fallback && !isSure ? [fallback] : [])], 'branch');
}

/** `names.split(",")`, of texts that are known. Parts of one text go with each other. */
function parted(world: World, { of, args, scope }: Method): Value | undefined {
  const separator = argumentAt(world, '0', args, scope);
  const most = argumentAt(world, '1', args, scope);
  if (separator?.kind !== 'text' || !separator.text || of.kind === 'unknown' || of.kind === 'param') return undefined;
  const isPython = languageOf(scope.module.path) === 'python';
  const lists = alternatives(join(world, [of], scope)).flatMap((text): readonly Value[] =>
    text.kind === 'text' && !text.holes.length ? [partsOf(text, separator.text, isPython ? most : undefined)] : [],
  );
  return lists.length && lists.length <= PARTS ? choice(lists, 'branch') : undefined;
}

/** `[base, path].join("/")`, `"/".join([base, path])`. */
function joined(world: World, { of, args, scope }: Method): Value | undefined {
  const given = argumentAt(world, '0', args, scope);
  const list = of.kind === 'list' ? of : given;
  const between = of.kind === 'list' ? (given ?? COMMA) : of;
  if (list?.kind !== 'list' || list.each || between.kind !== 'text' || !list.items.length || list.items.length > JOINED)
    return undefined;
  const parts = list.items.flatMap((item, index) => (index ? [between, item] : [item]));
  return join(world, parts, scope);
}

/** The beginning of a text, as good as the text. */
function isFromStart([first]: readonly Arg[]): boolean {
  return first?.value.kind === 'constant' && first.value.value === 0;
}

function partsOf(text: TextValue, separator: string, most: Value | undefined): Value {
  const all = text.text.split(separator);
  // `split(":", 1)`: what is behind the last cut stays whole.
  const cuts = most?.kind === 'constant' && typeof most.value === 'number' && most.value > 0 ? most.value : PARTS;
  const parts = all.length > cuts + 1 ? [...all.slice(0, cuts), all.slice(cuts).join(separator)] : all;
  const items = parts.slice(0, PARTS).map((part): TextValue => ({ ...text, text: part.trim() }));
  const [head, tail, ...more] = items;
  if (!head || !tail || more.length) return { kind: 'list', items };
  return { kind: 'list', items: [labelledWith(head, [tail.text]), labelledWith(tail, [head.text])] };
}

function mapped(world: World, { of, args, scope }: Method): Value | undefined {
  if (of.kind !== 'list') return undefined;
  const [first] = args;
  const callback = first && evaluate(world, first.value, scope);
  if (callback?.kind !== 'function') return unknown('callback');
  // The front end binds the callback's parameter to the items, so its returns evaluate to one alternative per item.
  const result = choice(
    callback.expr.returns.map((value) => evaluate(world, value, callback.scope)),
    'branch',
  );
  return { kind: 'list', items: alternatives(result) };
}
