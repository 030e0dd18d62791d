/** What an expression can amount to. Internal to resolve; `Reading` and `Target` are what leaves it. */

import type { How, Word } from '../model/reading.ts';
import type { Arg, BlockId, Expr, Location, TypeDecl, Unit } from '../model/source.ts';
import type { CallMeaning, Surface } from '../model/surface.ts';

export type FunctionExpr = Expr & { kind: 'function' };
export type CallExpr = Expr & { kind: 'call' };

/** A parsed file with what lookups need, indexed once. */
export interface Module {
  readonly path: string;
  readonly unit: Unit;
  /** Name -> scope -> assignments. */
  readonly bindings: ReadonlyMap<string, ReadonlyMap<BlockId, readonly Unit['bindings'][number][]>>;
  /** Names whose members are assigned somewhere: `options.model = …`. */
  readonly assigned: ReadonlySet<string>;
  readonly imports: ReadonlyMap<string, readonly Unit['imports'][number][]>;
  readonly exports: ReadonlyMap<string, Unit['exports'][number]>;
  readonly types: ReadonlyMap<string, TypeDecl>;
  readonly classOfBlock: ReadonlyMap<BlockId, TypeDecl>;
}

/** Arguments bound to the parameters of one function. */
export interface Frame {
  readonly module: Module;
  readonly block: BlockId;
  readonly args: readonly Arg[];
  /** Where the arguments are evaluated. */
  readonly caller: Scope;
  readonly self?: Value;
  readonly parent?: Frame;
  readonly depth: number;
  readonly from?: { readonly block: BlockId; readonly at: Expr['at'] }; // the call itself, where it was found
}

/** What the conditions around a place say of names. */
export interface Known {
  /** Tells these conditions from others. */
  readonly key: string;
  readonly guards: readonly Guard[];
}

/** `if model in Drafts:` around a place; `not`: behind it, where it was left. */
export interface Guard {
  readonly id: BlockId;
  readonly name: string;
  readonly of: Expr;
  readonly is: boolean;
  readonly not: boolean;
  /** `makers[label](…)` made this one: the label is one of these. */
  readonly texts?: readonly string[];
}

export interface Scope {
  readonly module: Module;
  readonly frame?: Frame;
  /** The conditions under which a name is read whose values are worked out here. */
  readonly known?: Known;
  /** Infrastructure: names that are not in a unit. */
  readonly names?: (name: string) => Value | undefined;
}

/** Arguments, and where they are evaluated. */
export interface Given {
  readonly args: readonly Arg[];
  readonly scope: Scope;
}

export type ObjectValue = Value & { kind: 'object' };

export interface TextValue {
  readonly kind: 'text';
  /** Holes are `\u0000`, one for each of `holes`. */
  readonly text: string;
  readonly how: How;
  readonly env: readonly string[];
  readonly confidence: number;
  readonly holes: readonly Value[];
  readonly trail: readonly Location[];
  /** The default of a parameter: a caller may give another one. */
  readonly yields?: true;
  /** Words it was put together from, each with its own place. */
  readonly words?: readonly Word[];
  /** What it goes with: the key it stands under, what stands beside it, what was compared when it was given. */
  readonly labels?: readonly string[];
  /** Of several records those it stands in: with what stands in others it does not go together. */
  readonly origins?: readonly string[];
}

/** One call that made an instance. */
export interface Made {
  readonly meaning: CallMeaning;
  readonly args: readonly Arg[];
  readonly scope: Scope;
  readonly at: Location;
  readonly api: string;
  /** Where the call stands. */
  readonly block?: BlockId;
}

export interface InstanceValue {
  readonly kind: 'instance';
  readonly surface: Surface;
  readonly shape: string;
  /** Member path walked since `shape` that names no shape yet: `chat.completions`. */
  readonly pending: string;
  /** Shape whose member this is: what `$receiver` returns to. */
  readonly receiver?: string;
  readonly made: readonly Made[];
  /** Of several classes those that make it. */
  readonly origins?: readonly string[];
  /** Known by a declared type alone: what it was made with stands elsewhere. */
  readonly declared: boolean;
}

