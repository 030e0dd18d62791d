/** Classes: base classes, fields, methods and decorators. */
import type { Expr } from '../../../model/source.ts';
import type { PythonNode } from '../../../parse/python.ts';
import { lowerDefinition } from './functions.ts';
import {
  childOf,
  declareName,
  functionScope,
  type Handlers,
  inBlock,
  type Lowering,
  lower,
  type OpenType,
  spanOf,
  textOf,
  visit,
  visitChildren,
} from './lowering.ts';

/** Classes, and whatever is decorated. */
export const CLASSES: Handlers = [
  ['class_definition', (node, lowering) => lowerClass(node, [], lowering)],
  ['decorated_definition', lowerDecorated],
];

function lowerDecorated(node: PythonNode, lowering: Lowering): undefined {
  const annotations: Expr[] = [];
  for (const child of node.children) {
    const [expression] = child.children;
    if (child.type === 'decorator' && expression) annotations.push(lower(expression, lowering));
    else if (child.type === 'class_definition') lowerClass(child, annotations, lowering);
    else if (child.type === 'function_definition') lowerDefinition(child, annotations, lowering);
    else visit(child, lowering);
  }
}

function lowerClass(node: PythonNode, annotations: readonly Expr[], lowering: Lowering): undefined {
  const label = childOf(node, 'identifier');
  if (!label) return visitChildren(node, lowering);
  const name = textOf(label, lowering);
  const { symbol: outerSymbol, type: outerType, self: outerSelf } = lowering;
  const bases = basesOf(node, lowering);
  declareName(lowering, functionScope(lowering), name);
  lowering.symbol = name;
  lowering.self = undefined;
  const fields: OpenType['fields'] = [];
  const methods: OpenType['methods'] = [];
  const block = inBlock(lowering, { kind: 'class', symbol: name }, () => {
    lowering.type = { block: lowering.block, name, symbol: name, fields, methods };
    const body = childOf(node, 'block');
    if (body) visit(body, lowering);
  });
  lowering.symbol = outerSymbol;
  lowering.type = outerType;
  lowering.self = outerSelf;
  lowering.types.push({ name, extends: bases, fields, methods, annotations, block, at: spanOf(label, lowering) });
}

/** Base classes; of `Generic[T]` and kin the class itself. `metaclass=…` and other keywords are no bases. */
function basesOf(node: PythonNode, lowering: Lowering): Expr[] {
  const bases: Expr[] = [];
  for (const base of childOf(node, 'argument_list')?.children ?? []) {
    const generic = base.type === 'subscript' ? base.children[0] : undefined;
    if (base.type === 'keyword_argument') visitChildren(base, lowering);
    else bases.push(lower(generic ?? base, lowering));
  }
  return bases;
}
