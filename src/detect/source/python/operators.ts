/** Operators. They lean left and may be hundreds of thousands long, so their spine is walked, not descended. */
import type { Expr } from '../../../model/source.ts';
import type { PythonNode } from '../../../parse/python.ts';
import { filled } from './formats.ts';
import {
  countRead,
  type Handlers,
  type Lowering,
  lower,
  type Slot,
  spanBetween,
  spanOf,
  textOf,
  unknown,
  VALUE,
  visit,
  visitChildren,
} from './lowering.ts';

/** Steps kept in one expression where each wraps the one before. */
const CHAIN_LIMIT = 250;

/** Operators and conditions. */
export const OPERATORS: Handlers = [
  ['binary_operator', lowerBinary],
  ['boolean_operator', lowerBinary],
  ['comparison_operator', lowerComparison],
  ['conditional_expression', lowerConditional],
  [
    'not_operator',
    (node, lowering) => {
      visitChildren(node, lowering);
      return unknown(node, lowering, 'comparison');
    },
  ],
  ['unary_operator', lowerUnary],
];

interface Step {
  readonly node: PythonNode;
  readonly left: PythonNode;
  readonly right: PythonNode;
  readonly operator: string;
}

function stepOf(node: PythonNode, lowering: Lowering): Step | undefined {
  if (node.type !== 'binary_operator' && node.type !== 'boolean_operator') return undefined;
  const [left, right] = node.children;
  if (!left || !right) return undefined;
  const between = lowering.text.slice(left.end, right.start);
  const operator = between.includes('#') ? between.replace(/#.*/g, '') : between;
  return { node, left, right, operator: operator.replace(/[\s\\]+/g, '') };
}

function lowerBinary(node: PythonNode, lowering: Lowering, slot: Slot): Expr {
  const steps: Step[] = [];
  let left = node;
  for (let step = stepOf(node, lowering); step; step = stepOf(left, lowering)) {
    steps.push(step);
    left = step.left;
  }
  const first = steps.at(-1);
  if (!first) {
    visitChildren(node, lowering);
    return unknown(node, lowering, 'expression');
  }
  const height = lowering.height;
  lowering.height += Math.min(steps.filter(({ operator }) => operator === '|').length, CHAIN_LIMIT);
  let value = lower(left, lowering, first.operator === '+' || first.operator === 'or' ? slot : VALUE);
  let wraps = 0;
  for (let index = steps.length - 1; index >= 0; ) {
    const step = steps[index] ?? first;
    const operands = [value];
    let { end } = step.node;
    // Neighbours of one meaning make one flat join, list or choice.
    const flat = step.operator === '+' || step.operator === 'or' || step.operator === 'and';
    do {
      const next = steps[index] ?? step;
      operands.push(lower(next.right, lowering, rightSlot(next, slot)));
      end = next.node.end;
      index--;
    } while (flat && steps[index]?.operator === step.operator);
    const at = spanBetween(node.start, end, lowering);
    if (step.operator === '|') wraps++;
    value = step.operator === '|' && wraps % CHAIN_LIMIT === 0 ? cut(at, lowering) : combined(step.operator, operands, at);
  }
  lowering.height = height;
  return value;
}

function cut(at: Expr['at'], lowering: Lowering): Expr {
  lowering.cut = true;
  return { kind: 'unknown', why: 'too-deep', at };
}

function combined(operator: string, operands: readonly Expr[], at: Expr['at']): Expr {
  const [left, right] = operands;
  if (operator === 'or') return { kind: 'choice', of: operands, by: 'default', at };
  if (operator === 'and') return operands.at(-1) ?? { kind: 'unknown', why: 'expression', at };
  if (operator === '+') return added(operands, at);
  if (operator === '%' && left?.kind === 'text' && right) return filled(left, right, at);
  if (operator === '|' && left && right) {
    // Classes give `|` their own meaning, chains of models among them; the code shows no call, so there is no site.
    const name: Expr = { kind: 'text', text: '__or__', at };
    return { kind: 'call', callee: { kind: 'member', of: left, name, at }, args: [{ value: right }], site: -1, at };
  }
  return { kind: 'unknown', why: 'arithmetic', at };
}

/** Text put together, or lists. */
export function added(operands: readonly Expr[], at: Expr['at']): Expr {
  if (operands.some(({ kind }) => kind === 'list')) {
    const items = operands.flatMap((part): readonly Expr[] =>
      part.kind === 'list' ? part.items : [{ kind: 'spread', of: part, at: part.at }],
    );
    return { kind: 'list', items, at };
  }
  return mayBeText(operands) ? { kind: 'join', parts: operands, at } : { kind: 'unknown', why: 'arithmetic', at };
}

function mayBeText(operands: readonly Expr[]): boolean {
  if (operands.some(({ kind }) => kind === 'text' || kind === 'join')) return true;
  return operands.every(({ kind }) => kind !== 'constant' && kind !== 'unknown');
}

function rightSlot({ operator }: Step, slot: Slot): Slot {
  if (operator === 'or') return { ...slot, role: 'default' };
  return operator === '+' || operator === 'and' ? slot : VALUE;
}

function lowerComparison(node: PythonNode, lowering: Lowering): Expr {
  for (const [index, operand] of node.children.entries()) {
    const before = node.children[index - 1];
    // `x in NAMES`: the name is read to ask.
    if (before && operand.type === 'identifier' && /\bin\b/.test(lowering.text.slice(before.end, operand.start)))
      countRead(lowering, textOf(operand, lowering), 'asked');
    visit(operand, lowering, operandSlot(node.children[index === 0 ? 1 : index - 1], lowering));
  }
  return unknown(node, lowering, 'comparison');
}

/** A compared text is keyed by what it is compared with: `options.model == "x"` by `model`. */
function operandSlot(other: PythonNode | undefined, lowering: Lowering): Slot {
  if (other?.type === 'identifier') return { role: 'operand', key: textOf(other, lowering) };
  const member = other?.type === 'attribute' ? other.children[1] : undefined;
  return member ? { role: 'operand', key: textOf(member, lowering) } : { role: 'operand' };
}

/** `a if x else b if y else c`: one choice, however long. */
function lowerConditional(node: PythonNode, lowering: Lowering, slot: Slot): Expr {
  const of: Expr[] = [];
  let rest: PythonNode | undefined = node;
  while (rest?.type === 'conditional_expression') {
    const [value, condition, otherwise]: readonly (PythonNode | undefined)[] = rest.children;
    if (value) of.push(lower(value, lowering, slot));
    if (condition) visit(condition, lowering);
    rest = otherwise;
  }
  if (rest) of.push(lower(rest, lowering, slot));
  return { kind: 'choice', of, by: 'branch', at: spanOf(node, lowering) };
}

function lowerUnary(node: PythonNode, lowering: Lowering): Expr {
  const [operand] = node.children;
  const value = operand && visit(operand, lowering);
  if (value?.kind === 'constant' && typeof value.value === 'number' && lowering.text[node.start] === '-') {
    return { ...value, value: -value.value, at: spanOf(node, lowering) };
  }
  return unknown(node, lowering, 'arithmetic');
}
