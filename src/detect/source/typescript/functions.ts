/** Functions: their block, parameters and what they return. */
import { ts } from 'ts-morph';
import type { Expr } from '../../../model/source.ts';
import { bindName, type Source } from './bindings.ts';
import {
  type Callback,
  declare,
  type Handlers,
  hasModifier,
  inBlock,
  type Lowering,
  lower,
  nameAt,
  on,
  type Slot,
  spanOf,
  unknown,
  visit,
  visitAll,
} from './lowering.ts';
import { declaredType } from './types.ts';

const { SyntaxKind } = ts;
const PROPERTY_MODIFIERS = [
  SyntaxKind.PrivateKeyword,
  SyntaxKind.PublicKeyword,
  SyntaxKind.ProtectedKeyword,
  SyntaxKind.ReadonlyKeyword,
] as const;

export const FUNCTIONS: Handlers = [
  ...on([SyntaxKind.FunctionExpression, SyntaxKind.ArrowFunction], isFunctionValue, lowerFunction),
  ...on(SyntaxKind.FunctionDeclaration, ts.isFunctionDeclaration, (node, lowering) => {
    const name = node.name?.text ?? 'default';
    const value = lowerFunction(node, lowering, { role: 'value', symbol: name });
    // An overload has no body; the name belongs to the implementation below it.
    if (node.body)
      declare(lowering, { name, scope: lowering.block, value, block: lowering.block, at: spanOf(node.name ?? node, lowering) });
    return undefined;
  }),
  ...on(SyntaxKind.ReturnStatement, ts.isReturnStatement, (node, lowering) => {
    if (node.expression) lowering.returns.push(lower(node.expression, lowering, returned(lowering)));
    return undefined;
  }),
];

function isFunctionValue(node: ts.Node): node is ts.FunctionExpression | ts.ArrowFunction {
  return ts.isFunctionExpression(node) || ts.isArrowFunction(node);
}

function returned({ symbol }: Lowering): Slot {
  return symbol === '' ? { role: 'return' } : { role: 'return', key: symbol };
}

/** Lowers anything with parameters and a body. */
export function lowerFunction(node: ts.FunctionLikeDeclaration, lowering: Lowering, slot: Slot): Expr {
  const outer = { symbol: lowering.symbol, returns: lowering.returns };
  const named = ts.isFunctionExpression(node) ? node.name?.text : undefined;
  lowering.symbol = slot.symbol ?? named ?? outer.symbol;
  lowering.returns = [];
  const kind = slot.callback?.onFailure ? 'callback' : 'function';
  const block = inBlock(lowering, { kind, symbol: lowering.symbol, ...unusedOf(node, lowering) }, () => {
    for (const [index, parameter] of node.parameters.entries())
      bindParameter(parameter, index, { lowering, callback: slot.callback });
    if (node.type) visit(node.type, lowering, { role: 'type' });
    lowerBody(node.body, lowering);
  });
  const { returns } = lowering;
  lowering.symbol = outer.symbol;
  lowering.returns = outer.returns;
  return { kind: 'function', block, returns, at: spanOf(node, lowering) };
}

/** `private ask()` and `function ask()` that the file itself never names again. */
function unusedOf(node: ts.FunctionLikeDeclaration, { file, block }: Lowering): { unused?: true } {
  const isPrivate =
    ts.isMethodDeclaration(node) && (hasModifier(node, SyntaxKind.PrivateKeyword) || ts.isPrivateIdentifier(node.name));
  const isLocal = ts.isFunctionDeclaration(node) && block === 0 && !hasModifier(node, SyntaxKind.ExportKeyword);
  const name = node.name && (ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name)) ? node.name.text : undefined;
  if ((!isPrivate && !isLocal) || name === undefined || hasDecorators(node)) return {};
  const { text } = file;
  // A script's functions are called from its page, and `this[name]` may call any method.
  if ((isLocal && !ts.isExternalModule(file)) || text.includes('this[')) return {};
  const first = text.indexOf(name);
  return text.indexOf(name, first + name.length) < 0 ? { unused: true } : {};
}

function hasDecorators(node: ts.Node): boolean {
  return ts.canHaveDecorators(node) && (ts.getDecorators(node)?.length ?? 0) > 0;
}

function lowerBody(body: ts.ConciseBody | undefined, lowering: Lowering): void {
  if (!body) return;
  if (ts.isBlock(body)) visitAll(body.statements, lowering);
  else lowering.returns.push(lower(body, lowering, returned(lowering)));
}

interface Around {
  readonly lowering: Lowering;
  readonly callback: Callback | undefined;
}

function bindParameter(node: ts.ParameterDeclaration, index: number, { lowering, callback }: Around): void {
  const { name, type, initializer } = node;
  const key = ts.isIdentifier(name) ? name.text : undefined;
  for (const modifier of node.modifiers ?? []) if (ts.isDecorator(modifier)) visit(modifier.expression, lowering);
  if (type) visit(type, lowering, key === undefined ? { role: 'type' } : { role: 'type', key });
  const fallback =
    initializer && lower(initializer, lowering, key === undefined ? { role: 'default' } : { role: 'default', key });
  const declared = declaredType(type, lowering);
  const typed = declared ? { declaredType: declared } : {};
  bindName(name, { scope: lowering.block, ...passed(node, index, { lowering, callback, fallback }), ...typed }, lowering);
  if (key !== undefined && PROPERTY_MODIFIERS.some((kind) => hasModifier(node, kind))) bindProperty(key, node, lowering);
}

/** What a parameter receives: an argument, an item of what the call runs over, or something that is not followed. */
function passed(
  node: ts.ParameterDeclaration,
  index: number,
  { lowering, callback, fallback }: Around & { fallback: Expr | undefined },
): Omit<Source, 'scope'> {
  if (node.dotDotDotToken) return { value: unknown(node, lowering, 'rest') };
  if (callback?.item?.index === index) return { value: callback.item.value };
  return { param: { index, path: [], ...(fallback ? { fallback } : {}) } };
}

/** `constructor(private client: OpenAI)` declares and sets a field. */
function bindProperty(name: string, node: ts.ParameterDeclaration, lowering: Lowering): void {
  const declared = declaredType(node.type, lowering);
  const value = nameAt(name, node.name, lowering);
  const typed = declared ? { declaredType: declared } : {};
  declare(lowering, {
    name: `this.${name}`,
    scope: lowering.type?.block ?? 0,
    value,
    ...typed,
    block: lowering.block,
    at: spanOf(node.name, lowering),
  });
}
