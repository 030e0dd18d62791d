// https://developer.hashicorp.com/packer/docs/templates/hcl_templates
import type { Declaration, Observed, Vocabulary } from '../../model/observed.ts';
import type { Expr } from '../../model/source.ts';
import type { HclBlock } from '../../parse/hcl-body.ts';
import { trouble } from '../../parse/parsed.ts';
import { textOf, valueAt } from '../../parse/record.ts';
import { isSensitive, redacted, withoutSecrets } from '../../parse/secret.ts';
import { defineDetector } from '../../plugin.ts';

/** Names of values, as in Terraform; a source says where machines are built. */
const KEPT = ['variable', 'locals', 'source'];

export default defineDetector({
  id: 'infra/packer',
  docs: 'https://developer.hashicorp.com/packer/docs/templates/hcl_templates',
  kinds: ['.pkr.hcl', '.pkr.json'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text, kind }, vocabulary) => (kind === '.pkr.json' ? readJson(text, vocabulary) : readHcl(text, vocabulary)),
});

async function readHcl(text: string, vocabulary: Vocabulary): Promise<Observed> {
  const { parseHcl } = await import('../../parse/hcl.ts');
  const file = await parseHcl(text);
  const declarations = file.blocks.filter(({ type }) => KEPT.includes(type)).map((block) => declarationOf(block, vocabulary));
  return { declarations, ...trouble(file) };
}

function declarationOf({ type, labels, body, at }: HclBlock, vocabulary: Vocabulary): Declaration {
  const isHidden = type === 'variable' && labels.some((label) => isSensitive(label));
  const block = type === 'source' ? 'resource' : type;
  return {
    block,
    format: 'packer',
    labels,
    body: withoutSecrets(body, (value) => vocabulary.classifies(value), isHidden),
    at,
  };
}

/** The older templates list their builders. */
async function readJson(text: string, vocabulary: Vocabulary): Promise<Observed> {
  const { parseJson } = await import('../../parse/json.ts');
  const parsed = parseJson(text);
  const builders = parsed.documents.flatMap((document) => itemsOf(valueAt(document, 'builders')));
  const declarations = builders.flatMap((builder): readonly Declaration[] => {
    const type = textOf(valueAt(builder, 'type'));
    if (type === undefined) return [];
    const name = textOf(valueAt(builder, 'name')) ?? type;
    const body = withoutSecrets(builder, (value) => vocabulary.classifies(value));
    return [{ block: 'resource', format: 'packer', labels: [redacted(type), redacted(name)], body, at: builder.at }];
  });
  return { ...(declarations.length > 0 ? { declarations } : {}), ...trouble(parsed) };
}

function itemsOf(expr: Expr | undefined): readonly Expr[] {
  return expr?.kind === 'list' ? expr.items : [];
}
