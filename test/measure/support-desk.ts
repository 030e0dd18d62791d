/** A support desk: a web shop whose chat and knowledge base rest on two suppliers, a CI bot, and a warehouse service without AI. */
import type {
  Capability,
  Factor,
  GraphNode,
  Leg,
  Linked,
  NodeId,
  Route,
  RouteFallback,
  Workload,
} from '../../src/model/graph.ts';
import { LAYERS } from '../../src/score/constants.ts';

function node(id: NodeId, name: string, more: Partial<GraphNode> = {}): GraphNode {
  const layer = LAYERS.find((one) => id.startsWith(`${one}:`));
  if (!layer) throw new Error(`${id} has no layer`);
  return { id, layer, name, known: true, ...more };
}

export const nodes: readonly GraphNode[] = [
  node('cloud:aws', 'AWS', { group: 'amazon', jurisdiction: 'US' }),
  node('cloud:azure', 'Azure', { group: 'microsoft', jurisdiction: 'US' }),
  node('cloud:openai:other-cloud', 'other clouds of OpenAI'),
  node('host:aws:me-central-1', 'AWS UAE'),
  node('host:own:dubai', 'Dubai warehouse'),
  node('jurisdiction:EU', 'European Union'),
  node('jurisdiction:US', 'United States'),
  node('maker:alibaba', 'Alibaba', { jurisdiction: 'CN' }),
  node('maker:anthropic', 'Anthropic', { jurisdiction: 'US' }),
  node('maker:openai', 'OpenAI', { jurisdiction: 'US' }),
  node('model:claude-sonnet-4', 'Claude Sonnet 4', { jurisdiction: 'US' }),
  node('model:gpt-4o', 'GPT-4o', { jurisdiction: 'US' }),
  node('model:qwen3-8b', 'Qwen3 8B'),
  node('model:text-embedding-3-small', 'text-embedding-3-small', { jurisdiction: 'US' }),
  node('operator:aws-bedrock', 'Amazon Bedrock', { group: 'amazon', jurisdiction: 'US' }),
  node('operator:openai', 'OpenAI', { jurisdiction: 'US' }),
  node('region:aws:eu-west-1', 'AWS Ireland'),
  node('region:aws:me-central-1', 'AWS UAE'),
  node('region:openai:global', 'OpenAI, anywhere'),
  node('sdk:npm:openai', 'openai'),
  node('virtualization:vmware', 'VMware'),
];

const UNSEEN = { selfHosted: false, tuned: false, how: 'literal', confidence: 1, destinations: [], evidence: [] } as const;

export const gpt: Route = {
  ...UNSEEN,
  id: 'route:gpt',
  sdk: 'sdk:npm:openai',
  model: 'model:gpt-4o',
  family: 'gpt',
  nodes: {
    operator: [{ node: 'operator:openai', k: 1 }],
    maker: [{ node: 'maker:openai', k: 1 }],
    cloud: [
      { node: 'cloud:azure', k: 0.6 },
      { node: 'cloud:openai:other-cloud', k: 0.4 },
    ],
    region: [{ node: 'region:openai:global', k: 0.4 }],
    jurisdiction: [{ node: 'jurisdiction:US', k: 1 }],
  },
  openWeights: false,
  api: 'openai-compatible',
  regionKind: 'global',
};

export const embeddings: Route = {
  ...gpt,
  id: 'route:embeddings',
  model: 'model:text-embedding-3-small',
  family: 'text-embedding-3',
};

export const claude: Route = {
  ...UNSEEN,
  id: 'route:claude',
  model: 'model:claude-sonnet-4',
  family: 'claude',
  nodes: {
    operator: [{ node: 'operator:aws-bedrock', k: 1 }],
    maker: [{ node: 'maker:anthropic', k: 1 }],
    cloud: [{ node: 'cloud:aws', k: 1 }],
    region: [{ node: 'region:aws:eu-west-1', k: 0.5 }],
    jurisdiction: [{ node: 'jurisdiction:US', k: 1 }],
  },
  destinations: ['region:aws:eu-west-1', 'region:aws:eu-central-1'],
  openWeights: false,
  api: 'platform',
  regionKind: 'geography',
};

