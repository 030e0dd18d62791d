/** `of.name`, whatever `of` amounts to. */
import type { Entry, Location, TypeDecl } from '../model/source.ts';
import { invoked } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { exported } from './exports.ts';
import { instanceMember, shapeInstance } from './instances.ts';
import { bound } from './names.ts';
import { fieldOf, isParsed } from './schemas.ts';
import { subclassesOf } from './subclasses.ts';
import { choice, type Module, type Scope, throughName, unknown, type Value } from './value.ts';
import type { World } from './world.ts';

const CONDITIONAL = new Set(['then', 'else', 'case', 'try', 'catch', 'loop', 'callback']);
const NOT_READ = new Set(['call', 'apply', 'bind', 'name', 'length', 'prototype', 'displayName', 'defaultProps']);
const SPREADS = 60;
const SUBCLASSES = 40;

/** Reads one member of a value. */
export function memberOf(world: World, of: Value, name: string, at?: Location): Value {
  switch (of.kind) {
    case 'instance':
      return isParsed(of) ? fieldOf(world, of, name, at) : instanceMember(of, name, at);
    case 'namespace': {
      const shape = of.surface.exports[name];
      return shape ? shapeInstance(of.surface, shape) : unknown('surface-without-meaning');
    }
    case 'module':
      return exported(world, of.module, name);
    case 'record':
      return assignedMember(world, of, name) ?? recordMember(world, of, name);
    case 'map':
      return of.entries.get(name) ?? unknown(of.open ? 'open-record' : 'no-member');
    case 'list':
      return of.items[Number(name)] ?? unknown('no-member');
    case 'class':
      return classMember(world, { module: of.module, type: of.type, name, statics: true });
    case 'object':
      return objectMember(world, of, name);
    case 'choice':
      return choice(
        of.of.map((part) => memberOf(world, part, name, at)),
        of.by,
      );
    case 'function':
      // A property is a method that is read like a field.
      return NOT_READ.has(name)
        ? unknown('no-member')
        : memberOf(world, invoked(world, of, { args: [], scope: of.scope }), name, at);
    case 'param':
      return { ...of, path: [...of.path, name] };
    case 'unknown':
      return of;
    case 'text':
      // `new URL(…).href` is the text that was made a URL.
      return name === 'href' ? of : unknown('no-member');
    default:
      return unknown('no-member');
  }
}

/** `options.model = …` after `const options = {…}`: the assignment, and what was there before unless it always happens. */
function assignedMember(world: World, of: Value & { kind: 'record' }, name: string): Value | undefined {
  if (of.name === undefined) return undefined;
  const { module } = of.scope;
  const bindings = module.bindings.get(`${of.name}.${name}`);
  if (!bindings) return undefined;
  const own = recordMember(world, of, name);
  const later = bound(world, { bindings, name: `${of.name.slice(of.name.indexOf(':') + 1)}.${name}`, scope: of.scope });
  const isCertain = bindings.some((binding) => !CONDITIONAL.has(module.unit.blocks[binding.block]?.kind ?? 'module'));
  if (isCertain) return later;
  const before = own.kind === 'unknown' && own.why === 'no-member' ? unknown('undefined') : own;
  return { kind: 'choice', of: [before, later], by: 'branch' };
}

function recordMember(world: World, of: Value & { kind: 'record' }, name: string): Value {
  const { entries, open } = of.expr;
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index];
    if (!entry) continue;
    if (entry.key === name) return evaluate(world, entry.value, of.scope);
    if (entry.key === '...') {
      const value = spreadMember(world, entry, of.scope, name);
      if (value) return value;
    }
  }
  return unknown(open ? 'open-record' : 'no-member');
}

function spreadMember(world: World, entry: Entry, scope: Scope, name: string): Value | undefined {
  // A record spread into itself would go round for ever: each step down counts.
  if (world.depth > SPREADS || world.fuel-- <= 0) return undefined;
  world.depth++;
  const inner = entry.value.kind === 'spread' ? entry.value.of : entry.value;
  const value = memberOf(world, evaluate(world, inner, scope), name);
  world.depth--;
  return value.kind === 'unknown' && value.why === 'no-member' ? undefined : value;
}

