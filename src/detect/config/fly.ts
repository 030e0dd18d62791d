// https://fly.io/docs/reference/configuration/
import type { Observed, Vocabulary } from '../../model/observed.ts';
import { trouble } from '../../parse/parsed.ts';
import { textsOf, valueAt } from '../../parse/record.ts';
import { redacted, withoutSecrets } from '../../parse/secret.ts';
import { defineDetector } from '../../plugin.ts';

export default defineDetector({
  id: 'config/fly',
  docs: 'https://fly.io/docs/reference/configuration/',
  kinds: ['fly.toml', 'fly.*.toml'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }, vocabulary) => readApp(text, vocabulary),
});

/** The application: where its first machines run, and the environment it gives them. */
async function readApp(text: string, vocabulary: Vocabulary): Promise<Observed> {
  const { parseToml } = await import('./wrangler/toml.ts');
  const parsed = parseToml(text);
  const declarations = parsed.documents
    .filter((document) => document.kind === 'record')
    .map((document) => ({
      block: 'project',
      format: 'fly' as const,
      labels: textsOf(valueAt(document, 'app')).map((name) => redacted(name)),
      body: withoutSecrets(document, (value) => vocabulary.classifies(value)),
      at: document.at,
    }));
  return { ...(declarations.length > 0 ? { declarations } : {}), ...trouble(parsed) };
}
