// https://vercel.com/docs/project-configuration
import type { Observed, Vocabulary } from '../../model/observed.ts';
import { parseJson } from '../../parse/json.ts';
import { trouble } from '../../parse/parsed.ts';
import { textsOf, valueAt } from '../../parse/record.ts';
import { redacted, withoutSecrets } from '../../parse/secret.ts';
import { defineDetector } from '../../plugin.ts';

export default defineDetector({
  id: 'config/vercel',
  docs: 'https://vercel.com/docs/project-configuration',
  kinds: ['vercel.json', 'now.json'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }, vocabulary) => readProject(text, vocabulary),
});

/** Regions of the deployment, of single functions and of the failover; environment; rewrites, which may lead to a model host. */
function readProject(text: string, vocabulary: Vocabulary): Observed {
  const parsed = parseJson(text);
  const declarations = parsed.documents
    .filter((document) => document.kind === 'record')
    .map((document) => ({
      block: 'project',
      format: 'vercel' as const,
      labels: textsOf(valueAt(document, 'name')).map((name) => redacted(name)),
      body: withoutSecrets(document, (value) => vocabulary.classifies(value)),
      at: document.at,
    }));
  return { ...(declarations.length > 0 ? { declarations } : {}), ...trouble(parsed) };
}
