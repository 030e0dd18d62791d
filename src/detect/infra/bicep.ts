// https://learn.microsoft.com/azure/azure-resource-manager/bicep/file
import type { Declaration, Observed, Vocabulary } from '../../model/observed.ts';
import type { Expr } from '../../model/source.ts';
import { type BicepStatement, parseBicep } from '../../parse/bicep.ts';
import { isSensitive, withoutSecrets } from '../../parse/secret.ts';
import { defineDetector } from '../../plugin.ts';

export default defineDetector({
  id: 'infra/bicep',
  docs: 'https://learn.microsoft.com/azure/azure-resource-manager/bicep/file',
  kinds: ['.bicep', '.bicepparam'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text, kind }, vocabulary) => readBicep(text, kind, vocabulary),
});

function readBicep(text: string, kind: string, vocabulary: Vocabulary): Observed {
  const statements = parseBicep(text);
  const declarations = kind === '.bicepparam' ? valuesOf(statements) : statements.flatMap(declarationOf);
  const classifies = (value: string) => vocabulary.classifies(value);
  return {
    declarations: declarations.map((one) => {
      const hidden = one.block === 'variable' && one.labels.some((label) => isSensitive(label));
      return { ...one, body: withoutSecrets(one.body, classifies, hidden) };
    }),
  };
}

/** A file of parameters says for which template it holds them. */
function valuesOf(statements: readonly BicepStatement[]): readonly Declaration[] {
  const template = statements.find(({ kind }) => kind === 'using')?.of?.text;
  const [first] = statements;
  if (template === undefined || !first) return [];
  const entries = statements.flatMap(({ kind, name, value }) =>
    kind === 'param' && value ? [{ key: name, value: environmentOr(value), at: value.at }] : [],
  );
  const body: Expr = { kind: 'record', entries, open: false, at: first.at };
  return [{ block: 'values', format: 'bicep', labels: [template], body, at: first.at }];
}

/** `readEnvironmentVariable('NAME', 'default')`. */
function environmentOr(value: Expr): Expr {
  if (value.kind !== 'call' || value.callee.kind !== 'name' || value.callee.name !== 'readEnvironmentVariable') return value;
  const [name, fallback] = value.args.map((arg) => arg.value);
  if (name?.kind !== 'text') return value;
  return { kind: 'env', name: name.text, at: value.at, ...(fallback ? { fallback } : {}) };
}

function declarationOf({ kind, name, of, existing, value, at }: BicepStatement): readonly Declaration[] {
  const one = value?.kind === 'list' && value.each ? value.items[0] : value;
  const wrapped = (key: string, inner: Expr | undefined): Expr => ({
    kind: 'record',
    entries: inner ? [{ key, value: inner, at: inner.at }] : [],
    open: false,
    at,
  });
  const base = { format: 'bicep', at } as const;
  if (kind === 'param') return [{ ...base, block: 'variable', labels: [name], body: wrapped('default', value) }];
  if (kind === 'var') return [{ ...base, block: 'locals', labels: [], body: wrapped(name, value) }];
  if (one?.kind !== 'record' || of === undefined) return [];
  if (kind === 'module') return [{ ...base, block: 'module', labels: [of.text.replace(/:[\w.-]+$/, ''), name], body: one }];
  const type = of.text.replace(/@.*/, '');
  return kind === 'resource' ? [{ ...base, block: existing ? 'data' : 'resource', labels: [type, name], body: one }] : [];
}
