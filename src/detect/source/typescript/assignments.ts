/** Assignments: every one is a binding, whatever it assigns to. */
import { ts } from 'ts-morph';
import type { Expr } from '../../../model/source.ts';
import { withDefault } from './bindings.ts';
import { exportAssigned } from './commonjs.ts';
import { type Lowering, lower, memberAt, type OpenBinding, type Slot, spanBetween, spanOf, startOf, visit } from './lowering.ts';
import { fixedName } from './strings.ts';

const { SyntaxKind } = ts;
const LOGICAL: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.EqualsToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.QuestionQuestionEqualsToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
]);

/** `a.b.c` as names: the root it is looked up by, and the whole. */
interface Path {
  readonly root: string;
  readonly name: string;
}

/** Lowers `target = value`; its own value is the right side. */
export function lowerAssignment(node: ts.BinaryExpression, lowering: Lowering): Expr {
  const operator = node.operatorToken.kind;
  if (ts.isObjectLiteralExpression(node.left) || ts.isArrayLiteralExpression(node.left)) {
    const value = lower(node.right, lowering);
    assignPattern(node.left, value, lowering);
    return value;
  }
  const path = pathOf(node.left);
  if (!path) visit(node.left, lowering);
  const value = lower(node.right, lowering, path ? slotOf(path, lowering) : undefined);
  if (!path) return value;
  if (LOGICAL.has(operator)) {
    if (path.root === 'module' || path.root === 'exports') exportAssigned(path.name, value, { node, lowering });
    else bindPath(path, value, { node: node.left, lowering });
  } else if (operator === SyntaxKind.PlusEqualsToken) {
    const at = spanBetween(startOf(node, lowering), node.end, lowering);
    bindPath(path, { kind: 'join', parts: [lower(node.left, lowering), value], at }, { node: node.left, lowering });
  }
  return value;
}

/** The binding an expression in the place of a target makes: `for (x of …)`, `[a.b] = …`. */
export function assignTo(target: ts.Expression, value: Expr, lowering: Lowering): void {
  if (ts.isObjectLiteralExpression(target) || ts.isArrayLiteralExpression(target)) {
    assignPattern(target, value, lowering);
    return;
  }
  if (ts.isBinaryExpression(target) && target.operatorToken.kind === SyntaxKind.EqualsToken) {
    assignTo(target.left, withDefault(value, lower(target.right, lowering, { role: 'default' })), lowering);
    return;
  }
  const path = pathOf(target);
  if (path) bindPath(path, value, { node: target, lowering });
  else visit(target, lowering);
}

function assignPattern(target: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression, value: Expr, lowering: Lowering): void {
  const member = (node: ts.Node, key: string): Expr => memberAt(value, key, { node, lowering });
  if (ts.isArrayLiteralExpression(target)) {
    for (const [index, element] of target.elements.entries()) {
      if (!ts.isOmittedExpression(element) && !ts.isSpreadElement(element))
        assignTo(element, member(element, String(index)), lowering);
    }
    return;
  }
  for (const property of target.properties) {
    if (ts.isShorthandPropertyAssignment(property)) {
      const fallback =
        property.objectAssignmentInitializer && lower(property.objectAssignmentInitializer, lowering, { role: 'default' });
      assignTo(property.name, withDefault(member(property, property.name.text), fallback), lowering);
    } else if (ts.isPropertyAssignment(property)) {
      const key = fixedName(property.name);
      if (key === undefined) visit(property.name, lowering);
      else assignTo(property.initializer, member(property, key), lowering);
    }
  }
}

function slotOf({ root, name }: Path, lowering: Lowering): Slot {
  const key = name.slice(name.lastIndexOf('.') + 1);
  const prefix = root === 'this' ? `${root}.` : '';
  const owner = root === 'this' && lowering.type ? `${lowering.type.symbol}.` : '';
  if (name === 'module.exports') return { role: 'value' };
  if (root === 'exports' || root === 'module') return { role: 'value', key, symbol: key };
  return { role: 'value', key, symbol: owner + name.slice(prefix.length) };
}

function bindPath({ root, name }: Path, value: Expr, { node, lowering }: { node: ts.Node; lowering: Lowering }): void {
  const binding: OpenBinding = {
    name,
    scope: root === 'this' ? (lowering.type?.block ?? 0) : 0,
    value,
    block: lowering.block,
    at: spanOf(node, lowering),
  };
  lowering.bindings.push(binding);
  // Functions may assign to names that are declared further down: scopes are looked up when all are known.
  if (root !== 'this') lowering.assigned.push({ binding, root });
}

/** Finds the scope of every assigned name. */
export function settleScopes(lowering: Lowering): void {
  for (const { binding, root } of lowering.assigned) {
    let id = binding.block;
    while (id !== 0 && !lowering.names.get(id)?.has(root)) id = lowering.blocks[id]?.parent ?? 0;
    binding.scope = id;
  }
}

function pathOf(node: ts.Expression): Path | undefined {
  const parts: string[] = [];
  let inner = node;
  for (;;) {
    if (ts.isPropertyAccessExpression(inner)) parts.push(inner.name.text);
    else if (ts.isElementAccessExpression(inner) && ts.isStringLiteralLike(inner.argumentExpression))
      parts.push(inner.argumentExpression.text);
    else if (!ts.isNonNullExpression(inner) && !ts.isParenthesizedExpression(inner) && !ts.isAsExpression(inner)) break;
    inner = inner.expression;
  }
  const root = rootOf(inner);
  if (root === undefined || (root === 'this' && !parts.length)) return undefined;
  return { root, name: [root, ...parts.reverse()].join('.') };
}

function rootOf(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  return node.kind === SyntaxKind.ThisKeyword ? 'this' : undefined;
}
