/** Imports and exports of ES modules. */
import { ts } from 'ts-morph';
import type { Import } from '../../../model/source.ts';
import { exportWhole } from './commonjs.ts';
import { declare, declareName, type Handlers, hasModifier, type Lowering, lower, nameAt, on, spanOf } from './lowering.ts';
import { entity } from './types.ts';

const { SyntaxKind } = ts;

export const MODULES: Handlers = [
  ...on(SyntaxKind.ImportDeclaration, ts.isImportDeclaration, lowerImport),
  ...on(SyntaxKind.ImportEqualsDeclaration, ts.isImportEqualsDeclaration, lowerImportEquals),
  ...on(SyntaxKind.ExportDeclaration, ts.isExportDeclaration, lowerExport),
  ...on(SyntaxKind.ExportAssignment, ts.isExportAssignment, lowerExportAssignment),
];

function lowerImport(node: ts.ImportDeclaration, lowering: Lowering): undefined {
  const clause = node.importClause;
  if (!clause || !ts.isStringLiteral(node.moduleSpecifier)) return;
  const module = node.moduleSpecifier.text;
  const allTypes = clause.phaseModifier === SyntaxKind.TypeKeyword;
  if (clause.name) addImport(clause.name, { module, name: 'default', typeOnly: allTypes }, lowering);
  const bindings = clause.namedBindings;
  if (!bindings) return;
  if (ts.isNamespaceImport(bindings)) return addImport(bindings.name, { module, name: '*', typeOnly: allTypes }, lowering);
  for (const element of bindings.elements) {
    const name = (element.propertyName ?? element.name).text;
    addImport(element.name, { module, name, typeOnly: allTypes || element.isTypeOnly }, lowering);
  }
}

function addImport(local: ts.Identifier, what: Pick<Import, 'module' | 'name' | 'typeOnly'>, lowering: Lowering): undefined {
  declareName(lowering, lowering.block, local.text);
  lowering.imports.push({ local: local.text, ...what, block: lowering.block, at: spanOf(local, lowering) });
}

/** `import x = require('m')`, and `import X = Namespace.Member`. */
function lowerImportEquals(node: ts.ImportEqualsDeclaration, lowering: Lowering): undefined {
  const reference = node.moduleReference;
  if (ts.isExternalModuleReference(reference)) {
    if (!ts.isStringLiteralLike(reference.expression)) return;
    return addImport(node.name, { module: reference.expression.text, name: '*', typeOnly: node.isTypeOnly }, lowering);
  }
  const value = entity(reference, lowering);
  const { block } = lowering;
  declare(lowering, { name: node.name.text, scope: block, value, block, at: spanOf(node.name, lowering) });
}

function lowerExport(node: ts.ExportDeclaration, lowering: Lowering): undefined {
  const from = node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : undefined;
  const clause = node.exportClause;
  if (!clause || ts.isNamespaceExport(clause)) {
    if (from === undefined) return;
    const at = spanOf(clause ?? node, lowering);
    lowering.exports.push({ name: clause ? clause.name.text : '*', from: { module: from, name: '*' }, at });
    return;
  }
  for (const { name, propertyName } of clause.elements) {
    const own = propertyName ?? name;
    const at = spanOf(name, lowering);
    if (from !== undefined) lowering.exports.push({ name: name.text, from: { module: from, name: own.text }, at });
    else lowering.exports.push({ name: name.text, value: nameAt(own.text, own, lowering), at });
  }
}

function lowerExportAssignment(node: ts.ExportAssignment, lowering: Lowering): undefined {
  const value = lower(node.expression, lowering, { role: 'value', key: 'default', symbol: 'default' });
  if (node.isExportEquals) exportWhole(value, node.expression, lowering);
  else lowering.exports.push({ name: 'default', value, at: spanOf(node.expression, lowering) });
}

/** Adds what a declaration of the module level exports by its `export` keyword. */
export function exportDeclared(node: ts.Statement, lowering: Lowering): void {
  if (!hasModifier(node, SyntaxKind.ExportKeyword)) return;
  if (ts.isVariableStatement(node)) for (const { name } of node.declarationList.declarations) exportNames(name, lowering);
  else if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) {
    const local = node.name?.text ?? 'default';
    const name = hasModifier(node, SyntaxKind.DefaultKeyword) ? 'default' : local;
    lowering.exports.push({ name, value: nameAt(local, node.name ?? node, lowering), at: spanOf(node.name ?? node, lowering) });
  } else if (ts.isEnumDeclaration(node)) exportNames(node.name, lowering);
}

function exportNames(name: ts.BindingName, lowering: Lowering): void {
  if (ts.isIdentifier(name)) {
    lowering.exports.push({ name: name.text, value: nameAt(name.text, name, lowering), at: spanOf(name, lowering) });
    return;
  }
  for (const element of name.elements) if (!ts.isOmittedExpression(element)) exportNames(element.name, lowering);
}

/** Adds exported interfaces and aliases that lead to a class and share no name with a value. */
export function exportTypes(statements: readonly ts.Statement[], lowering: Lowering): void {
  const taken = new Set(lowering.exports.map(({ name }) => name));
  const known = new Set(lowering.types.map(({ name }) => name));
  for (const node of statements) {
    if (!ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node)) continue;
    const name = node.name.text;
    if (!hasModifier(node, SyntaxKind.ExportKeyword) || taken.has(name) || !known.has(name)) continue;
    taken.add(name);
    lowering.exports.push({ name, at: spanOf(node.name, lowering) });
  }
}