function objectMember(world: World, of: Value & { kind: 'object' }, name: string): Value {
  const given = of.fields?.args.find((argument) => argument.name === name);
  if (of.fields && given) return evaluate(world, given.value, of.fields.scope);
  const value = classMember(world, {
    module: of.module,
    type: of.type,
    name,
    statics: false,
    ...(of.frame ? { frame: of.frame } : {}),
  });
  if (of.client && (value.kind === 'unknown' || (value.kind === 'instance' && value.declared)))
    return instanceMember(of.client, name, undefined);
  return value.kind === 'function' ? { ...value, self: of } : value;
}

interface ClassMember {
  readonly module: Module;
  readonly type: TypeDecl;
  readonly name: string;
  readonly statics: boolean;
  readonly frame?: NonNullable<Scope['frame']>;
}

function classMember(world: World, wanted: ClassMember): Value {
  const { module, type, name, statics, frame } = wanted;
  const scope: Scope = frame ? { module, frame } : { module };
  const method = type.methods.find((candidate) => candidate.name === name && (candidate.static || !statics));
  if (method?.value.kind === 'function') return { kind: 'function', expr: method.value, scope };
  const assigned = module.bindings.get(`${type.block}:this.${name}`);
  const field = type.fields.find((candidate) => candidate.name === name && (candidate.static || !statics));
  const values: Value[] = [];
  if (field?.value) values.push(throughName(evaluate(world, field.value, scope)));
  if (assigned) values.push(bound(world, { bindings: assigned, name: `this.${name}`, scope }));
  if (values.length) return choice(values, 'branch');
  if (field?.declaredType) {
    const declared = declaredField(world, field.declaredType, scope);
    if (declared) return declared;
  }
  return inherited(world, wanted) ?? (frame || statics ? undefined : fromSubclasses(world, wanted)) ?? unknown('no-member');
}

function declaredField(
  world: World,
  type: NonNullable<TypeDecl['fields'][number]['declaredType']>,
  scope: Scope,
): Value | undefined {
  return bound(world, {
    bindings: [{ name: '', scope: -1, declaredType: type, block: 0, at: type.at }],
    name: `:type:${type.at.line}:${type.at.column}`,
    scope,
  });
}

/** `self.client` in a base class whose subclasses make the client: any of theirs. */
function fromSubclasses(world: World, wanted: ClassMember): Value | undefined {
  const key = `subclasses:${wanted.module.path}#${wanted.type.block}:${wanted.name}`;
  if (world.active.has(key)) return undefined;
  const memo = world.memo.get(key);
  if (memo) return memo.kind === 'unknown' ? undefined : memo;
  world.active.add(key);
  const found = subclassesOf(world, wanted).flatMap(({ module, type }): readonly Value[] => {
    const value = ownMember(world, { module, type, name: wanted.name, statics: false });
    return value ? [value] : [];
  });
  world.active.delete(key);
  const value = found.length ? choice(found.slice(0, SUBCLASSES), 'branch') : unknown('no-member');
  if (!world.active.size) world.memo.set(key, value);
  return value.kind === 'unknown' ? undefined : value;
}

/** What the class itself assigns to a member. */
function ownMember(world: World, { module, type, name }: ClassMember): Value | undefined {
  const assigned = module.bindings.get(`${type.block}:this.${name}`);
  const field = type.fields.find((candidate) => candidate.name === name);
  if (assigned) return bound(world, { bindings: assigned, name: `this.${name}`, scope: { module } });
  return field?.value ? throughName(evaluate(world, field.value, { module })) : undefined;
}

/** Members of a base class of the tree. */
function inherited(world: World, wanted: ClassMember): Value | undefined {
  const key = `extends:${wanted.module.path}#${wanted.type.block}:${wanted.name}`;
  if (world.active.has(key)) return undefined;
  world.active.add(key);
  let found: Value | undefined;
  for (const base of wanted.type.extends) {
    const value = evaluate(world, base, { module: wanted.module });
    if (value.kind === 'class') {
      const { frame: _frame, ...rest } = wanted;
      const member = classMember(world, { ...rest, module: value.module, type: value.type });
      if (member.kind !== 'unknown') found = member;
    }
    if (value.kind === 'instance') found = instanceBase(value, wanted);
  }
  world.active.delete(key);
  return found;
}

/** `class Client extends OpenAI`: members of what the SDK class makes. */
function instanceBase(value: Value & { kind: 'instance' }, { name }: ClassMember): Value | undefined {
  const meaning = value.surface.shapes[value.shape]?.call;
  if (!meaning?.returns || meaning.returns === '$receiver') return undefined;
  const member = instanceMember({ ...value, shape: meaning.returns, declared: true }, name, undefined);
  return member.kind === 'unknown' ? undefined : member;
}
