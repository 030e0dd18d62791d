// https://developers.cloudflare.com/workers/wrangler/configuration/
import type { Declaration, Observed, Vocabulary } from '../../../model/observed.ts';
import type { Entry, Expr } from '../../../model/source.ts';
import { trouble } from '../../../parse/parsed.ts';
import { entriesOf, textsOf, valueAt } from '../../../parse/record.ts';
import { type Classifies, redacted, withoutSecrets } from '../../../parse/secret.ts';
import { defineDetector, type SourceText } from '../../../plugin.ts';

export default defineDetector({
  id: 'config/wrangler',
  docs: 'https://developers.cloudflare.com/workers/wrangler/configuration/',
  kinds: ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc', 'wrangler*.toml', 'wrangler*.json', 'wrangler*.jsonc'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: (source, vocabulary) => readWorker(source, vocabulary),
});

async function readWorker({ text, kind }: SourceText, vocabulary: Vocabulary): Promise<Observed> {
  const parsed = kind.endsWith('.toml')
    ? (await import('./toml.ts')).parseToml(text)
    : (await import('../../../parse/json.ts')).parseJson(text);
  const declarations = parsed.documents.flatMap((document) => declarationsOf(document, (value) => vocabulary.classifies(value)));
  return { ...(declarations.length > 0 ? { declarations } : {}), ...trouble(parsed) };
}

/** The worker as it is deployed by default, and what each named environment says instead: bindings are not inherited. */
function declarationsOf(document: Expr, classifies: Classifies): readonly Declaration[] {
  if (document.kind !== 'record') return [];
  const { entries, ...record } = document;
  const name = textsOf(valueAt(document, 'name')).map((text) => redacted(text));
  const own: Expr = { ...record, entries: entries.filter(({ key }) => key !== 'env') };
  const worker: Declaration = {
    block: 'worker',
    format: 'wrangler',
    labels: name,
    body: withoutSecrets(own, classifies),
    at: document.at,
  };
  const environments = entriesOf(valueAt(document, 'env')).filter(({ value }) => value.kind === 'record');
  return [worker, ...environments.map((entry) => environmentOf(entry, name, classifies))];
}

function environmentOf({ key, value, at }: Entry, name: readonly string[], classifies: Classifies): Declaration {
  return {
    block: 'environment',
    format: 'wrangler',
    labels: [...name, redacted(key)],
    body: withoutSecrets(value, classifies),
    at,
  };
}
