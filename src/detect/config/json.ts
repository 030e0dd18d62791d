// https://docs.n8n.io/workflows/export-import/
import type { Observed, Vocabulary } from '../../model/observed.ts';
import type { Expr, Site } from '../../model/source.ts';
import { parseJson } from '../../parse/json.ts';
import { trouble } from '../../parse/parsed.ts';
import { entryOf, textOf, valueAt } from '../../parse/record.ts';
import { withoutSecrets } from '../../parse/secret.ts';
import { defineDetector } from '../../plugin.ts';
import { readArm } from '../infra/arm.ts';

/** Types of nodes are names of packages with a member: `@n8n/n8n-nodes-langchain.lmChatOllama`. */
const NODE = /^(?:@[\w-]+\/)?n8n-nodes-[\w-]+\.\w+$/;

export default defineDetector({
  id: 'config/json',
  docs: 'https://docs.n8n.io/workflows/export-import/',
  kinds: ['.json'],
  cap: 1_000_000,
  always: false,
  version: 2,
  observe: ({ text }, vocabulary) => ({ ...readArm(text, vocabulary), ...readWorkflows(text, vocabulary) }),
});

/** Exported workflows of n8n, one or a list: every node is a call of its type with its parameters. Other JSON says nothing here. */
function readWorkflows(text: string, vocabulary: Vocabulary): Observed {
  if (!text.includes('n8n-nodes-') || !text.includes('"nodes"')) return {};
  const parsed = parseJson(text);
  const workflows = parsed.documents.flatMap((document) => (document.kind === 'list' ? document.items : [document]));
  const nodes = workflows.flatMap((workflow) => itemsOf(valueAt(workflow, 'nodes'))).filter((node) => isOn(node));
  const sites = nodes.flatMap((node): readonly Site['call'][] => callOf(node, vocabulary) ?? []);
  const unit = {
    imports: [],
    exports: [],
    types: [],
    bindings: [],
    sites: sites.map((call, site): Site => ({ block: 0, call: { ...call, site } })),
    blocks: [{ parent: -1, kind: 'module' as const }],
    strings: [],
    directives: [],
  };
  return { ...(sites.length > 0 ? { unit } : {}), ...trouble(parsed) };
}

function isOn(node: Expr): boolean {
  const disabled = valueAt(node, 'disabled');
  return !(disabled?.kind === 'constant' && disabled.value === true);
}

function callOf(node: Expr, vocabulary: Vocabulary): readonly Site['call'][] | undefined {
  const type = entryOf(node, 'type')?.value;
  const name = textOf(type);
  if (type === undefined || name === undefined || !NODE.test(name)) return undefined;
  const parameters = valueAt(node, 'parameters') ?? { kind: 'record', entries: [], open: false, at: node.at };
  const { at } = type;
  const value = withoutSecrets(parameters, (text) => vocabulary.classifies(text));
  return [{ kind: 'call', callee: { kind: 'name', name: `n8n:${name}`, block: 0, at }, args: [{ value }], site: 0, at }];
}

function itemsOf(expr: Expr | undefined): readonly Expr[] {
  return expr?.kind === 'list' ? expr.items : [];
}
