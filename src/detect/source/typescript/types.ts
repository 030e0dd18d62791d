/** Types, as far as they say which class a value is an instance of. */
import { ts } from 'ts-morph';
import type { Entry, Expr, Field } from '../../../model/source.ts';
import {
  type Handlers,
  inBlock,
  type Lowering,
  lower,
  memberAt,
  nameAt,
  on,
  spanOf,
  unknown,
  visit,
  visitAll,
  visitChildren,
} from './lowering.ts';
import { fixedName } from './strings.ts';

const { SyntaxKind } = ts;
const QUALIFIER_LIMIT = 50;
/** Generic types whose instance is, for the audit, that of their argument. */
const TRANSPARENT = new Set(['Promise', 'Awaited', 'Readonly', 'Partial', 'Required', 'NonNullable', 'InstanceType']);

export const TYPES: Handlers = [
  ...on(SyntaxKind.LiteralType, ts.isLiteralTypeNode, (node, lowering, slot) =>
    visitChildren(node, lowering, { ...slot, role: 'type' }),
  ),
  ...on(SyntaxKind.UnionType, ts.isUnionTypeNode, (node, lowering, slot) => visitChildren(node, lowering, slot)),
  ...on(SyntaxKind.PropertySignature, ts.isPropertySignature, (node, lowering) => {
    const key = fixedName(node.name);
    if (node.type) visit(node.type, lowering, key === undefined ? { role: 'type' } : { role: 'type', key });
    return undefined;
  }),
  ...on(SyntaxKind.InterfaceDeclaration, ts.isInterfaceDeclaration, (node, lowering) => {
    visitAll(node.members, lowering);
    const bases = node.heritageClauses?.flatMap((clause) => clause.types.map((type) => lower(type.expression, lowering)));
    addType(node, { bases: bases ?? [], members: node.members }, lowering);
    return undefined;
  }),
  ...on(SyntaxKind.TypeAliasDeclaration, ts.isTypeAliasDeclaration, (node, lowering) => {
    visit(node.type, lowering, { role: 'type', key: node.name.text });
    const members = ts.isTypeLiteralNode(node.type) ? node.type.members : [];
    const base = ts.isTypeLiteralNode(node.type) ? undefined : declaredType(node.type, lowering);
    addType(node, { bases: base ? [base] : [], members }, lowering);
    return undefined;
  }),
];

interface Members {
  readonly bases: readonly Expr[];
  readonly members: Iterable<ts.TypeElement>;
}

/** Keeps an interface or alias that leads to a class; most are shapes of plain data. */
function addType(node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration, { bases, members }: Members, lowering: Lowering): void {
  const name = node.name.text;
  const fields: Field[] = typedMembers(members, lowering).map(({ key, value, at }) => ({
    name: key,
    declaredType: value,
    static: false,
    at,
  }));
  if (!fields.length && !bases.length) return;
  const block = inBlock(lowering, { kind: 'class', symbol: name }, () => {});
  lowering.shapes.push({ name, extends: bases, fields, methods: [], annotations: [], block, at: spanOf(node.name, lowering) });
}

/** Members whose type names a class. */
function typedMembers(members: Iterable<ts.TypeElement>, lowering: Lowering): Entry[] {
  const entries: Entry[] = [];
  for (const member of members) {
    if (!ts.isPropertySignature(member) || (member.type && ts.isTypeLiteralNode(member.type))) continue;
    const key = fixedName(member.name);
    const value = declaredType(member.type, lowering);
    if (value && key !== undefined) entries.push({ key, value, at: spanOf(member, lowering) });
  }
  return entries;
}

/** The class a type names; a record of such for `{ client: OpenAI }`; nothing for plain data, functions and unions of text. */
export function declaredType(type: ts.TypeNode | undefined, lowering: Lowering): Expr | undefined {
  let inner = type;
  while (inner) {
    if (ts.isParenthesizedTypeNode(inner)) inner = inner.type;
    else if (ts.isTypeReferenceNode(inner)) {
      if (!ts.isIdentifier(inner.typeName) || !TRANSPARENT.has(inner.typeName.text)) return entity(inner.typeName, lowering);
      inner = inner.typeArguments?.[0];
      if (inner && ts.isTypeQueryNode(inner)) return entity(inner.exprName, lowering);
    } else if (ts.isUnionTypeNode(inner)) return union(inner, lowering);
    else if (ts.isTypeLiteralNode(inner)) return literal(inner, lowering);
    else return undefined;
  }
  return undefined;
}

function literal(type: ts.TypeLiteralNode, lowering: Lowering): Expr | undefined {
  const entries = typedMembers(type.members, lowering);
  return entries.length ? { kind: 'record', entries, open: true, at: spanOf(type, lowering) } : undefined;
}

function union(type: ts.UnionTypeNode, lowering: Lowering): Expr | undefined {
  const of = type.types.flatMap((part) => (ts.isUnionTypeNode(part) ? [] : (declaredType(part, lowering) ?? [])));
  return of.length > 1 ? { kind: 'choice', of, by: 'branch', at: spanOf(type, lowering) } : of[0];
}

/** `A.B.C` as members of a name. Types lean left without end; none that people write is long. */
export function entity(name: ts.EntityName, lowering: Lowering): Expr {
  const parts: ts.Identifier[] = [];
  let left = name;
  while (ts.isQualifiedName(left)) {
    parts.push(left.right);
    left = left.left;
  }
  if (parts.length > QUALIFIER_LIMIT) return unknown(name, lowering, 'too-deep');
  let expr = nameAt(left.text, left, lowering);
  for (const part of parts.reverse()) expr = memberAt(expr, part.text, { node: part, lowering });
  return expr;
}
