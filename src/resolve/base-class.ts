/** Classes of the tree that extend a class of an SDK: what they make is a client too. */
import type { Arg, BlockId } from '../model/source.ts';
import { applied } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { defaultOf, meaningOf } from './instances.ts';
import { inTurn } from './once.ts';
import {
  alternatives,
  type CallExpr,
  classAround,
  type Frame,
  type InstanceValue,
  isWithin,
  type Module,
  ownConstructor,
  type Scope,
  type Value,
} from './value.ts';
import type { World } from './world.ts';

type ClassValue = Value & { kind: 'class' };

/** What `super` is in a block: the class above. */
export function superClass(world: World, module: Module, block: BlockId): InstanceValue | ClassValue | undefined {
  const type = classAround(module, block);
  return type && baseOf(world, { kind: 'class', module, type });
}

/** The first class above that is one of the tree or of an SDK. */
export function baseOf(world: World, { module, type }: ClassValue): InstanceValue | ClassValue | undefined {
  const key = `base:${module.path}#${type.block}`;
  const bases = inTurn(world, key, () => type.extends.flatMap((base) => alternatives(evaluate(world, base, { module }))));
  const found = bases?.value.filter(
    (value): value is InstanceValue | ClassValue => value.kind === 'class' || (value.kind === 'instance' && makesClient(value)),
  );
  // Of a mixin and a client the client is what it is.
  return found?.find((value) => value.kind === 'instance' || (found.length > 1 && isClient(world, value))) ?? found?.[0];
}

function isClient(world: World, value: ClassValue): boolean {
  const base = baseOf(world, value);
  return base?.kind === 'instance' || (base?.kind === 'class' && isClient(world, base));
}

function makesClient(value: InstanceValue): boolean {
  const returns = meaningOf(value)?.returns;
  return returns !== undefined && returns !== '$receiver';
}

/** The client inside of what a class makes: its constructor's `super(…)`, or the arguments as they are. */
export function clientInside(
  world: World,
  made: ClassValue,
  { call, scope, frame }: { call: CallExpr; scope: Scope; frame?: Frame },
): InstanceValue | undefined {
  const base = baseOf(world, made);
  if (!base) return undefined;
  const key = `inside:${made.module.path}#${made.type.block}`;
  const up = frame && superCall(made.module, frame.block);
  const done = inTurn(world, key, () =>
    applied(world, {
      callee: base,
      call: up ?? { ...call, args: frame ? ([] as readonly Arg[]) : call.args },
      scope: up && frame ? { module: made.module, frame } : scope,
    }),
  );
  if (!done) return undefined;
  const { value } = done;
  if (value.kind === 'instance') return value;
  return value.kind === 'object' ? value.client : undefined;
}

/** The call of the constructor above, in the block of a constructor. */
export function superCall(module: Module, block: BlockId): CallExpr | undefined {
  return module.unit.sites.find(
    ({ call, block: at }) => call.callee.kind === 'name' && call.callee.name === 'super' && isWithin(module, at, block),
  )?.call;
}

/** `new Mine(…)` without a constructor of its own runs that of the SDK. */
export function runClass(world: World, called: Value): Value {
  const callee = defaultOf(called);
  if (callee.kind !== 'class' || ownConstructor(callee.type)) return callee;
  const base = baseOf(world, callee);
  return base?.kind === 'class' ? runClass(world, base) : (base ?? callee);
}
