/** Members of classes and of what they make: fields, methods, what constructors assign, base classes and subclasses. */
import type { Field, TypeDecl } from '../model/source.ts';
import { byName, passed } from './arguments.ts';
import { superCall } from './base-class.ts';
import { constructorFrame, invoked } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { gathered } from './gathered.ts';
import { instanceMember } from './instances.ts';
import { withOrigin } from './members.ts';
import { bound } from './names.ts';
import { inTurn, once } from './once.ts';
import { settingOf } from './settings.ts';
import { subclassesOf } from './subclasses.ts';
import {
  choice,
  type Frame,
  type FunctionExpr,
  type Given,
  lastName,
  type Module,
  type ObjectValue,
  ownConstructor,
  type Scope,
  throughName,
  unknown,
  type Value,
} from './value.ts';
import type { World } from './world.ts';

const SUBCLASSES = 40;
const DEPTH = 5;
/** Bases that bring no members of interest: those of the languages, and models of plain data. */
const PLAIN_BASES = /^(?:object|ABC|Protocol|Generic|TypedDict|NamedTuple|Exception|Error|BaseModel|\w*Enum)$/;
/** No function has it: a frame of it tells whose members are read, and binds nothing. */
const NO_BLOCK = -1;
/** Classes whose constructor takes their fields by place. */
const BY_PLACE = /^(?:dataclass|define|frozen|attrs|s|NamedTuple)$/;

interface Wanted {
  readonly module: Module;
  readonly type: TypeDecl;
  readonly name: string;
  readonly statics: boolean;
  /** Whose member it is, where that is an object. */
  readonly self?: ObjectValue;
  /** What the constructor of this very class is given. */
  readonly given?: Given;
}

/** `Class.name`. */
export function staticMember(world: World, { module, type }: Value & { kind: 'class' }, name: string): Value {
  return classMember(world, { module, type, name, statics: true });
}

/** All members of an enumeration. */
export function membersOfEnum(world: World, { module, type }: Value & { kind: 'class' }): readonly Value[] {
  return type.fields.flatMap(({ value }) => (value ? [throughName(evaluate(world, value, { module }))] : []));
}

/** `object.name`. */
export function objectMember(world: World, of: ObjectValue, name: string): Value {
  const { module, type, given } = of;
  const handed = given && handedField(world, of, { name, given });
  if (handed) return handed;
  const own = classMember(world, { module, type, name, statics: false, self: of, ...(given ? { given } : {}) });
  if (of.client && (own.kind === 'unknown' || (own.kind === 'instance' && own.declared)))
    return instanceMember(of.client, name, undefined);
  const delegate = own.kind === 'unknown' ? type.methods.find((method) => method.name === '__getattr__')?.value : undefined;
  if (delegate?.kind === 'function') return delegated(world, of, { expr: delegate, name });
  if (own.kind === 'function')
    return (given || own.expr.returns.length ? undefined : overriding(world, of, name)) ?? { ...own, self: of };
  return given ? own : withOverrides(world, { module, type, name, statics: false }, own);
}

/** `def __getattr__(self, name): return getattr(self.inner, name)`. */
function delegated(world: World, of: ObjectValue, { expr, name }: { expr: FunctionExpr; name: string }): Value {
  // Each name is a call of its own, though they all stand at one place.
  const scope: Scope = { module: of.module, known: { key: `.${name}`, guards: [] } };
  const args = [{ value: { kind: 'text' as const, text: name, at: expr.at } }];
  return invoked(world, { kind: 'function', expr, scope, self: of }, { args, scope });
}

/** `def config(self): raise NotImplementedError`: those of the classes that extend it. */
function overriding(world: World, { module, type }: ObjectValue, name: string): Value | undefined {
  const found = subclassesOf(world, { module, type }).flatMap((below): readonly Value[] => {
    const value = below.type.methods.find((method) => method.name === name && !method.getter)?.value;
    if (value?.kind !== 'function') return [];
    return [{ kind: 'function', expr: value, scope: { module: below.module }, self: { kind: 'object', ...below } }];
  });
  return found.length ? choice(found.slice(0, SUBCLASSES), 'branch') : undefined;
}

