// https://render.com/docs/blueprint-spec
import type { Declaration, Observed, Vocabulary } from '../../model/observed.ts';
import type { Entry, Expr } from '../../model/source.ts';
import { trouble } from '../../parse/parsed.ts';
import { entriesOf, textOf, textsOf, valueAt } from '../../parse/record.ts';
import { redacted, withoutSecrets } from '../../parse/secret.ts';
import { defineDetector } from '../../plugin.ts';

export default defineDetector({
  id: 'config/render',
  docs: 'https://render.com/docs/blueprint-spec',
  kinds: ['render.yaml', 'render.yml'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }, vocabulary) => readBlueprint(text, vocabulary),
});

/** Each service: its region, and the environment it is given. */
async function readBlueprint(text: string, vocabulary: Vocabulary): Promise<Observed> {
  const { parseYaml } = await import('../../parse/yaml.ts');
  const parsed = parseYaml(text);
  const services = parsed.documents.flatMap((document) => itemsOf(valueAt(document, 'services')));
  const declarations = services.filter((service) => service.kind === 'record').map((service) => serviceOf(service, vocabulary));
  return { ...(declarations.length > 0 ? { declarations } : {}), ...trouble(parsed) };
}

function serviceOf(service: Expr, vocabulary: Vocabulary): Declaration {
  const variables = itemsOf(valueAt(service, 'envVars')).flatMap((item): readonly Entry[] => {
    const key = textOf(valueAt(item, 'key'));
    const value = valueAt(item, 'value');
    return key === undefined || !value ? [] : [{ key, value, at: item.at }];
  });
  const own = entriesOf(service).filter(({ key }) => key !== 'envVars');
  const env: Entry = { key: 'env', value: { kind: 'record', entries: variables, open: false, at: service.at }, at: service.at };
  const body: Expr = { kind: 'record', entries: [...own.filter(({ key }) => key !== 'env'), env], open: false, at: service.at };
  return {
    block: 'project',
    format: 'render',
    labels: textsOf(valueAt(service, 'name')).map((name) => redacted(name)),
    body: withoutSecrets(body, (value) => vocabulary.classifies(value)),
    at: service.at,
  };
}

function itemsOf(expr: Expr | undefined): readonly Expr[] {
  return expr?.kind === 'list' ? expr.items : [];
}
