// https://yaml.org/spec/1.2.2/
import type { Declaration, Observed, Vocabulary } from '../../../model/observed.ts';
import type { Expr } from '../../../model/source.ts';
import { type Parsed, trouble } from '../../../parse/parsed.ts';
import { withoutMark } from '../../../parse/position.ts';
import { defineDetector, type SourceText } from '../../../plugin.ts';
import { ansible } from './ansible.ts';
import { cloudFormation } from './cloudformation.ts';
import { databricks } from './databricks.ts';
import { embeddedFiles } from './embedded.ts';
import { actionsIn, concernsActions } from './github-actions.ts';
import { helmValues } from './helm-values.ts';
import { kong } from './kong.ts';
import { kubernetes } from './kubernetes.ts';
import { litellm } from './litellm.ts';
import { mlflowGateway } from './mlflow-gateway.ts';
import { portkey } from './portkey.ts';
import type { ReadTools, YamlReader } from './reader.ts';
import { templateOf } from './template.ts';
import { truefoundry } from './truefoundry.ts';

/** Configurations of gateways; they are also kept inside resources. */
const GATEWAYS: readonly YamlReader[] = [kong, litellm, mlflowGateway, portkey, truefoundry];
const READERS: readonly YamlReader[] = [...GATEWAYS, ansible, cloudFormation, databricks, helmValues, kubernetes];

/**
 * Formats that are YAML under any file name. One file goes to one detector, and `config.yaml` may be LiteLLM, MLflow or
 * Kubernetes: so the shape of each document says whose it is.
 */
export default defineDetector({
  id: 'config/yaml',
  docs: 'https://yaml.org/spec/1.2.2/',
  kinds: ['.yaml', '.yml', 'values.yaml', 'values.yml', 'values*.yaml', 'values*.yml'],
  cap: 4_000_000,
  always: false,
  version: 3,
  observe: (source, vocabulary) => readYaml(source, vocabulary),
});

async function readYaml({ text: source, kind }: SourceText, vocabulary: Vocabulary): Promise<Observed> {
  const readers = READERS.filter((reader) => reader.concerns(source, kind));
  const isWorkflow = concernsActions(source);
  if (readers.length === 0 && !isWorkflow) return {};
  const { parseYaml } = await import('../../../parse/yaml.ts');
  const tools: ReadTools = { classifies: (value) => vocabulary.classifies(value), kind };
  const template = templateOf(withoutMark(source));
  const parsed = parseYaml(template.text);
  const own = parsed.documents.map((document) => template.fill(document));
  // Found before holes are filled: a text with holes is a file all the same.
  const inner = embeddedFiles(parsed.documents, template.text, (text) =>
    GATEWAYS.some((gateway) => gateway.concerns(text, kind)),
  );
  const embedded = inner.flatMap((text) => parseYaml(text).documents).map((document) => template.fill(document));
  const declarations = [...declarationsOf(own, readers, tools), ...declarationsOf(embedded, GATEWAYS, tools)];
  const actions = isWorkflow ? parsed.documents.flatMap((document) => actionsIn(document, vocabulary)) : [];
  return {
    ...(declarations.length > 0 ? { declarations: declarations.sort(byPlace) } : {}),
    ...(actions.length > 0 ? { tools: actions } : {}),
    ...trouble(template.isTemplate ? asTemplate(parsed) : parsed),
  };
}

function declarationsOf(documents: readonly Expr[], readers: readonly YamlReader[], tools: ReadTools): readonly Declaration[] {
  return documents.flatMap((document) => readers.flatMap((reader) => reader.read(document, tools)));
}

function byPlace(left: Declaration, right: Declaration): number {
  return left.at.line - right.at.line || left.at.column - right.at.column;
}

/** What a template leaves broken is no mistake of whoever wrote it. */
function asTemplate(parsed: Parsed): Parsed {
  const problems = parsed.problems.map((problem) =>
    problem.reason === 'syntax-error'
      ? { ...problem, reason: 'template', message: 'a template, no YAML before it is filled in; what could be read was kept' }
      : problem,
  );
  const degraded = parsed.degraded === 'syntax-error' ? 'template' : parsed.degraded;
  return { documents: parsed.documents, problems, ...(degraded === undefined ? {} : { degraded }) };
}
