/** Literals, templates, objects, lists, and the wrappers that leave a value what it is. */
import { ts } from 'ts-morph';
import type { Entry, Expr } from '../../../model/source.ts';
import { lowerFunction } from './functions.ts';
import {
  type Handlers,
  type Lowering,
  lower,
  nameAt,
  on,
  type Slot,
  spanBetween,
  spanOf,
  textAt,
  unknown,
  visit,
  visitChildren,
} from './lowering.ts';
import { fixedName, recordString } from './strings.ts';

const { SyntaxKind } = ts;

export const LITERALS: Handlers = [
  ...on([SyntaxKind.StringLiteral, SyntaxKind.NoSubstitutionTemplateLiteral], ts.isStringLiteralLike, lowerText),
  ...on(SyntaxKind.TemplateExpression, ts.isTemplateExpression, lowerTemplate),
  ...on(SyntaxKind.NumericLiteral, ts.isNumericLiteral, (node, lowering) => constant(Number(node.text), node, lowering)),
  ...on(SyntaxKind.Identifier, ts.isIdentifier, (node, lowering) =>
    node.text === 'undefined' ? unknown(node, lowering, 'undefined') : nameAt(node.text, node, lowering),
  ),
  ...on([SyntaxKind.ThisKeyword, SyntaxKind.SuperKeyword, SyntaxKind.ImportKeyword], isAny, (node, lowering) =>
    nameAt(ts.tokenToString(node.kind) ?? '', node, lowering),
  ),
  ...on(SyntaxKind.MetaProperty, ts.isMetaProperty, (node, lowering) =>
    nameAt(node.keywordToken === SyntaxKind.ImportKeyword ? `import.${node.name.text}` : `new.${node.name.text}`, node, lowering),
  ),
  ...on(SyntaxKind.TrueKeyword, isAny, (node, lowering) => constant(true, node, lowering)),
  ...on(SyntaxKind.FalseKeyword, isAny, (node, lowering) => constant(false, node, lowering)),
  ...on(SyntaxKind.NullKeyword, isAny, (node, lowering) => constant(null, node, lowering)),
  ...on(SyntaxKind.RegularExpressionLiteral, ts.isRegularExpressionLiteral, (node, lowering) => unknown(node, lowering, 'regex')),
  ...on(SyntaxKind.OmittedExpression, ts.isOmittedExpression, (node, lowering) => unknown(node, lowering, 'undefined')),
  ...on(SyntaxKind.ObjectLiteralExpression, ts.isObjectLiteralExpression, lowerObject),
  ...on(SyntaxKind.ArrayLiteralExpression, ts.isArrayLiteralExpression, lowerArray),
  ...on(SyntaxKind.SpreadElement, ts.isSpreadElement, (node, lowering, slot) =>
    spread(node, node.expression, { lowering, slot }),
  ),
  ...on(SyntaxKind.ParenthesizedExpression, ts.isParenthesizedExpression, inner),
  ...on(SyntaxKind.AwaitExpression, ts.isAwaitExpression, inner),
  ...on(
    [SyntaxKind.AsExpression, SyntaxKind.SatisfiesExpression, SyntaxKind.TypeAssertionExpression],
    isTyped,
    (node, lowering, slot) => {
      visit(node.type, lowering, { role: 'type' });
      return lower(node.expression, lowering, slot);
    },
  ),
  ...on([SyntaxKind.JsxElement, SyntaxKind.JsxSelfClosingElement, SyntaxKind.JsxFragment], ts.isJsxChild, (node, lowering) => {
    visitChildren(node, lowering);
    return unknown(node, lowering, 'jsx');
  }),
  ...on(SyntaxKind.JsxAttribute, ts.isJsxAttribute, (node, lowering) => {
    const key = ts.isIdentifier(node.name) ? node.name.text : node.name.name.text;
    return node.initializer && lower(node.initializer, lowering, { role: 'jsx', key });
  }),
  ...on(SyntaxKind.JsxExpression, ts.isJsxExpression, (node, lowering, slot) => {
    return node.expression && lower(node.expression, lowering, slot.role === 'jsx' ? slot : { role: 'jsx' });
  }),
  ...on(SyntaxKind.JsxText, ts.isJsxText, (node, lowering) => {
    recordString(node.text.trim(), node, { lowering, slot: { role: 'jsx' } });
    return undefined;
  }),
];

