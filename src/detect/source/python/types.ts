/** Types, as far as they say which class a value is an instance of. */
import type { Expr } from '../../../model/source.ts';
import type { PythonNode } from '../../../parse/python.ts';
import { type Lowering, memberAt, nameAt, spanOf, textOf, unknown, visit } from './lowering.ts';
import { plainText, recordString } from './strings.ts';

const MAX_PARTS = 50;
/** Generic types whose instance is, for the audit, that of their first argument. */
const TRANSPARENT = new Set(['Optional', 'Annotated', 'Final', 'ClassVar', 'Required', 'NotRequired', 'ReadOnly', 'Awaitable']);
/** Plain data, and types that say nothing. */
const PLAIN = new Set([
  ...['str', 'int', 'float', 'bool', 'bytes', 'complex', 'object', 'None', 'dict', 'list', 'tuple', 'set', 'frozenset', 'type'],
  ...['Any', 'Dict', 'List', 'Tuple', 'Set', 'FrozenSet', 'Type', 'Literal', 'Callable', 'Iterable', 'Iterator', 'Sequence'],
  ...['Mapping', 'MutableMapping', 'AsyncIterator', 'AsyncGenerator', 'Generator', 'Coroutine', 'Union', 'Self', 'NoReturn'],
]);
const QUOTED_NAME = /^\s*(?:Optional\[\s*)?([A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,49})\s*(?:\]|\|\s*None)?\s*$/;

/** Keeps the texts of a type; calls in it (`Annotated[Client, Depends(make)]`) become sites. */
export function visitType(type: PythonNode, key: string | undefined, lowering: Lowering): void {
  const slot = key === undefined ? ({ role: 'type' } as const) : ({ role: 'type', key } as const);
  const open = [type];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'string') recordString(plainText(node, lowering), node, { lowering, slot });
    else if (node.type === 'call') visit(node, lowering, slot);
    else for (let index = node.children.length - 1; index >= 0; index--) push(open, node.children[index]);
  }
}

function push(open: PythonNode[], node: PythonNode | undefined): void {
  if (node) open.push(node);
}

/** The class a type names; nothing for plain data. `Optional`, `| None` and quotes are taken off. */
export function declaredType(type: PythonNode, lowering: Lowering): Expr | undefined {
  const of = partsOf(type, lowering).flatMap((part) => classOf(part, lowering) ?? []);
  return of.length > 1 ? { kind: 'choice', of, by: 'branch', at: spanOf(type, lowering) } : of[0];
}

/** Whether a field belongs to the class alone. */
export function isOfClass(type: PythonNode, lowering: Lowering): boolean {
  return /^(?:\w{1,40}\.)?ClassVar\b/.test(textOf(type, lowering));
}

/** The members of a union, wrappers taken off, without recursion. */
function partsOf(type: PythonNode, lowering: Lowering): readonly PythonNode[] {
  const found: PythonNode[] = [];
  const open = [type];
  for (let node = open.pop(); node && found.length < MAX_PARTS; node = open.pop()) {
    if (node.type === 'type' || node.type === 'parenthesized_expression') push(open, node.children[0]);
    else if (node.type === 'union_type' || node.type === 'binary_operator')
      for (const part of node.children.toReversed()) open.push(part);
    else if (node.type === 'generic_type' || node.type === 'subscript') {
      const name = lastName(node, lowering);
      const args = argumentsOf(node);
      if (TRANSPARENT.has(name)) push(open, args[0]);
      else if (name === 'Union') for (const part of args.toReversed()) open.push(part);
      else if (!PLAIN.has(name)) push(open, node.children[0]);
    } else found.push(node);
  }
  return found;
}

function argumentsOf(node: PythonNode): readonly PythonNode[] {
  const [, first, ...rest] = node.children;
  return first?.type === 'type_parameter' ? first.children : first ? [first, ...rest] : [];
}

function lastName({ children: [base] }: PythonNode, lowering: Lowering): string {
  const name = base?.type === 'attribute' ? base.children[1] : base;
  return name ? textOf(name, lowering) : '';
}

function classOf(node: PythonNode, lowering: Lowering): Expr | undefined {
  if (node.type === 'string') return quoted(node, lowering);
  if (node.type !== 'identifier' && node.type !== 'attribute' && node.type !== 'member_type') return undefined;
  const parts: PythonNode[] = [];
  let inner: PythonNode | undefined = node;
  while (inner && inner.type !== 'identifier') {
    const [of, part]: readonly (PythonNode | undefined)[] = inner.children;
    if (part) parts.push(part);
    inner = of;
  }
  if (!inner) return undefined;
  if (parts.length > MAX_PARTS) return unknown(node, lowering, 'too-deep');
  const last = parts[0] ?? inner;
  if (PLAIN.has(textOf(last, lowering))) return undefined;
  let expr = nameAt(textOf(inner, lowering), inner, lowering);
  for (const part of parts.reverse()) expr = memberAt(expr, textOf(part, lowering), { node: part, lowering });
  return expr;
}

function quoted(node: PythonNode, lowering: Lowering): Expr | undefined {
  const [root, ...path] = QUOTED_NAME.exec(plainText(node, lowering))?.[1]?.split('.') ?? [];
  if (root === undefined || PLAIN.has(path.at(-1) ?? root)) return undefined;
  let expr = nameAt(root, node, lowering);
  for (const part of path) expr = memberAt(expr, part, { node, lowering });
  return expr;
}