/** Open weights on an own machine: no operator, no maker, no cloud. */
export const qwen: Route = {
  ...UNSEEN,
  id: 'route:qwen',
  model: 'model:qwen3-8b',
  family: 'qwen',
  nodes: { region: [{ node: 'region:own:dubai', k: 1 }], jurisdiction: [{ unknown: 'country of the data centre' }] },
  selfHosted: true,
  openWeights: true,
  api: 'openai-compatible',
  regionKind: 'pinned',
};

export function fallback(route: Route, more: Partial<RouteFallback> = {}): RouteFallback {
  return { route: route.id, class: 'auto', mechanism: 'try-catch', kappa: 0.75, compat: 1, evidence: [], ...more };
}

export function leg(operation: Leg['operation'], primary: Route, fallbacks: readonly RouteFallback[] = []): Leg {
  return { operation, primary: primary.id, fallbacks, stores: [] };
}

export function factor(name: string, p: number, more: Partial<Factor> = {}): Factor {
  return { ruleId: name, factor: name, dimension: 'lockIn', p, confidence: 1, evidence: [], ...more };
}

export function capability(id: string, legs: readonly Leg[], more: Partial<Capability> = {}): Capability {
  const [workload = ''] = id.split('/');
  const own = {
    id,
    workload,
    operation: 'chat',
    context: 'production',
    criticality: 'standard',
    weight: 1,
    label: 'chat',
  } as const;
  return { ...own, legs, factors: [], sites: [], features: {}, extra: [], ...more };
}

export function workload(id: string, more: Partial<Workload> = {}): Workload {
  return { id, path: id, kind: 'npm', host: [], virtualization: [], ...more };
}

const inventory: Linked['inventory'] = {
  providers: [],
  models: [],
  clouds: [],
  regions: [],
  packages: [],
  callSites: [],
  gateways: [],
  fallbacks: [],
  features: [],
  weights: [],
  tools: [],
};

const chat = capability('desk/chat', [leg('chat', gpt, [fallback(claude)])], {
  factors: [
    factor('api-shape', 0.1),
    factor('hard-coded', 0.1, { confidence: 0.6 }),
    factor('hard-coded', 0.1, { confidence: 0.9 }),
    factor('alias', 0.2, { dimension: 'lifecycle' }),
  ],
});
const search = capability(
  'desk/search',
  [leg('embeddings', embeddings), leg('chat', gpt, [fallback(claude, { kappa: 0.95, class: 'tested' })])],
  {
    criticality: 'important',
    weight: 2,
    extra: [{ layer: 'region', node: 'region:aws:me-central-1', k: 1, ruleId: 'region/state-in-one-region' }],
  },
);
const reviewBot = capability('ci/review', [leg('chat', qwen)], { context: 'tooling', weight: 0.25 });
const trial = capability('warehouse/trial', [leg('chat', gpt)], { context: 'test', weight: 0 });

/** The whole story; a test changes what it is about. */
export const desk: Linked = {
  nodes,
  edges: [{ from: 'model:qwen3-8b', to: 'maker:alibaba', k: 0, evidence: [] }],
  routes: [claude, embeddings, gpt, qwen],
  capabilities: [reviewBot, chat, search, trial],
  workloads: [
    workload('ci'),
    workload('desk', { host: [{ node: 'host:aws:me-central-1', k: 1, evidence: [] }] }),
    workload('docs'),
    workload('warehouse', {
      host: [{ node: 'host:own:dubai', k: 1, evidence: [] }],
      virtualization: [{ node: 'virtualization:vmware', k: 1, evidence: [] }],
    }),
  ],
  inventory,
  evidence: [],
  resources: [],
  clients: [],
  assumptions: [],
  unknown: {},
};

export const hq: ReadonlyMap<NodeId, string> = new Map([
  ['operator:openai', 'US'],
  ['operator:aws-bedrock', 'US'],
  ['maker:openai', 'US'],
  ['maker:anthropic', 'US'],
  ['maker:alibaba', 'CN'],
]);

export const facts = { hqOf: (id: NodeId) => hq.get(id) };
