/** Conditions that compare something with texts: `if (provider === 'openai')`, `case 'openai':`. */
import { ts } from 'ts-morph';
import { type Block, dottedName, type Expr } from '../../../model/source.ts';
import { type Lowering, memberAt, nameAt } from './lowering.ts';

const { SyntaxKind } = ts;

type When = Pick<Block, 'when'>;

const KEEPS_TEXT = new Set(['toLowerCase', 'toUpperCase', 'trim', 'toString']);
const DEPTH = 8;

/** What a condition compares; of several that must hold, the first that compares. */
export function whenOf(node: ts.Expression, lowering: Lowering, depth = 0): When {
  if (depth > DEPTH) return {};
  if (ts.isParenthesizedExpression(node)) return whenOf(node.expression, lowering, depth + 1);
  if (ts.isCallExpression(node)) return startOf(node, lowering);
  if (!ts.isBinaryExpression(node)) return {};
  const { left, right, operatorToken } = node;
  switch (operatorToken.kind) {
    case SyntaxKind.EqualsEqualsEqualsToken:
    case SyntaxKind.EqualsEqualsToken: {
      const [asked, said] = ts.isStringLiteralLike(left) ? [right, left] : [left, right];
      const of = ts.isStringLiteralLike(said) ? subjectOf(asked, lowering) : undefined;
      return of && ts.isStringLiteralLike(said) ? { when: { of, texts: [said.text] } } : {};
    }
    case SyntaxKind.AmpersandAmpersandToken: {
      const one = whenOf(left, lowering, depth + 1);
      return one.when ? one : whenOf(right, lowering, depth + 1);
    }
    case SyntaxKind.BarBarToken:
      return either(whenOf(left, lowering, depth + 1), whenOf(right, lowering, depth + 1));
    default:
      return {};
  }
}

/** `if (stream)`, `if (!this.local)`. */
export function asksOf(node: ts.Expression, lowering: Lowering): Pick<Block, 'asks'> {
  if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
    const { asks } = asksOf(node.operand, lowering);
    return asks ? { asks: { ...asks, is: !asks.is } } : {};
  }
  const of = ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) ? subjectOf(node, lowering) : undefined;
  return of ? { asks: { of, is: true } } : {};
}

/** `provider === 'a' || provider === 'b'`. */
function either({ when: one }: When, { when: other }: When): When {
  if (!one || !other || one.start !== other.start || dottedName(one.of) !== dottedName(other.of)) return {};
  return { when: { ...one, texts: [...one.texts, ...other.texts] } };
}

/** `model.startsWith('gpt-')`. */
function startOf({ expression, arguments: args }: ts.CallExpression, lowering: Lowering): When {
  const [prefix] = args;
  if (!prefix || !ts.isStringLiteralLike(prefix) || !ts.isPropertyAccessExpression(expression)) return {};
  const of = expression.name.text === 'startsWith' ? subjectOf(expression.expression, lowering) : undefined;
  return of ? { when: { of, texts: [prefix.text], start: true } } : {};
}

/** The texts of a clause, those of the empty clauses before it too: they run into it. */
export function caseTexts(clauses: readonly ts.CaseOrDefaultClause[], index: number): readonly string[] {
  const texts: string[] = [];
  for (let at = index; at >= 0; at--) {
    const clause = clauses[at];
    if (!clause || (at < index && clause.statements.length)) break;
    if (!ts.isCaseClause(clause) || !ts.isStringLiteralLike(clause.expression)) return [];
    texts.unshift(clause.expression.text);
  }
  return texts;
}

/** A name, its members, and what leaves their text what it is; undefined: something else is asked. */
export function subjectOf(node: ts.Expression, lowering: Lowering, depth = 0): Expr | undefined {
  if (depth > DEPTH) return undefined;
  if (ts.isIdentifier(node)) return nameAt(node.text, node, lowering);
  if (node.kind === SyntaxKind.ThisKeyword) return nameAt('this', node, lowering);
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) return subjectOf(node.expression, lowering, depth + 1);
  if (ts.isCallExpression(node)) {
    const { expression } = node;
    if (!ts.isPropertyAccessExpression(expression) || !KEEPS_TEXT.has(expression.name.text)) return undefined;
    return subjectOf(expression.expression, lowering, depth + 1);
  }
  const of =
    ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
      ? subjectOf(node.expression, lowering, depth + 1)
      : undefined;
  if (!of) return undefined;
  if (ts.isPropertyAccessExpression(node)) return memberAt(of, node.name.text, { node, lowering });
  const key = ts.isElementAccessExpression(node) ? node.argumentExpression : undefined;
  return key && ts.isStringLiteralLike(key) ? memberAt(of, key.text, { node, lowering }) : undefined;
}
