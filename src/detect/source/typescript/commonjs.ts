/** CommonJS and dynamic imports: `require('x')`, `await import('x')`, `module.exports`. */
import { ts } from 'ts-morph';
import type { BlockId, Expr } from '../../../model/source.ts';
import { declareName, type Lowering, memberAt, spanOf } from './lowering.ts';
import { fixedName } from './strings.ts';

/** `require('module')`, or one member of it. */
export interface ModuleRequest {
  readonly module: string;
  readonly member?: string;
}

/** The module an initializer asks for, if that is all it does. */
export function moduleRequest(initializer: ts.Expression): ModuleRequest | undefined {
  const node = unwrapped(initializer);
  if (ts.isPropertyAccessExpression(node)) {
    const module = requested(unwrapped(node.expression));
    return module === undefined ? undefined : { module, member: node.name.text };
  }
  const module = requested(node);
  return module === undefined ? undefined : { module };
}

function unwrapped(node: ts.Expression): ts.Expression {
  let inner = node;
  while (ts.isAwaitExpression(inner) || ts.isParenthesizedExpression(inner) || ts.isAsExpression(inner)) inner = inner.expression;
  return inner;
}

/** Module name of a `require` or `import` call. */
export function requested(node: ts.Expression): string | undefined {
  if (!ts.isCallExpression(node) || !isLoader(node.expression)) return undefined;
  const [argument] = node.arguments;
  return argument && ts.isStringLiteralLike(argument) ? argument.text : undefined;
}

/** Whether a callee loads modules, so that its argument is a module name. */
export function isLoader(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

interface Requested extends ModuleRequest {
  readonly scope: BlockId;
  readonly value: Expr;
}

interface Rest {
  readonly lowering: Lowering;
  /** Binds what an import cannot say: nested patterns and rests. */
  readonly bindRest: (name: ts.BindingName, source: { scope: BlockId; value: Expr }, lowering: Lowering) => void;
}

/** Turns `const x = require('m')` and `const { a, b: c } = require('m')` into imports. */
export function bindModule(name: ts.BindingName, request: Requested, { lowering, bindRest }: Rest): void {
  const { scope, value } = request;
  if (ts.isIdentifier(name)) {
    addImport(name, request.member ?? '*', request, lowering);
    return;
  }
  if (ts.isArrayBindingPattern(name) || request.member !== undefined || name.elements.some((element) => element.initializer)) {
    bindRest(name, { scope, value }, lowering);
    return;
  }
  for (const element of name.elements) {
    const key = fixedName(element.propertyName ?? element.name);
    if (key === undefined) continue;
    if (element.dotDotDotToken) bindRest(element.name, { scope, value }, lowering);
    else if (ts.isIdentifier(element.name)) addImport(element.name, key, request, lowering);
    else bindRest(element.name, { scope, value: memberAt(value, key, { node: element, lowering }) }, lowering);
  }
}

function addImport(local: ts.Identifier, name: string, { module, scope }: Requested, lowering: Lowering): void {
  declareName(lowering, scope, local.text);
  lowering.imports.push({ local: local.text, module, name, typeOnly: false, block: scope, at: spanOf(local, lowering) });
}

/** `module.exports = …` is the module itself; its entries are names of it too. `exports.x = …` is one name. */
export function exportAssigned(
  target: string,
  value: Expr,
  { node, lowering }: { node: ts.BinaryExpression; lowering: Lowering },
): void {
  const at = spanOf(node, lowering);
  const [, name] = /^(?:module\.)?exports\.([^.]+)$/.exec(target) ?? [];
  if (target === 'module.exports') {
    const module = requested(unwrapped(node.right));
    if (module !== undefined) lowering.exports.push({ name: '*', from: { module, name: '*' }, at });
    else exportWhole(value, node.right, lowering);
  } else if (name !== undefined && node.right.kind !== ts.SyntaxKind.VoidExpression) {
    lowering.exports.push({ name, value, at });
  }
}

/** `module.exports = …` and `export = …`. */
export function exportWhole(value: Expr, node: ts.Expression, lowering: Lowering): void {
  lowering.exports.push({ name: '*', value, at: spanOf(node, lowering) });
  if (value.kind !== 'record') return;
  for (const entry of value.entries) {
    const module = entry.value.kind === 'spread' ? moduleOfCall(entry.value.of) : undefined;
    if (module !== undefined) lowering.exports.push({ name: '*', from: { module, name: '*' }, at: entry.at });
    else if (entry.key !== '...') lowering.exports.push({ name: entry.key, value: entry.value, at: entry.at });
  }
}

function moduleOfCall(expr: Expr): string | undefined {
  if (expr.kind !== 'call' || expr.callee.kind !== 'name' || expr.callee.name !== 'require') return undefined;
  const argument = expr.args[0]?.value;
  return argument?.kind === 'text' ? argument.text : undefined;
}
