/** Operators. They lean left and may be hundreds of thousands long, so their spine is walked, not descended. */
import { ts } from 'ts-morph';
import type { Expr } from '../../../model/source.ts';
import { lowerAssignment } from './assignments.ts';
import {
  type Handlers,
  type Lowering,
  lower,
  on,
  type Slot,
  spanBetween,
  spanOf,
  startOf,
  unknown,
  VALUE,
  visit,
  visitChildren,
} from './lowering.ts';

const { SyntaxKind } = ts;

type Meaning = 'join' | 'default' | 'right' | 'comparison' | 'arithmetic';

const MEANING: ReadonlyMap<ts.SyntaxKind, Meaning> = new Map([
  [SyntaxKind.PlusToken, 'join'],
  [SyntaxKind.BarBarToken, 'default'],
  [SyntaxKind.QuestionQuestionToken, 'default'],
  [SyntaxKind.AmpersandAmpersandToken, 'right'],
  [SyntaxKind.CommaToken, 'right'],
  [SyntaxKind.EqualsEqualsToken, 'comparison'],
  [SyntaxKind.EqualsEqualsEqualsToken, 'comparison'],
  [SyntaxKind.ExclamationEqualsToken, 'comparison'],
  [SyntaxKind.ExclamationEqualsEqualsToken, 'comparison'],
  [SyntaxKind.InKeyword, 'comparison'],
  [SyntaxKind.InstanceOfKeyword, 'comparison'],
]);

export const OPERATORS: Handlers = [
  ...on(SyntaxKind.BinaryExpression, ts.isBinaryExpression, lowerBinary),
  ...on(SyntaxKind.ConditionalExpression, ts.isConditionalExpression, lowerConditional),
  ...on(SyntaxKind.PrefixUnaryExpression, ts.isPrefixUnaryExpression, lowerPrefix),
  ...on(SyntaxKind.VoidExpression, ts.isVoidExpression, (node, lowering) => {
    visitChildren(node, lowering);
    return unknown(node, lowering, 'undefined');
  }),
  ...on(SyntaxKind.YieldExpression, ts.isYieldExpression, (node, lowering) => {
    visitChildren(node, lowering);
    return unknown(node, lowering, 'yield');
  }),
];

function lowerBinary(node: ts.BinaryExpression, lowering: Lowering, slot: Slot): Expr {
  if (isAssignment(node)) return lowerAssignment(node, lowering);
  const steps: ts.BinaryExpression[] = [];
  let left: ts.Expression = node;
  while (ts.isBinaryExpression(left) && !isAssignment(left)) {
    steps.push(left);
    left = left.left;
  }
  const start = startOf(node, lowering);
  const first = steps[steps.length - 1] ?? node;
  let value = lower(left, lowering, leftSlot(first, slot));
  for (let index = steps.length - 1; index >= 0; ) {
    const step = steps[index] ?? node;
    const meaning = meaningOf(step);
    const operands = [value];
    let end = step.end;
    // Neighbours of one meaning make one flat join or choice.
    for (let next: ts.BinaryExpression | undefined = step; next && meaningOf(next) === meaning; next = steps[--index]) {
      operands.push(lower(next.right, lowering, rightSlot(next, slot)));
      end = next.end;
    }
    value = combined(meaning, operands, spanBetween(start, end, lowering));
  }
  return value;
}

function isAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
}

function meaningOf(node: ts.BinaryExpression): Meaning {
  return MEANING.get(node.operatorToken.kind) ?? 'arithmetic';
}

function combined(meaning: Meaning, operands: readonly Expr[], at: Expr['at']): Expr {
  if (meaning === 'right') return operands[operands.length - 1] ?? { kind: 'unknown', why: 'expression', at };
  if (meaning === 'default') return { kind: 'choice', of: operands, by: 'default', at };
  if (meaning === 'join' && mayBeText(operands)) return { kind: 'join', parts: operands, at };
  return { kind: 'unknown', why: meaning === 'comparison' ? 'comparison' : 'arithmetic', at };
}

function mayBeText(operands: readonly Expr[]): boolean {
  if (operands.some(({ kind }) => kind === 'text' || kind === 'join')) return true;
  return operands.every(({ kind }) => kind !== 'constant' && kind !== 'unknown' && kind !== 'list');
}

function leftSlot(node: ts.BinaryExpression, slot: Slot): Slot {
  const meaning = meaningOf(node);
  if (meaning === 'comparison') return operandSlot(node.right);
  return meaning === 'join' || meaning === 'default' ? slot : VALUE;
}

function rightSlot(node: ts.BinaryExpression, slot: Slot): Slot {
  const meaning = meaningOf(node);
  if (meaning === 'comparison') return operandSlot(node.left);
  return meaning === 'default' ? { ...slot, role: 'default' } : slot;
}

/** A compared text is keyed by what it is compared with: `options.model === 'x'` by `model`. */
function operandSlot(other: ts.Expression): Slot {
  if (ts.isIdentifier(other)) return { role: 'operand', key: other.text };
  if (ts.isPropertyAccessExpression(other)) return { role: 'operand', key: other.name.text };
  return { role: 'operand' };
}

function lowerConditional(node: ts.ConditionalExpression, lowering: Lowering, slot: Slot): Expr {
  const of: Expr[] = [];
  let rest: ts.Expression = node;
  while (ts.isConditionalExpression(rest)) {
    visit(rest.condition, lowering);
    of.push(lower(rest.whenTrue, lowering, slot));
    rest = rest.whenFalse;
  }
  of.push(lower(rest, lowering, slot));
  return { kind: 'choice', of, by: 'branch', at: spanOf(node, lowering) };
}

function lowerPrefix(node: ts.PrefixUnaryExpression, lowering: Lowering): Expr {
  const operand = lower(node.operand, lowering);
  if (operand.kind === 'constant' && typeof operand.value === 'number' && node.operator === SyntaxKind.MinusToken) {
    return { ...operand, value: -operand.value };
  }
  return unknown(node, lowering, 'arithmetic');
}
