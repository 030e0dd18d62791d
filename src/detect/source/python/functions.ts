/** Functions: their block, parameters and what they return. */
import type { Expr } from '../../../model/source.ts';
import type { PythonNode } from '../../../parse/python.ts';
import {
  childOf,
  classAround,
  declare,
  functionScope,
  type Handlers,
  inBlock,
  type Lowering,
  lower,
  type Slot,
  spanOf,
  textOf,
  unknown,
  visit,
  visitChildren,
} from './lowering.ts';
import { bindTarget } from './targets.ts';
import { declaredType, visitType } from './types.ts';

/** Methods that get the class although nothing marks them. */
const GET_CLASS = new Set(['__new__', '__init_subclass__', '__class_getitem__']);
/** Decorators of functions whose result is what they yield. */
const GIVE_YIELDED = new Set(['contextmanager', 'asynccontextmanager', 'fixture']);

const GETTERS = new Set(['property', 'cached_property', 'computed_field']);

/** Functions and what leaves them. */
export const FUNCTIONS: Handlers = [
  ['function_definition', (node, lowering) => lowerDefinition(node, [], lowering)],
  ['lambda', lowerLambda],
  [
    'return_statement',
    (node, lowering) => {
      const [value] = node.children;
      if (value) lowering.returns.push(lower(value, lowering, returned(lowering)));
      return undefined;
    },
  ],
  [
    'yield',
    (node, lowering) => {
      const [value] = node.children;
      const lowered = value && lower(value, lowering, returned(lowering));
      if (lowered && lowering.yields) lowering.returns.push(lowered);
      return unknown(node, lowering, 'yield');
    },
  ],
];

function returned({ symbol }: Lowering): Slot {
  return symbol === '' ? { role: 'return' } : { role: 'return', key: symbol };
}

/** Lowers a `def` and what decorates it. */
export function lowerDefinition(node: PythonNode, annotations: readonly Expr[], lowering: Lowering): undefined {
  const decorators = annotations.map(decoratorName);
  const label = childOf(node, 'identifier');
  if (!label) return visitChildren(node, lowering);
  const name = textOf(label, lowering);
  const type = classAround(lowering);
  const isStatic = decorators.includes('staticmethod');
  const getsClass = decorators.includes('classmethod') || GET_CLASS.has(name);
  const value = lowerFunction(node, lowering, {
    symbol: type ? `${type.symbol}.${name}` : name,
    yields: decorators.some((decorator) => GIVE_YIELDED.has(decorator)),
    self: type && !isStatic ? { isClass: getsClass } : undefined,
  });
  // The name of an overload belongs to the implementation below it; a setter gives no value.
  if (decorators.includes('overload') || decorators.includes('setter') || decorators.includes('deleter')) return;
  if (type) {
    const method = name === '__init__' ? 'constructor' : name;
    const getter = decorators.some((decorator) => GETTERS.has(decorator));
    type.methods.push({
      name: method,
      value,
      static: isStatic || getsClass,
      ...(getter ? { getter } : {}),
      ...(annotations.length ? { annotations } : {}),
    });
  } else {
    const scope = functionScope(lowering);
    declare(lowering, { name, scope, value, block: lowering.block, at: spanOf(label, lowering) });
  }
}

/** The last name of a decorator: `fixture` of `@pytest.fixture(scope="module")`. */
function decoratorName(annotation: Expr): string {
  const callee = annotation.kind === 'call' ? annotation.callee : annotation;
  if (callee.kind === 'name') return callee.name;
  return callee.kind === 'member' && callee.name.kind === 'text' ? callee.name.text : '';
}

function lowerLambda(node: PythonNode, lowering: Lowering, slot: Slot): Expr {
  return lowerFunction(node, lowering, { symbol: slot.symbol ?? lowering.symbol, yields: false, self: undefined });
}

interface Kind {
  readonly symbol: string;
  readonly yields: boolean;
  /** A method: its first parameter is its instance or class. */
  readonly self: { readonly isClass: boolean } | undefined;
}

function lowerFunction(node: PythonNode, lowering: Lowering, { symbol, yields, self }: Kind): Expr {
  const { symbol: outerSymbol, returns: outerReturns, yields: outerYields, self: outerSelf } = lowering;
  const parameters = childOf(node, 'parameters') ?? childOf(node, 'lambda_parameters');
  const body = node.children.at(-1);
  lowering.symbol = symbol;
  lowering.returns = [];
  lowering.yields = yields;
  const block = inBlock(lowering, { kind: 'function', symbol }, () => {
    if (parameters) bindParameters(parameters, self, lowering);
    const result = childOf(node, 'type');
    if (result) visitType(result, undefined, lowering);
    if (body?.type === 'block') visit(body, lowering);
    else if (node.type === 'lambda' && body && body !== parameters)
      lowering.returns.push(lower(body, lowering, returned(lowering)));
  });
  const { returns } = lowering;
  lowering.symbol = outerSymbol;
  lowering.returns = outerReturns;
  lowering.yields = outerYields;
  lowering.self = outerSelf;
  return { kind: 'function', block, returns, at: spanOf(node, lowering) };
}

function bindParameters(parameters: PythonNode, self: Kind['self'], lowering: Lowering): void {
  const [first] = parameters.children;
  const own = self && first && parameterName(first);
  if (own) lowering.self = { name: textOf(own, lowering), isClass: self.isClass };
  const rest = own ? parameters.children.slice(1) : parameters.children;
  for (const [index, parameter] of rest.entries()) bindParameter(parameter, index, lowering);
}

/** The identifier of a parameter that takes one argument. */
function parameterName(parameter: PythonNode): PythonNode | undefined {
  const name = parameter.type === 'identifier' ? parameter : parameter.children[0];
  return name?.type === 'identifier' && !parameter.type.endsWith('splat_pattern') ? name : undefined;
}

/** `*args`, `**options`, and the patterns of Python 2. */
function bindRest(parameter: PythonNode, index: number, lowering: Lowering): void {
  const target = parameter.type === 'typed_parameter' ? parameter.children[0] : parameter;
  const [name] = target?.children ?? [];
  if (!target) return;
  if (!target.type.endsWith('splat_pattern') || name?.type !== 'identifier') {
    bindTarget(target, { value: unknown(parameter, lowering, 'rest'), scope: lowering.block }, lowering);
    return;
  }
  const rest = target.type === 'list_splat_pattern' ? 'items' : 'names';
  const at = spanOf(name, lowering);
  declare(lowering, {
    name: textOf(name, lowering),
    scope: lowering.block,
    param: { index, path: [], rest },
    block: lowering.block,
    at,
  });
}

function bindParameter(parameter: PythonNode, index: number, lowering: Lowering): void {
  const name = parameterName(parameter);
  const key = name && textOf(name, lowering);
  // A function inside a method may use the name for something of its own.
  if (key !== undefined && key === lowering.self?.name) lowering.self = undefined;
  const type = childOf(parameter, 'type');
  if (type) visitType(type, key, lowering);
  if (!name || key === undefined) {
    bindRest(parameter, index, lowering);
    return;
  }
  const missing = parameter.type.endsWith('default_parameter') ? parameter.children.at(-1) : undefined;
  const fallback = missing && lower(missing, lowering, { role: 'default', key });
  const declared = type && declaredType(type, lowering);
  declare(lowering, {
    name: key,
    scope: lowering.block,
    param: { index, path: [], ...(fallback ? { fallback } : {}) },
    ...(declared ? { declaredType: declared } : {}),
    block: lowering.block,
    at: spanOf(name, lowering),
  });
}
