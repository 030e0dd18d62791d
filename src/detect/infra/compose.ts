// https://docs.docker.com/reference/compose-file/services/
import type { Declaration, Observed, Vocabulary } from '../../model/observed.ts';
import type { Entry, Expr } from '../../model/source.ts';
import { interpolate } from '../../parse/interpolation.ts';
import { trouble } from '../../parse/parsed.ts';
import { entriesOf, valueAt } from '../../parse/record.ts';
import { withoutSecrets } from '../../parse/secret.ts';
import { defineDetector } from '../../plugin.ts';

/** Lists of `NAME=value` that mean the same as a record. */
const ASSIGNMENTS = ['environment', 'labels', 'args'];

export default defineDetector({
  id: 'infra/compose',
  docs: 'https://docs.docker.com/reference/compose-file/services/',
  kinds: [
    'docker-compose.yml',
    'docker-compose.yaml',
    'docker-compose*.yml',
    'docker-compose*.yaml',
    'compose.yml',
    'compose.yaml',
    'compose.*.yml',
    'compose.*.yaml',
    'compose-*.yml',
    'compose-*.yaml',
  ],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }, vocabulary) => readCompose(text, vocabulary),
});

async function readCompose(text: string, vocabulary: Vocabulary): Promise<Observed> {
  const { parseYaml } = await import('../../parse/yaml.ts');
  const parsed = parseYaml(text);
  const services = valueAt(parsed.documents[0], 'services');
  const declarations = entriesOf(services).map((service) => serviceOf(service, vocabulary));
  return { declarations, ...trouble(parsed) };
}

function serviceOf({ key, value, at }: Entry, vocabulary: Vocabulary): Declaration {
  const body = withoutSecrets(lower(value, []), (text) => vocabulary.classifies(text));
  return { block: 'service', format: 'compose', labels: [key], body, at };
}

/** The same value with variables as such, assignments as records, and without tags of the merge (`!reset`, `!override`). */
function lower(expr: Expr, path: readonly string[]): Expr {
  if (expr.kind === 'text') return interpolate(expr.text, expr.at);
  if (expr.kind === 'call') return lower(expr.args[0]?.value ?? { kind: 'constant', value: null, at: expr.at }, path);
  const isAssignments = ASSIGNMENTS.includes(path.at(-1) ?? '');
  if (expr.kind === 'list') {
    if (isAssignments)
      return { kind: 'record', entries: expr.items.flatMap((item) => assignment(item)), open: false, at: expr.at };
    return { ...expr, items: expr.items.map((item) => lower(item, path)) };
  }
  if (expr.kind !== 'record') return expr;
  return { ...expr, entries: expr.entries.map((entry) => lowerEntry(entry, path, isAssignments)) };
}

function lowerEntry(entry: Entry, path: readonly string[], isAssignment: boolean): Entry {
  const { key, value, at } = entry;
  if (isAssignment && value.kind === 'constant') return { ...entry, value: environmentText(key, value) };
  return { key, value: lower(value, [...path, key]), at };
}

/** A name without a value is handed through from the shell; numbers and booleans reach the container as text. */
function environmentText(name: string, constant: Expr & { kind: 'constant' }): Expr {
  const { value, at } = constant;
  return value === null ? { kind: 'env', name, at } : { kind: 'text', text: String(value), at };
}

function assignment(item: Expr): readonly Entry[] {
  if (item.kind !== 'text') return [];
  const { text, at } = item;
  const equals = text.indexOf('=');
  if (equals < 0) return [{ key: text.trim(), value: { kind: 'env', name: text.trim(), at }, at }];
  return [{ key: text.slice(0, equals).trim(), value: interpolate(text.slice(equals + 1), at), at }];
}
