/** Names and what they are bound to: declarations, patterns, loop variables. */
import { ts } from 'ts-morph';
import type { BlockId, Expr } from '../../../model/source.ts';
import { bindModule, moduleRequest } from './commonjs.ts';
import {
  declare,
  functionScope,
  type Handlers,
  type Lowering,
  lower,
  memberAt,
  on,
  type Slot,
  spanOf,
  unknown,
  visit,
} from './lowering.ts';
import { fixedName } from './strings.ts';
import { declaredType } from './types.ts';

export const BINDINGS: Handlers = on(ts.SyntaxKind.VariableDeclarationList, ts.isVariableDeclarationList, (node, lowering) => {
  const scope = scopeOf(node, lowering);
  for (const declaration of node.declarations) bindDeclaration(declaration, scope, lowering);
  return undefined;
});

/** What a name or pattern takes its value from. */
export interface Source {
  readonly scope: BlockId;
  readonly value?: Expr;
  readonly declaredType?: Expr;
  readonly param?: { readonly index: number; readonly path: readonly string[]; readonly fallback?: Expr };
}

/** The block that a `var`, `let` or `const` list declares its names in. */
export function scopeOf(node: ts.VariableDeclarationList, lowering: Lowering): BlockId {
  return node.flags & ts.NodeFlags.BlockScoped ? lowering.block : functionScope(lowering);
}

function bindDeclaration(node: ts.VariableDeclaration, scope: BlockId, lowering: Lowering): void {
  const { name, type, initializer } = node;
  const key = ts.isIdentifier(name) ? name.text : undefined;
  if (type) visit(type, lowering, key === undefined ? { role: 'type' } : { role: 'type', key });
  if (key !== undefined && initializer && ts.isClassExpression(initializer)) {
    // A class is looked up by the name of its type; a binding to itself would hide it.
    visit(initializer, lowering, { role: 'value', symbol: key, typeName: key });
    return;
  }
  const slot: Slot = key === undefined ? { role: 'value' } : { role: 'value', key, symbol: key };
  const value = initializer && lower(initializer, lowering, slot);
  const declared = declaredType(type, lowering);
  const request = initializer && moduleRequest(initializer);
  if (request && value) {
    bindModule(name, { ...request, scope, value }, { lowering, bindRest: bindName });
    return;
  }
  bindName(name, { scope, ...(value ? { value } : {}), ...(declared ? { declaredType: declared } : {}) }, lowering);
}

/** Binds a name, or every name of a pattern, to its part of the source. */
export function bindName(name: ts.BindingName, source: Source, lowering: Lowering): void {
  if (ts.isIdentifier(name)) {
    declare(lowering, { name: name.text, ...source, block: lowering.block, at: spanOf(name, lowering) });
    return;
  }
  const isList = ts.isArrayBindingPattern(name);
  for (const [index, element] of name.elements.entries()) {
    if (ts.isOmittedExpression(element)) continue;
    if (element.dotDotDotToken) {
      // The rest of an object is the whole as far as its other members go. The rest of a list is not followed.
      const rest = isList ? { scope: source.scope, value: unknown(element, lowering, 'rest') } : source;
      bindName(element.name, rest, lowering);
    } else bindElement(element, isList ? String(index) : elementKey(element, lowering), { source, lowering });
  }
}

function elementKey({ propertyName, name }: ts.BindingElement, lowering: Lowering): string | undefined {
  if (propertyName && ts.isComputedPropertyName(propertyName)) visit(propertyName.expression, lowering, { role: 'key' });
  return fixedName(propertyName ?? name);
}

function bindElement(
  element: ts.BindingElement,
  key: string | undefined,
  { source, lowering }: { source: Source; lowering: Lowering },
): void {
  const { name, initializer } = element;
  const slot: Slot = ts.isIdentifier(name) ? { role: 'default', key: name.text, symbol: name.text } : { role: 'default' };
  const fallback = initializer && lower(initializer, lowering, slot);
  if (key === undefined) bindName(name, { scope: source.scope, value: unknown(name, lowering, 'computed-key') }, lowering);
  else bindName(name, partOf(source, key, { node: name, lowering, fallback }), lowering);
}

interface Part {
  readonly node: ts.Node;
  readonly lowering: Lowering;
  readonly fallback: Expr | undefined;
}

/** One member of a source: of its value, of the parameter it is, and of its declared type. */
function partOf(
  { scope, value, param, declaredType: declared }: Source,
  key: string,
  { node, lowering, fallback }: Part,
): Source {
  const member = (of: Expr): Expr => memberAt(of, key, { node, lowering });
  const type =
    declared?.kind === 'record' ? declared.entries.find((entry) => entry.key === key)?.value : declared && member(declared);
  const typed = type ? { declaredType: type } : {};
  if (param) {
    const missing = fallback ?? (param.fallback && member(param.fallback));
    return {
      scope,
      param: { index: param.index, path: [...param.path, key], ...(missing ? { fallback: missing } : {}) },
      ...typed,
    };
  }
  return value ? { scope, value: withDefault(member(value), fallback), ...typed } : { scope, ...typed };
}

/** The default counts where the value is absent. */
export function withDefault(value: Expr, fallback: Expr | undefined): Expr {
  return fallback ? { kind: 'choice', of: [value, fallback], by: 'default', at: value.at } : value;
}

/** What a loop variable holds: one of the items of what is looped over. */
export function itemOf(over: Expr): Expr {
  return { kind: 'choice', by: 'loop', of: [{ kind: 'spread', of: over, at: over.at }], at: over.at };
}
