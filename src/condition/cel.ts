import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import type { FieldTable, FieldType, View } from './field.ts';

const CEL_TYPE = {
  text: 'string',
  number: 'double',
  share: 'double',
  flag: 'bool',
  list: 'list<string>',
} as const satisfies Record<FieldType, string>;

const MACROS = new Set(['exists', 'all', 'exists_one', 'filter', 'map']);
const METHODS = new Set([...MACROS, 'startsWith', 'endsWith', 'contains', 'size']);
const FUNCTIONS = new Set(['size']);
/** Operators that can fail on some value: an index out of range would stop a scan. */
const REFUSED = new Set(['[]', '[?]', '.?', '/', '%', 'map']);
const MAX_NESTED_MACROS = 2;

/** An expression over one element's view. */
export type Expression = (view: View) => unknown;

/** What checking an expression says: an expression to run, or why not. */
export type Checked = { readonly run: Expression } | { readonly problem: string };

/** Checks and prepares expressions over one table of fields. */
export function expressionChecker(fields: FieldTable): (source: string, type: 'bool' | 'string') => Checked {
  const strict = environment(fields, { nullsAreTyped: true });
  const lenient = environment(fields, { nullsAreTyped: false });
  return (source, type) => {
    const checked = strict.check(source);
    if (!checked.valid) return { problem: firstLine(checked.error?.message ?? 'does not parse') };
    if (checked.type !== type) return { problem: `gives ${checked.type ?? 'nothing'}, not ${type}` };
    const parsed = lenient.parse(source);
    const refused = refusal(parsed.ast);
    if (refused !== null) return { problem: refused };
    const run: Expression = (view) => parsed(view);
    return emptyRun(fields, run) ?? { run };
  };
}

/** A rule must stand every absent fact: it runs once on a view that has none. */
function emptyRun(fields: FieldTable, run: Expression): Checked | null {
  const empty = { text: '', number: 0, share: 0, flag: false, list: [] } as const satisfies Record<FieldType, unknown>;
  const values = Object.entries(fields).map(([name, field]) => [name, field.nullable ? null : empty[field.type]]);
  try {
    const policy = { banOrigins: [], banSuppliers: [], residency: [] };
    run({ ...Object.fromEntries(values), home: [], policy, asOf: '2000-01-01' });
    return null;
  } catch (error) {
    return { problem: `fails where a fact is absent (${firstLine(String(error))}); compare with null first, flags with == true` };
  }
}

function environment(fields: FieldTable, { nullsAreTyped }: { nullsAreTyped: boolean }): Environment {
  const env = new Environment({ limits: { maxAstNodes: 500, maxDepth: 40, maxListElements: 100 } });
  const lists = 'list<string>';
  env.registerVariable('home', lists).registerVariable('asOf', 'string');
  env.registerVariable({ name: 'policy', schema: { banOrigins: lists, banSuppliers: lists, residency: lists } });
  for (const [name, field] of Object.entries(fields)) {
    // CEL has no nullable type: the checker sees the type, the evaluator lets null through.
    env.registerVariable(name, field.nullable && !nullsAreTyped ? 'dyn' : CEL_TYPE[field.type]);
  }
  for (const type of ['string', 'double', 'bool']) env.registerOperator(`${type} == null`, (a: unknown, b: unknown) => a === b);
  env.registerOperator('double == int', (a: number, b: bigint) => a === Number(b));
  for (const order of ['<', '<=', '>', '>=']) {
    // An absent value is neither below nor above anything.
    for (const type of ['double', 'int', 'string']) env.registerOperator(`null ${order} ${type}`, () => false);
  }
  for (const method of ['startsWith', 'endsWith', 'contains']) {
    env.registerFunction(`null.${method}(string): bool`, () => false);
  }
  return env;
}

/** Why an expression may not run, or null. Regular expressions and deep loops in rules could hang a scan. */
function refusal(root: ASTNode): string | null {
  const open: { node: unknown; macros: number }[] = [{ node: root, macros: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, macros } = next;
    if (Array.isArray(node)) {
      for (const item of node) open.push({ node: item, macros });
      continue;
    }
    if (!isNode(node)) continue;
    if (REFUSED.has(node.op)) return `uses ${node.op}, which rules may not`;
    const name = callName(node);
    if (name === null) {
      open.push({ node: node.args, macros });
      continue;
    }
    if (!(node.op === 'call' ? FUNCTIONS : METHODS).has(name)) return `calls ${name}(), which rules may not`;
    const inside = MACROS.has(name) ? macros + 1 : macros;
    if (inside > MAX_NESTED_MACROS) return `nests ${name}() more than ${MAX_NESTED_MACROS} deep`;
    open.push({ node: node.args, macros: inside });
  }
  return null;
}

function callName(node: { readonly op: string; readonly args: unknown }): string | null {
  if (node.op !== 'call' && node.op !== 'rcall') return null;
  const name: unknown = Array.isArray(node.args) ? node.args[0] : undefined;
  return typeof name === 'string' ? name : null;
}

function isNode(value: unknown): value is { readonly op: string; readonly args: unknown } {
  return typeof value === 'object' && value !== null && 'op' in value && typeof value.op === 'string' && 'args' in value;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