export type Value =
  | TextValue
  | InstanceValue
  | { readonly kind: 'constant'; readonly value: number | boolean | null; readonly trail: readonly Location[] }
  | { readonly kind: 'namespace'; readonly surface: Surface }
  | { readonly kind: 'module'; readonly module: Module }
  | { readonly kind: 'function'; readonly scope: Scope; readonly expr: FunctionExpr; readonly self?: Value }
  | { readonly kind: 'class'; readonly module: Module; readonly type: TypeDecl }
  | {
      readonly kind: 'object';
      readonly module: Module;
      readonly type: TypeDecl;
      /** What it was made with. */
      readonly given?: Given;
      /** What the constructor of an SDK's class made of it. */
      readonly client?: InstanceValue;
    }
  | {
      readonly kind: 'record';
      readonly expr: Expr & { kind: 'record' };
      readonly scope: Scope;
      /** What its texts go with. */
      readonly labels?: readonly string[];
      /** The name it is bound to, where members of that name are assigned later. */
      readonly name?: { readonly scope: BlockId; readonly name: string };
    }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Value>; readonly open: boolean }
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly each?: true }
  | { readonly kind: 'choice'; readonly of: readonly Value[]; readonly by: 'default' | 'branch' | 'loop' }
  | { readonly kind: 'env'; readonly name: string; readonly fallback?: Value; readonly at?: Location }
  | {
      readonly kind: 'param';
      readonly module: Module;
      readonly block: BlockId;
      readonly index: number;
      readonly path: readonly string[];
      /** Among the arguments that may be given by name, of which none need be. */
      readonly rest?: true;
    }
  | { readonly kind: 'unknown'; readonly why: string };

export const HOLE = '\u0000';

/** Why there is no value: the conditions around the place let none through. */
export const NOT_REACHED = 'not-reached';

/** An unknown with its reason. */
export function unknown(why: string): Value {
  return { kind: 'unknown', why };
}

/** Text as it stands at a place. */
export function textAt(text: string, at: Location, how: How = 'literal'): TextValue {
  return { kind: 'text', text, how, env: [], confidence: how === 'literal' ? 1 : 0.9, holes: [], trail: [at] };
}

/** More alternatives than an application chooses among, those of choices inside counted: code that has more is a table of something else. */
const ALTERNATIVES = 64;

/** Flattens alternatives; one alone is itself; nothing is unknown. */
export function choice(values: readonly Value[], by: 'default' | 'branch' | 'loop'): Value {
  const [only] = values;
  if (!only) return unknown('nothing');
  if (values.length === 1) return only;
  const flat: Value[] = [];
  let missing = -1;
  let left = ALTERNATIVES;
  for (const value of values) {
    for (const part of value.kind === 'choice' && value.by === by ? value.of : [value]) {
      // Of many unknowns one is enough to say that something is unknown, which is more than that nothing is there.
      if (part.kind === 'unknown' && missing >= 0) {
        const kept = flat[missing];
        if (kept?.kind === 'unknown' && kept.why === 'no-member') flat[missing] = part;
        continue;
      }
      if (part.kind === 'unknown') missing = flat.length;
      if (left <= 0) continue;
      flat.push(part);
      left -= part.kind === 'choice' ? alternatives(part).length : 1;
    }
  }
  const [first] = flat;
  return flat.length === 1 && first ? first : { kind: 'choice', of: flat, by };
}

/** Every alternative of a value, in order. */
export function alternatives(value: Value): readonly Value[] {
  return value.kind === 'choice' ? value.of.flatMap(alternatives) : [value];
}

/** A text that came through a name is a constant, no longer a literal. */
export function throughName(value: Value): Value {
  if (value.kind === 'text' && value.how === 'literal')
    return { ...value, how: 'constant', confidence: Math.min(value.confidence, 0.9) };
  if (value.kind === 'choice') return { ...value, of: value.of.map(throughName) };
  return value;
}

/** The block around a block; undefined around the module. */
export function parentOf({ unit }: Pick<Module, 'unit'>, id: BlockId): BlockId | undefined {
  return id === 0 ? undefined : unit.blocks[id]?.parent;
}

/** Whether a block is another one or stands in it. */
export function isWithin(module: Pick<Module, 'unit'>, from: BlockId, outer: BlockId): boolean {
  for (let id: BlockId | undefined = from; id !== undefined; id = parentOf(module, id)) if (id === outer) return true;
  return false;
}

/** The class whose body a block stands in. */
export function classAround(module: Module, block: BlockId): TypeDecl | undefined {
  for (let id: BlockId | undefined = block; id !== undefined; id = parentOf(module, id)) {
    const type = module.classOfBlock.get(id);
    if (type) return type;
  }
  return undefined;
}

/** A class whose members are all the values there are of it. */
export function isEnumeration(type: TypeDecl): boolean {
  return type.extends.some((base) => /(?:Enum|Choices)$/.test(lastName(base)));
}

/** The last name of an expression, '' where it has none. */
export function lastName(expr: Expr): string {
  if (expr.kind === 'name') return expr.name;
  return expr.kind === 'member' && expr.name.kind === 'text' ? expr.name.text : '';
}

/** The constructor a class has of its own. */
export function ownConstructor(type: TypeDecl): FunctionExpr | undefined {
  const built = type.methods.find((method) => method.name === 'constructor')?.value;
  return built?.kind === 'function' ? built : undefined;
}