function isAny(_node: ts.Node): _node is ts.Node {
  return true;
}

function isTyped(node: ts.Node): node is ts.AsExpression | ts.SatisfiesExpression | ts.TypeAssertion {
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isTypeAssertionExpression(node);
}

function inner(node: ts.ParenthesizedExpression | ts.AwaitExpression, lowering: Lowering, slot: Slot): Expr {
  return lower(node.expression, lowering, slot);
}

function constant(value: number | boolean | null, node: ts.Node, lowering: Lowering): Expr {
  return { kind: 'constant', value, at: spanOf(node, lowering) };
}

function lowerText(node: ts.StringLiteralLike, lowering: Lowering, slot: Slot): Expr {
  recordString(node.text, node, { lowering, slot });
  return textAt(node.text, node, lowering);
}

function lowerTemplate(node: ts.TemplateExpression, lowering: Lowering, slot: Slot): Expr {
  const parts: Expr[] = [];
  if (node.head.text) parts.push(textAt(node.head.text, node.head, lowering));
  for (const { expression, literal } of node.templateSpans) {
    parts.push(lower(expression, lowering, slot));
    if (literal.text) parts.push(textAt(literal.text, literal, lowering));
  }
  return { kind: 'join', parts, at: spanOf(node, lowering) };
}

function lowerArray(node: ts.ArrayLiteralExpression, lowering: Lowering, slot: Slot): Expr {
  const itemSlot: Slot = slot.key === undefined ? { role: 'element' } : { role: 'element', key: slot.key };
  const items = node.elements.map((element) => lower(element, lowering, itemSlot));
  return { kind: 'list', items, at: spanOf(node, lowering) };
}

function spread(node: ts.Node, of: ts.Expression, { lowering, slot }: { lowering: Lowering; slot: Slot }): Expr {
  return { kind: 'spread', of: lower(of, lowering, slot), at: spanOf(node, lowering) };
}

function lowerObject(node: ts.ObjectLiteralExpression, lowering: Lowering, slot: Slot): Expr {
  const entries: Entry[] = [];
  let open = false;
  for (const property of node.properties) {
    const key = entryKey(property, lowering, slot);
    const entrySlot: Slot = { role: 'entry', ...names(key, slot), entry: { object: node, property } };
    const value = entryValue(property, lowering, entrySlot);
    if (key === undefined) open = true;
    else if (value) entries.push({ key, value, at: spanOf(property, lowering) });
  }
  return { kind: 'record', entries, open, at: spanOf(node, lowering) };
}

function names(key: string | undefined, slot: Slot): Pick<Slot, 'key' | 'symbol'> {
  if (key === undefined) return {};
  return { key, symbol: slot.symbol === undefined ? key : `${slot.symbol}.${key}` };
}

function entryKey(property: ts.ObjectLiteralElementLike, lowering: Lowering, slot: Slot): string | undefined {
  if (ts.isSpreadAssignment(property)) return '...';
  const key = fixedName(property.name);
  if (ts.isComputedPropertyName(property.name)) visit(property.name.expression, lowering, { role: 'key' });
  else if (ts.isStringLiteral(property.name)) {
    recordString(property.name.text, property.name, {
      lowering,
      slot: { role: 'key', ...(slot.key === undefined ? {} : { key: slot.key }) },
    });
  }
  return key;
}

function entryValue(property: ts.ObjectLiteralElementLike, lowering: Lowering, slot: Slot): Expr | undefined {
  if (ts.isPropertyAssignment(property)) return lower(property.initializer, lowering, slot);
  if (ts.isShorthandPropertyAssignment(property)) return lower(property.name, lowering);
  if (ts.isSpreadAssignment(property)) return spread(property, property.expression, { lowering, slot: { role: 'value' } });
  const value = lowerFunction(property, lowering, slot);
  if (ts.isSetAccessorDeclaration(property)) return undefined;
  if (!ts.isGetAccessorDeclaration(property)) return value;
  // Reading a getter runs it; the code shows no call, so there is no site.
  return { kind: 'call', callee: value, args: [], site: -1, at: spanBetween(property.name.pos, property.end, lowering) };
}
