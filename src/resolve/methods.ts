/** The few methods of text, lists and tables that carry values. */
import type { Arg } from '../model/source.ts';
import { argumentAt } from './arguments.ts';
import { anyMember, evaluate, keysOf } from './evaluate.ts';
import { memberOf } from './members.ts';
import { alternatives, type CallExpr, choice, type Scope, type TextValue, unknown, type Value } from './value.ts';
import type { World } from './world.ts';

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
const WRITABLE = new Set(['record', 'map', 'object']);
const MAPS = new Set(['map', 'flatMap']);
const PARTS = 40;

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
  { names: KEEPS_TEXT, gives: (_world, { of }) => (isText(of) ? of : undefined) },
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
];

/** Text as far as it is known: `(settings.get("base") or DEFAULT).rstrip("/")`. */
function isText(value: Value): boolean {
  const parts = alternatives(value);
  return parts.some(({ kind }) => TEXTS.has(kind)) && parts.every(({ kind }) => TEXTS.has(kind) || kind === 'unknown');
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
  const members = tables.flatMap((table) => keys.map((key) => memberOf(world, table, key)));
  const there = members.filter((value) => value.kind !== 'unknown' || !fallback);
  const isSure = there.length === members.length;
  return choice([...there, ...(fallback && !isSure ? [fallback] : [])], 'branch');
}

/** `names.split(",")`, of a text that is known. */
function parted(world: World, { of, args, scope }: Method): Value | undefined {
  const [text, ...more] = alternatives(of);
  const separator = argumentAt(world, '0', args, scope);
  if (text?.kind !== 'text' || more.length || text.holes.length || separator?.kind !== 'text' || !separator.text)
    return undefined;
  const parts = text.text.split(separator.text, PARTS).map((part): TextValue => ({ ...text, text: part.trim() }));
  return { kind: 'list', items: parts };
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