/** Nobody saw what class it is of: any that extends it may have a value of its own. */
function withOverrides(world: World, wanted: Wanted, own: Value): Value {
  const others = fromSubclasses(world, wanted);
  if (!others) return own;
  const isNothing = own.kind === 'unknown' || (own.kind === 'constant' && own.value === null);
  return isNothing || (own.kind === 'text' && !own.text) ? others : choice([asInherited(world, wanted, own), others], 'branch');
}

/** What the class says itself belongs to it, and to those below that say nothing. */
function asInherited(world: World, wanted: Wanted, own: Value): Value {
  const silent = subclassesOf(world, wanted).filter((below) => !ownMember(world, { ...below, name: wanted.name }));
  return withOrigin(own, [wanted, ...silent].map(originOf));
}

function originOf({ module, type }: Declared): string {
  return `${module.path}#${type.block}`;
}

/** A field that the constructor a class is given by its fields was handed. */
function handedField(
  world: World,
  { module, type }: ObjectValue,
  { name, given }: { name: string; given: Given },
): Value | undefined {
  if (!given.args.length || ownConstructor(type)) return undefined;
  const index = type.fields.findIndex((field) => field.name === name);
  const byPlace = [...type.annotations, ...type.extends].some((expr) =>
    BY_PLACE.test(lastName(expr.kind === 'call' ? expr.callee : expr)),
  );
  if (index >= 0 && byPlace) return passed(world, { args: given.args, caller: given.scope }, { name, index });
  return index >= 0 || isField(world, { module, type }, name) ? byName(world, name, given) : undefined;
}

/** A field of a class above. */
function isField(world: World, { module, type }: { module: Module; type: TypeDecl }, name: string, depth = 0): boolean {
  return type.extends.some((base) => {
    const value = depth < DEPTH ? evaluate(world, base, { module }) : unknown('too-deep');
    if (value.kind !== 'class') return false;
    return value.type.fields.some((field) => field.name === name) || isField(world, value, name, depth + 1);
  });
}

function classMember(world: World, wanted: Wanted): Value {
  const { module, type, name, statics } = wanted;
  const frame = ownFrame(wanted);
  const scope: Scope = frame ? { module, frame } : { module };
  const method = type.methods.find((candidate) => candidate.name === name && (candidate.static || !statics));
  if (method?.value.kind === 'function') {
    const value = { kind: 'function' as const, expr: method.value, scope, ...(wanted.self ? { self: wanted.self } : {}) };
    return method.getter ? invoked(world, value, { args: [], scope }) : value;
  }
  const assigned = module.bindings.get(`this.${name}`)?.get(type.block);
  const field = type.fields.find((candidate) => candidate.name === name && (candidate.static || !statics));
  const setting = field && !statics && settingOf(world, { module, type, field });
  if (setting) return setting;
  const listed = statics ? undefined : gathered(world, wanted);
  if (listed) return listed;
  const values: Value[] = [];
  if (field?.value) values.push(throughName(evaluate(world, field.value, scope)));
  if (assigned) values.push(bound(world, { bindings: assigned, name: `this.${name}`, scope }));
  if (values.length) return choice(values, 'branch');
  const declared = field?.declaredType && declaredField(world, field.declaredType, scope);
  return declared || inherited(world, wanted, scope) || unknown(isWhole(world, wanted) ? 'no-member' : 'external-class');
}

/** Nothing above the class brings members that are not seen here. */
function isWhole(world: World, { module, type }: { module: Module; type: TypeDecl }, depth = 0): boolean {
  return type.extends.every((base) => {
    if (PLAIN_BASES.test(lastName(base))) return true;
    const value = depth < DEPTH ? evaluate(world, base, { module }) : unknown('too-deep');
    return value.kind === 'class' ? isWhole(world, value, depth + 1) : value.kind !== 'unknown';
  });
}

