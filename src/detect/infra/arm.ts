// https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax
import type { Declaration, Observed, Vocabulary } from '../../model/observed.ts';
import type { Entry, Expr } from '../../model/source.ts';
import { parseArmExpression } from '../../parse/bicep.ts';
import { parseJson } from '../../parse/json.ts';
import { trouble } from '../../parse/parsed.ts';
import { entriesOf, textOf, valueAt } from '../../parse/record.ts';
import { isSensitive, withoutSecrets } from '../../parse/secret.ts';
import { defineDetector } from '../../plugin.ts';

/** `${NAME=default}`, as the Azure Developer CLI puts its environment into parameters. */
const SUBSTITUTED = /^\$\{([A-Za-z_]\w*)(?:=([^}]*))?\}$/;
const DEPTH = 20;

export default defineDetector({
  id: 'infra/arm',
  docs: 'https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax',
  kinds: ['.parameters.json', 'azuredeploy.json', 'maintemplate.json'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }, vocabulary) => readArm(text, vocabulary),
});

/** Templates and files of parameters of the Azure Resource Manager. What Bicep was compiled to stands in Bicep already. */
export function readArm(text: string, vocabulary: Vocabulary): Observed {
  if (!/deployment(?:Template|Parameters)\.json/i.test(text)) return {};
  const parsed = parseJson(text);
  const declarations = parsed.documents.flatMap((document): readonly Declaration[] => {
    if (textOf(valueAt(document, 'metadata', '_generator', 'name')) === 'bicep') return [];
    const schema = textOf(valueAt(document, '$schema')) ?? '';
    if (/deploymentTemplate\.json/i.test(schema)) return templateOf(document);
    return /deploymentParameters\.json/i.test(schema) ? [parametersOf(document)] : [];
  });
  const classifies = (value: string) => vocabulary.classifies(value);
  const safe = declarations.map((one): Declaration => {
    const hidden = one.block === 'variable' && one.labels.some((label) => isSensitive(label));
    return { ...one, body: withoutSecrets(one.body, classifies, hidden) };
  });
  return { ...(safe.length ? { declarations: safe } : {}), ...trouble(parsed) };
}

function parametersOf(document: Expr): Declaration {
  const entries = entriesOf(valueAt(document, 'parameters')).flatMap(({ key, value, at }): readonly Entry[] => {
    const given = valueAt(value, 'value');
    return given ? [{ key, value: substituted(given, 0), at }] : [];
  });
  const { at } = document;
  return { block: 'values', format: 'bicep', labels: [], body: { kind: 'record', entries, open: false, at }, at };
}

function substituted(expr: Expr, depth: number): Expr {
  if (depth > DEPTH) return expr;
  const { at } = expr;
  if (expr.kind === 'list') return { ...expr, items: expr.items.map((item) => substituted(item, depth + 1)) };
  if (expr.kind === 'record')
    return { ...expr, entries: expr.entries.map((entry) => ({ ...entry, value: substituted(entry.value, depth + 1) })) };
  const [, name, fallback] = expr.kind === 'text' ? (SUBSTITUTED.exec(expr.text) ?? []) : [];
  if (name === undefined) return expr;
  return { kind: 'env', name, at, ...(fallback ? { fallback: { kind: 'text', text: fallback, at } } : {}) };
}

function templateOf(document: Expr): readonly Declaration[] {
  const one = (key: string, value: Expr): Expr => ({
    kind: 'record',
    entries: [{ key, value, at: value.at }],
    open: false,
    at: value.at,
  });
  const parameters = entriesOf(valueAt(document, 'parameters')).map(({ key, value, at }): Declaration => {
    const fallback = valueAt(value, 'defaultValue');
    const body: Expr = fallback ? one('default', lowered(fallback, 0)) : { kind: 'record', entries: [], open: false, at };
    return { block: 'variable', format: 'bicep', labels: [key], body, at };
  });
  const variables = entriesOf(valueAt(document, 'variables')).map(
    ({ key, value, at }): Declaration => ({
      block: 'locals',
      format: 'bicep',
      labels: [],
      body: one(key, lowered(value, 0)),
      at,
    }),
  );
  return [...parameters, ...variables, ...resourcesIn(valueAt(document, 'resources'), '', 0)];
}

/** Resources of a list or, by their symbolic names, of a record; those inside others, and inside nested templates. */
function resourcesIn(resources: Expr | undefined, outer: string, depth: number): readonly Declaration[] {
  if (depth > DEPTH) return [];
  const items = resources?.kind === 'list' ? resources.items : entriesOf(resources).map(({ value }) => value);
  return items.flatMap((item, index): readonly Declaration[] => {
    const own = textOf(valueAt(item, 'type')) ?? '';
    const type = outer && !own.startsWith('Microsoft.') ? `${outer}/${own}` : own;
    const entries = entriesOf(item).filter(({ key }) => key !== 'resources');
    const body = lowered({ kind: 'record', entries, open: false, at: item.at }, 0);
    const inner = [
      ...resourcesIn(valueAt(item, 'resources'), type, depth + 1),
      ...resourcesIn(valueAt(item, 'properties', 'template', 'resources'), '', depth + 1),
    ];
    return [{ block: 'resource', format: 'bicep', labels: [type, `${outer}#${index}`], body, at: item.at }, ...inner];
  });
}

/** `"[parameters('model')]"` is the parameter; any other text stands for itself. */
function lowered(expr: Expr, depth: number): Expr {
  if (depth > DEPTH) return { kind: 'unknown', why: 'too-deep', at: expr.at };
  if (expr.kind === 'list') return { ...expr, items: expr.items.map((item) => lowered(item, depth + 1)) };
  if (expr.kind === 'record')
    return { ...expr, entries: expr.entries.map((entry) => ({ ...entry, value: lowered(entry.value, depth + 1) })) };
  if (expr.kind !== 'text' || !/^\[(?!\[)[\s\S]*\]$/.test(expr.text)) return expr;
  return named(parseArmExpression(expr.text.slice(1, -1), expr.at), depth);
}

/** Functions that give back what was named, or put texts together. */
function named(expr: Expr, depth: number): Expr {
  if (depth > DEPTH) return { kind: 'unknown', why: 'too-deep', at: expr.at };
  if (expr.kind === 'join') return { ...expr, parts: expr.parts.map((part) => named(part, depth + 1)) };
  if (expr.kind === 'list') return { ...expr, items: expr.items.map((item) => named(item, depth + 1)) };
  if (expr.kind === 'spread') return { ...expr, of: named(expr.of, depth + 1) };
  if (expr.kind === 'choice') return { ...expr, of: expr.of.map((part) => named(part, depth + 1)) };
  if (expr.kind === 'member') return { ...expr, of: named(expr.of, depth + 1), name: named(expr.name, depth + 1) };
  if (expr.kind !== 'call' || expr.callee.kind !== 'name') return expr;
  const { name } = expr.callee;
  const [first] = expr.args;
  if (/^(?:parameters|variables)$/i.test(name) && first?.value.kind === 'text')
    return { kind: 'name', name: first.value.text, block: 0, at: expr.at };
  const args = expr.args.map(({ value }) => named(value, depth + 1));
  const [, then, otherwise] = args;
  if (/^if$/i.test(name) && then && otherwise) return { kind: 'choice', by: 'branch', of: [then, otherwise], at: expr.at };
  return { ...expr, args: args.map((value) => ({ value })) };
}
