/** Imports, and what a module gives others: every name of its top. */
import type { Export, Import } from '../../../model/source.ts';
import type { PythonNode } from '../../../parse/python.ts';
import { childOf, declareName, functionScope, type Handlers, type Lowering, spanOf, textOf } from './lowering.ts';

/** Imports of every form. */
export const MODULES: Handlers = [
  ['import_statement', lowerImport],
  ['import_from_statement', lowerImportFrom],
  ['future_import_statement', () => undefined],
];

/** `import a.b` makes `a` a name, and `a.b` one that is found before it; `import a.b as c` makes `c` one. */
function lowerImport(node: PythonNode, lowering: Lowering): undefined {
  for (const child of node.children) {
    const [named, alias] = child.type === 'aliased_import' ? child.children : [child];
    if (named?.type !== 'dotted_name') continue;
    const module = dottedName(named, lowering);
    const [root] = named.children;
    if (alias) addImport(alias, { local: textOf(alias, lowering), module, name: '*' }, lowering);
    else if (root) {
      addImport(root, { local: textOf(root, lowering), module: textOf(root, lowering), name: '*' }, lowering);
      if (named.children.length === 1) continue;
      lowering.dottedNames.add(module);
      addImport(named, { local: module, module, name: '*' }, lowering);
    }
  }
}

function lowerImportFrom(node: PythonNode, lowering: Lowering): undefined {
  const [from, ...names] = node.children;
  if (!from) return;
  const module = dottedName(from, lowering);
  for (const child of names) {
    const [named, alias] = child.type === 'aliased_import' ? child.children : [child];
    if (child.type === 'wildcard_import') addImport(child, { local: '*', module, name: '*' }, lowering);
    else if (named?.type === 'dotted_name') {
      const name = dottedName(named, lowering);
      const local = alias ?? named;
      addImport(local, { local: textOf(local, lowering), module, name }, lowering);
    }
  }
}

/** Python's own spelling, leading dots kept; the code may break it with blanks and comments. */
function dottedName(node: PythonNode, lowering: Lowering): string {
  if (node.type !== 'relative_import') return node.children.map((part) => textOf(part, lowering)).join('.');
  const prefix = childOf(node, 'import_prefix');
  const name = childOf(node, 'dotted_name');
  const dots = prefix ? textOf(prefix, lowering).replace(/[^.]/g, '') : '.';
  return dots + (name ? dottedName(name, lowering) : '');
}

function addImport(node: PythonNode, what: Pick<Import, 'local' | 'module' | 'name'>, lowering: Lowering): void {
  declareName(lowering, functionScope(lowering), what.local);
  lowering.imports.push({ ...what, typeOnly: lowering.typeOnly, block: lowering.block, at: spanOf(node, lowering) });
}

/** `try: from a import B` … `except ImportError: B = None`: the name is the import; the rest only says that it may be missing. */
export function dropPlaceholders(lowering: Lowering): void {
  const imported = new Set(lowering.imports.map(({ local, block }) => `${scopeOf(block, lowering)}:${local}`));
  const kept = lowering.bindings.filter(
    ({ name, scope, value }) => value?.kind !== 'constant' || value.value !== null || !imported.has(`${scope}:${name}`),
  );
  lowering.bindings.splice(0, lowering.bindings.length, ...kept);
}

function scopeOf(block: number, lowering: Lowering): number {
  let id = block;
  while (id !== 0) {
    const kind = lowering.blocks[id]?.kind;
    if (kind === 'function' || kind === 'class') return id;
    id = lowering.blocks[id]?.parent ?? 0;
  }
  return id;
}

/** One export for each name of the module's top: a value before an import, a class without value. */
export function exportsOf(lowering: Lowering): Export[] {
  const found = new Map<string, Export>();
  const stars: Export[] = [];
  for (const { local, module, name, typeOnly, block, at } of lowering.imports) {
    if (typeOnly || scopeOf(block, lowering) !== 0) continue;
    if (local === '*') stars.push({ name: '*', from: { module, name: '*' }, at });
    else if (!lowering.dottedNames.has(local)) found.set(local, { name: local, from: { module, name }, at });
  }
  for (const { name, block, at } of lowering.types) {
    if (scopeOf(lowering.blocks[block]?.parent ?? 0, lowering) === 0) found.set(name, { name, at });
  }
  const bound = new Set<string>();
  for (const { name, scope, at } of lowering.bindings) {
    if (scope !== 0 || bound.has(name) || name.includes('.')) continue;
    bound.add(name);
    found.set(name, { name, value: { kind: 'name', name, block: 0, at }, at });
  }
  return [...found.values(), ...stars];
}