/** Arguments of the constructor where they are known, else whose members are read. */
function ownFrame({ module, type, self, given }: Wanted): Frame | undefined {
  if (!self) return undefined;
  const built = given && constructorFrame({ module, type }, self, given);
  if (built) return built;
  if (self.type === type) return undefined;
  return { module, block: NO_BLOCK, args: [], caller: { module }, self, depth: 0 };
}

function declaredField(world: World, type: NonNullable<Field['declaredType']>, scope: Scope): Value | undefined {
  const value = bound(world, {
    bindings: [{ name: '', scope: NO_BLOCK, declaredType: type, block: 0, at: type.at }],
    name: `:type:${type.at.line}:${type.at.column}`,
    scope,
  });
  return value.kind === 'unknown' && value.why === 'no-value' ? undefined : value;
}

/** `self.client` in a class whose subclasses make the client: any of theirs. */
function fromSubclasses(world: World, wanted: Wanted): Value | undefined {
  const key = `subclasses:${wanted.module.path}#${wanted.type.block}:${wanted.name}`;
  const value = once(world, key, () => {
    const found = subclassesOf(world, wanted).flatMap(({ module, type }): readonly Value[] => {
      const own = ownMember(world, { module, type, name: wanted.name });
      return own ? [withOrigin(own, [originOf({ module, type })])] : [];
    });
    return found.length ? choice(found.slice(0, SUBCLASSES), 'branch') : unknown('no-member');
  });
  return value === undefined || value.kind === 'unknown' ? undefined : value;
}

interface Declared {
  readonly module: Module;
  readonly type: TypeDecl;
}

/** What the class itself assigns to a member. */
function ownMember(world: World, { module, type, name }: Declared & { readonly name: string }): Value | undefined {
  const assigned = module.bindings.get(`this.${name}`)?.get(type.block);
  const field = type.fields.find((candidate) => candidate.name === name);
  if (assigned) return bound(world, { bindings: assigned, name: `this.${name}`, scope: { module } });
  return field?.value ? throughName(evaluate(world, field.value, { module })) : undefined;
}

/** Members of a base class of the tree, whose constructor gets what this one hands up. */
function inherited(world: World, wanted: Wanted, scope: Scope): Value | undefined {
  const key = `extends:${wanted.module.path}#${wanted.type.block}:${wanted.name}`;
  return inTurn(world, key, () => fromBases(world, wanted, scope))?.value;
}

function fromBases(world: World, wanted: Wanted, scope: Scope): Value | undefined {
  let found: Value | undefined;
  for (const base of wanted.type.extends) {
    const value = evaluate(world, base, { module: wanted.module });
    if (value.kind === 'class') {
      const given = handedUp(wanted, scope);
      const { given: _given, ...rest } = wanted;
      const member = classMember(world, { ...rest, module: value.module, type: value.type, ...(given ? { given } : {}) });
      if (member.kind !== 'unknown') found = member;
    }
    if (value.kind === 'instance') found = instanceBase(value, wanted.name) ?? found;
  }
  return found;
}

/** `super().__init__(…)`, or the arguments as they are where a class has no constructor of its own. */
function handedUp({ module, type, given }: Wanted, scope: Scope): Given | undefined {
  const built = ownConstructor(type);
  if (!built) return given;
  const up = superCall(module, built.block);
  return up && { args: up.args, scope };
}

/** `class Client extends OpenAI`: members of what the SDK class makes. */
function instanceBase(value: Value & { kind: 'instance' }, name: string): Value | undefined {
  const meaning = value.surface.shapes[value.shape]?.call;
  if (!meaning?.returns || meaning.returns === '$receiver') return undefined;
  const member = instanceMember({ ...value, shape: meaning.returns, declared: true }, name, undefined);
  return member.kind === 'unknown' ? undefined : member;
}
