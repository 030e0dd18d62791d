// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
import type { Declaration } from '../../../model/observed.ts';
import type { Entry, Expr } from '../../../model/source.ts';
import { entriesOf, textOf, valueAt } from '../../../parse/record.ts';
import { declare, fixedLabel, type ReadTools, type YamlReader } from './reader.ts';

const TYPE = /^(?:AWS|Alexa|Custom)::/;
const HOLE = /\$\{([^}!]{1,200})\}/;
const PSEUDO = 'AWS::';

/** CloudFormation and SAM: parameters as variables, resources with their intrinsic functions as plain expressions. */
export const cloudFormation: YamlReader = {
  concerns: (text) => text.includes('AWSTemplateFormatVersion') || (text.includes('Resources:') && text.includes('AWS::')),
  read: (document, tools) => {
    const resources = entriesOf(valueAt(document, 'Resources')).filter(({ value }) =>
      TYPE.test(textOf(valueAt(value, 'Type')) ?? ''),
    );
    if (!resources.length) return [];
    const shared = valueAt(document, 'Globals', 'Function');
    return [
      ...entriesOf(valueAt(document, 'Parameters')).map((entry) => parameter(entry, tools)),
      ...resources.map((entry) => resource(entry, shared, tools)),
    ];
  },
};

function parameter({ key, value, at }: Entry, tools: ReadTools): Declaration {
  const fallback = valueAt(value, 'Default');
  const entries = fallback ? [{ key: 'default', value: lowered(fallback), at: fallback.at }] : [];
  return declare(
    {
      format: 'cloudformation',
      block: 'variable',
      labels: [fixedLabel(key, at)],
      body: { kind: 'record', entries, open: false, at },
      at,
    },
    tools,
  );
}

/** SAM hands the environment of `Globals.Function` to every function. */
function resource({ key, value, at }: Entry, shared: Expr | undefined, tools: ReadTools): Declaration {
  const type = textOf(valueAt(value, 'Type')) ?? '';
  const own = valueAt(value, 'Properties') ?? { kind: 'record', entries: [], open: false, at };
  const common = type === 'AWS::Serverless::Function' && shared ? entriesOf(shared) : [];
  const body: Expr = {
    kind: 'record',
    entries: [...common, ...entriesOf(own)].map((entry) => ({ ...entry, value: lowered(entry.value) })),
    open: false,
    at,
  };
  return declare(
    { format: 'cloudformation', block: 'resource', labels: [fixedLabel(type, at), fixedLabel(key, at)], body, at },
    tools,
  );
}

/** `!Ref P` is `var.P`; `!Sub` is text put together; `!If` is a choice. The depth of a parsed value is bounded. */
function lowered(expr: Expr): Expr {
  if (expr.kind === 'list') return { ...expr, items: expr.items.map(lowered) };
  if (expr.kind === 'call' && expr.callee.kind === 'name')
    return intrinsic(expr.callee.name.replace(/^!/, ''), expr.args[0]?.value, expr);
  if (expr.kind !== 'record') return expr;
  const [only] = expr.entries;
  if (only && expr.entries.length === 1 && (only.key === 'Ref' || only.key.startsWith('Fn::')))
    return intrinsic(only.key.replace('Fn::', ''), only.value, expr);
  return { ...expr, entries: expr.entries.map((entry) => ({ ...entry, value: lowered(entry.value) })) };
}

function intrinsic(name: string, value: Expr | undefined, whole: Expr): Expr {
  const { at } = whole;
  if (name === 'Ref' && value?.kind === 'text') return reference(value.text, value);
  if (name === 'Sub') {
    const template = value?.kind === 'list' ? value.items[0] : value;
    return template?.kind === 'text' ? substituted(template) : { kind: 'unknown', why: 'template', at };
  }
  if (name === 'If' && value?.kind === 'list') return { kind: 'choice', by: 'branch', of: value.items.slice(1).map(lowered), at };
  if (name === 'Join' && value?.kind === 'list') return { kind: 'unknown', why: 'computed', at };
  return { kind: 'unknown', why: name === 'GetAtt' ? 'attribute' : 'computed', at };
}

function reference(name: string, { at }: Expr): Expr {
  if (name.startsWith(PSEUDO)) return { kind: 'unknown', why: name === 'AWS::Region' ? 'deploy-region' : 'pseudo-parameter', at };
  return { kind: 'member', of: { kind: 'name', name: 'var', block: 0, at }, name: { kind: 'text', text: name, at }, at };
}

function substituted(template: Expr & { kind: 'text' }): Expr {
  const parts: Expr[] = [];
  for (let rest = template.text; rest; ) {
    const hole = HOLE.exec(rest);
    const text = hole ? rest.slice(0, hole.index) : rest;
    if (text) parts.push({ ...template, text });
    if (!hole) break;
    parts.push(reference(hole[1] ?? '', template));
    rest = rest.slice(hole.index + hole[0].length);
  }
  return { kind: 'join', parts, at: template.at };
}
