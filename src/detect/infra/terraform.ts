// https://developer.hashicorp.com/terraform/language/syntax/configuration
import type { Declaration, Observed, Vocabulary } from '../../model/observed.ts';
import type { Expr } from '../../model/source.ts';
import type { HclBlock } from '../../parse/hcl-body.ts';
import { parseJson } from '../../parse/json.ts';
import { trouble } from '../../parse/parsed.ts';
import { spansOf } from '../../parse/position.ts';
import { isSensitive, withoutSecrets } from '../../parse/secret.ts';
import { defineDetector } from '../../plugin.ts';

/** Blocks whose label names the value that stands inside. */
const NAMED_VALUES = ['variable', 'output'];

export default defineDetector({
  id: 'infra/terraform',
  docs: 'https://developer.hashicorp.com/terraform/language/syntax/configuration',
  kinds: ['.tf', '.tofu', '.tfvars', '.tfvars.json'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text, kind }, vocabulary) => readTerraform(text, kind, vocabulary),
});

async function readTerraform(text: string, kind: string, vocabulary: Vocabulary): Promise<Observed> {
  const classifies = (value: string) => vocabulary.classifies(value);
  if (kind === '.tfvars.json') {
    const parsed = parseJson(text);
    const declarations = parsed.documents.map((values) => valuesOf(values, classifies));
    return { declarations, ...trouble(parsed) };
  }
  const { parseHcl } = await import('../../parse/hcl.ts');
  const file = await parseHcl(text);
  if (kind !== '.tfvars') return { declarations: file.blocks.map((block) => declarationOf(block, classifies)), ...trouble(file) };
  const at = spansOf(text)(0, text.length);
  const values: Expr = { kind: 'record', entries: file.attributes, open: false, at };
  return { declarations: [valuesOf(values, classifies)], ...trouble(file) };
}

function valuesOf(values: Expr, classifies: (value: string) => boolean): Declaration {
  return { block: 'values', format: 'terraform', labels: [], body: withoutSecrets(values, classifies), at: values.at };
}

function declarationOf({ type, labels, body, at }: HclBlock, classifies: (value: string) => boolean): Declaration {
  const hidden = NAMED_VALUES.includes(type) && labels.some((label) => isSensitive(label));
  return { block: type, format: 'terraform', labels, body: withoutSecrets(body, classifies, hidden), at };
}
