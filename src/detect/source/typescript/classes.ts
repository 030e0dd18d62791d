/** Classes: fields, methods, base classes and decorators. */
import { ts } from 'ts-morph';
import type { Expr, Field, TypeDecl } from '../../../model/source.ts';
import { lowerFunction } from './functions.ts';
import {
  type Handlers,
  hasModifier,
  inBlock,
  type Lowering,
  lower,
  nameAt,
  on,
  type Slot,
  spanOf,
  visit,
  visitAll,
} from './lowering.ts';
import { fixedName } from './strings.ts';
import { declaredType } from './types.ts';

const { SyntaxKind } = ts;

export const CLASSES: Handlers = [
  ...on(SyntaxKind.ClassDeclaration, ts.isClassDeclaration, (node, lowering) => {
    const name = node.name?.text ?? 'default';
    lowerNamedClass(node, lowering, { name, symbol: name });
    return undefined;
  }),
  ...on(SyntaxKind.ClassExpression, ts.isClassExpression, (node, lowering, slot) => {
    const { line, column } = spanOf(node, lowering);
    // No name can hold an `@`, so an anonymous class is found by its own place alone.
    const name = slot.typeName ?? `${node.name?.text ?? 'class'}@${line}:${column}`;
    lowerNamedClass(node, lowering, { name, symbol: node.name?.text ?? slot.symbol ?? lowering.symbol });
    return nameAt(name, node, lowering);
  }),
];

interface Named {
  readonly name: string;
  readonly symbol: string;
}

type Methods = TypeDecl['methods'][number][];

function lowerNamedClass(node: ts.ClassLikeDeclaration, lowering: Lowering, { name, symbol }: Named): void {
  const annotations = decoratorsOf(node, lowering);
  const bases: Expr[] = [];
  for (const clause of node.heritageClauses ?? []) {
    for (const type of clause.types) {
      visitAll(type.typeArguments, lowering, { role: 'type' });
      if (clause.token === SyntaxKind.ExtendsKeyword) bases.push(lower(type.expression, lowering));
    }
  }
  const fields: Field[] = [];
  const methods: Methods = [];
  const outer = { type: lowering.type, symbol: lowering.symbol };
  lowering.symbol = symbol;
  const block = inBlock(lowering, { kind: 'class', symbol }, () => {
    lowering.type = { block: lowering.block, symbol };
    for (const member of node.members) lowerMember(member, { fields, methods }, lowering);
  });
  lowering.type = outer.type;
  lowering.symbol = outer.symbol;
  lowering.types.push({ name, extends: bases, fields, methods, annotations, block, at: spanOf(node.name ?? node, lowering) });
}

function decoratorsOf(node: ts.ClassLikeDeclaration | ts.ClassElement, lowering: Lowering): Expr[] {
  if (!ts.canHaveDecorators(node)) return [];
  return (ts.getDecorators(node) ?? []).map((decorator) => lower(decorator.expression, lowering));
}

function lowerMember(
  node: ts.ClassElement,
  { fields, methods }: { fields: Field[]; methods: Methods },
  lowering: Lowering,
): void {
  decoratorsOf(node, lowering);
  if (node.name && ts.isComputedPropertyName(node.name)) visit(node.name.expression, lowering, { role: 'key' });
  const name = ts.isConstructorDeclaration(node) ? 'constructor' : node.name && fixedName(node.name);
  const slot = memberSlot(name, lowering);
  const isStatic = hasModifier(node, SyntaxKind.StaticKeyword);
  if (ts.isPropertyDeclaration(node)) {
    const field = lowerField(node, slot, lowering);
    if (name !== undefined) fields.push({ name, ...field, static: isStatic, at: spanOf(node.name, lowering) });
  } else if (ts.isClassStaticBlockDeclaration(node)) visitAll(node.body.statements, lowering);
  else if (isMethod(node)) {
    const value = lowerFunction(node, lowering, slot);
    // Overloads and abstract methods have no body; a setter gives no value.
    if (node.body && name !== undefined && !ts.isSetAccessorDeclaration(node)) methods.push({ name, value, static: isStatic });
  }
}

function memberSlot(name: string | undefined, { symbol }: Lowering): Slot {
  return name === undefined
    ? { role: 'value' }
    : { role: 'value', key: name, symbol: symbol === '' ? name : `${symbol}.${name}` };
}

function isMethod(node: ts.ClassElement): node is ts.MethodDeclaration | ts.ConstructorDeclaration | ts.AccessorDeclaration {
  return ts.isMethodDeclaration(node) || ts.isConstructorDeclaration(node) || ts.isAccessor(node);
}

function lowerField(node: ts.PropertyDeclaration, slot: Slot, lowering: Lowering): Pick<Field, 'value' | 'declaredType'> {
  if (node.type) visit(node.type, lowering, slot.key === undefined ? { role: 'type' } : { role: 'type', key: slot.key });
  const value = node.initializer && lower(node.initializer, lowering, slot);
  const declared = declaredType(node.type, lowering);
  return { ...(value ? { value } : {}), ...(declared ? { declaredType: declared } : {}) };
}
