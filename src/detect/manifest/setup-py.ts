// https://setuptools.pypa.io/en/latest/userguide/dependency_management.html
import type { Observed, PackageEntry } from '../../model/observed.ts';
import { readRequirement } from '../../parse/pep508.ts';
import { lineAt, lineStarts, withoutMark } from '../../parse/position.ts';
import type { PythonNode } from '../../parse/python.ts';
import { defineDetector } from '../../plugin.ts';

const DEV_EXTRA = /^(?:dev|develop|tests?|testing|lint|docs?|typing|ci)$/i;
const GROUPS: ReadonlyMap<string, PackageEntry['group']> = new Map([
  ['install_requires', 'runtime'],
  ['tests_require', 'dev'],
]);
/** Names that stand for names, lists in lists: far more than people write. */
const DEPTH = 10;
const LIST = new Set(['list', 'tuple', 'set', 'binary_operator', 'parenthesized_expression', 'list_splat']);

export default defineDetector({
  id: 'manifest/setup-py',
  docs: 'https://setuptools.pypa.io/en/latest/userguide/dependency_management.html',
  kinds: ['setup.py'],
  cap: 1_000_000,
  always: true,
  version: 1,
  observe: ({ text }) => readSetup(withoutMark(text)),
});

/** What is read of one file: its text, and the values its top gives to names. */
interface Script {
  readonly text: string;
  readonly starts: readonly number[];
  readonly values: ReadonlyMap<string, PythonNode>;
}

/** The arguments of `setup(…)` as far as they are plain: texts, lists, dictionaries, and names bound to them. Nothing is run. */
async function readSetup(text: string): Promise<Observed> {
  if (!/\bsetup\s*\(/.test(text)) return {};
  const { parsePython } = await import('../../parse/python.ts');
  const file = await parsePython(text);
  if (typeof file === 'string')
    return { degraded: 'syntax-error', problems: [{ reason: 'syntax-error', message: 'not valid Python' }] };
  const { setup, values } = findSetup(file.root, text);
  if (!setup) return {};
  const script: Script = { text, starts: lineStarts(text), values };
  const given = new Map<string, PythonNode>();
  for (const argument of setup.children.find(({ type }) => type === 'argument_list')?.children ?? []) {
    const [label, value] = argument.type === 'keyword_argument' ? argument.children : [];
    if (label && value) given.set(textOf(label, script), value);
  }
  const packages = [...GROUPS].flatMap(([option, group]) => packagesOf(given.get(option), { group, script }));
  packages.push(...extrasOf(given.get('extras_require'), script));
  const [name] = textsOf(given.get('name'), script);
  const named = name ? { name: literal(name, script) } : {};
  return { manifest: { ecosystem: 'pypi', ...named, workspaces: [], entries: [], aliases: {} }, packages };
}

/** The call of setup, and assignments outside of functions and classes. */
function findSetup(root: PythonNode, text: string): { setup?: PythonNode; values: ReadonlyMap<string, PythonNode> } {
  const values = new Map<string, PythonNode>();
  let setup: PythonNode | undefined;
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    const [first, ...rest] = node.children;
    if (node.type === 'assignment' && first?.type === 'identifier') {
      const value = rest.findLast(({ type }) => type !== 'type');
      if (value) values.set(text.slice(first.start, first.end), value);
    }
    if (node.type === 'call' && first && /(?:^|\.)setup$/.test(text.slice(first.start, first.end))) setup ??= node;
    if (node.type !== 'function_definition' && node.type !== 'class_definition')
      for (const child of node.children.toReversed()) open.push(child);
  }
  return { ...(setup ? { setup } : {}), values };
}

function extrasOf(value: PythonNode | undefined, script: Script): readonly PackageEntry[] {
  const table = followed(value, script);
  if (table?.type !== 'dictionary') return [];
  return table.children.flatMap((pair) => {
    const [key, list] = pair.type === 'pair' ? pair.children : [];
    if (key?.type !== 'string' || !list) return [];
    return packagesOf(list, { group: DEV_EXTRA.test(literal(key, script)) ? 'dev' : 'optional', script });
  });
}

function packagesOf(
  value: PythonNode | undefined,
  { group, script }: { readonly group: PackageEntry['group']; readonly script: Script },
): readonly PackageEntry[] {
  return textsOf(value, script).flatMap((node) => {
    const requirement = readRequirement(literal(node, script));
    return requirement ? [{ ecosystem: 'pypi', ...requirement, group, at: spanOf(node, script) }] : [];
  });
}

/** The plain texts a value lists. */
function textsOf(value: PythonNode | undefined, script: Script, depth = 0): readonly PythonNode[] {
  const node = followed(value, script);
  if (!node || depth > DEPTH) return [];
  if (node.type === 'string') return node.children.some(({ type }) => type === 'interpolation') ? [] : [node];
  return LIST.has(node.type) ? node.children.flatMap((child) => textsOf(child, script, depth + 1)) : [];
}

/** What a name stands for. */
function followed(value: PythonNode | undefined, script: Script): PythonNode | undefined {
  let node = value;
  for (let steps = 0; node?.type === 'identifier' && steps < DEPTH; steps++) node = script.values.get(textOf(node, script));
  return node;
}

function literal(node: PythonNode, script: Script): string {
  return textOf(node, script).replace(/^[a-zA-Z]{0,2}("""|'''|"|')([\s\S]*)\1$/, '$2');
}

function textOf(node: PythonNode, { text }: Script): string {
  return text.slice(node.start, node.end);
}

function spanOf(node: PythonNode, { starts }: Script): PackageEntry['at'] {
  const line = lineAt(starts, node.start);
  const endLine = lineAt(starts, node.end);
  return {
    line: line + 1,
    column: node.start - (starts[line] ?? 0) + 1,
    endLine: endLine + 1,
    endColumn: node.end - (starts[endLine] ?? 0) + 1,
  };
}
