/** Conditions that say which member of an enumeration a name is. */
import type { Block, Expr } from '../../../model/source.ts';
import type { PythonNode } from '../../../parse/python.ts';
import { type Lowering, spanOf, textOf } from './lowering.ts';

/** Names of classes, as people write them; what is no enumeration says nothing later. */
const CLASS = /^[A-Z]\w{0,100}$/;

/** `x in Models`, `isinstance(x, Models)`, `x == Models.DRAFT`. */
export function amongOf(node: PythonNode, lowering: Lowering): Pick<Block, 'among'> {
  if (node.type === 'call') return ofClass(node, lowering);
  const [left, right] = node.children;
  if (node.type !== 'comparison_operator' || !left || !right || node.children.length !== 2 || left.type !== 'identifier')
    return {};
  const sign = lowering.text.slice(left.end, right.start).trim();
  const name = textOf(left, lowering);
  if (sign === 'in') return among(name, right, lowering);
  if ((sign !== '==' && sign !== 'is') || right.type !== 'attribute') return {};
  const [of, member] = right.children;
  if (!of || !member) return {};
  const known = among(name, of, lowering);
  if (!known.among) return {};
  const at = spanOf(right, lowering);
  const text: Expr = { kind: 'text', text: textOf(member, lowering), at };
  return { among: { name, of: { kind: 'member', of: known.among.of, name: text, at }, is: true } };
}

function ofClass(node: PythonNode, lowering: Lowering): Pick<Block, 'among'> {
  const [callee, args] = node.children;
  const [name, type] = args?.children ?? [];
  if (!callee || !type || textOf(callee, lowering) !== 'isinstance' || name?.type !== 'identifier') return {};
  return among(textOf(name, lowering), type, lowering);
}

function among(name: string, type: PythonNode, lowering: Lowering): Pick<Block, 'among'> {
  const written = textOf(type, lowering);
  if (type.type !== 'identifier' || !CLASS.test(written)) return {};
  return { among: { name, of: { kind: 'name', name: written, block: lowering.block, at: spanOf(type, lowering) }, is: false } };
}
