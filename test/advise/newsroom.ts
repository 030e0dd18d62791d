/** A newsroom: its routes, and a short way to have a graph of them measured and advised upon. */
import type { AdviseInput } from '../../src/advise/scene.ts';
import { measure } from '../../src/measure/measure.ts';
import type { Capability, GraphNode, Layer, Linked, Route, RouteNode } from '../../src/model/graph.ts';
import type { Finding, PlanB } from '../../src/model/report.ts';
import type { Portfolio } from '../../src/score/portfolio.ts';
import { score } from '../../src/score/score.ts';
import { linked, node, place, route } from '../condition/hand-made.ts';
import { CATALOG } from './small-catalog.ts';

const LAYERS = ['operator', 'maker', 'cloud', 'region', 'jurisdiction'] as const satisfies readonly Layer[];

type Places = Readonly<Partial<Record<(typeof LAYERS)[number], Readonly<Record<string, number>>>>>;

function nodesOf(places: Places): Route['nodes'] {
  const lists = Object.entries(places).map(([layer, nodes]): [string, readonly RouteNode[]] => [
    layer,
    Object.entries(nodes).map(([name, k]) => ({ node: `${layer}:${name}`, k })),
  ]);
  return Object.fromEntries(lists);
}

function made(id: string, places: Places, more: Partial<Route>): Route {
  return route(id, { nodes: nodesOf(places), evidence: ['client'], ...more });
}

const OPENAI = {
  operator: { openai: 1 },
  maker: { openai: 1 },
  cloud: { azure: 0.6, oci: 0.4 },
  region: { 'openai:global': 0.4 },
  jurisdiction: { US: 1 },
};
const BEDROCK = { operator: { 'aws-bedrock': 1 }, maker: { anthropic: 1 }, cloud: { aws: 1 } };

export const gpt = made('gpt', OPENAI, { provider: 'openai', modelId: 'gpt-6', family: 'gpt' });
export const retiredGpt = made('gpt-3.5', OPENAI, { provider: 'openai', modelId: 'gpt-3.5', family: 'gpt', retired: true });
export const embedding = made('embedding', OPENAI, { provider: 'openai', modelId: 'text-embedding-3', family: 'openai-embed' });
export const claude = made(
  'claude',
  {
    operator: { anthropic: 1 },
    maker: { anthropic: 1 },
    cloud: { aws: 0.6, gcp: 0.4 },
    region: { 'anthropic:global': 0.4 },
    jurisdiction: { US: 1 },
  },
  { provider: 'anthropic', modelId: 'claude-sonnet-5', family: 'claude' },
);
export const azureGpt = made(
  'azure-gpt',
  {
    operator: { 'azure-openai': 1 },
    maker: { openai: 1 },
    cloud: { azure: 1 },
    region: { 'azure:westeurope': 1 },
    jurisdiction: { US: 1, EU: 1 },
  },
  { provider: 'azure-openai', modelId: 'gpt-6', family: 'gpt', regionKind: 'pinned' },
);
export const bedrock = made(
  'bedrock',
  { ...BEDROCK, region: { 'aws:eu-west-1': 1 }, jurisdiction: { US: 1, EU: 1 } },
  { provider: 'aws-bedrock', modelId: 'anthropic.claude-sonnet-5', family: 'claude', regionKind: 'pinned' },
);
export const gulf = made(
  'gulf',
  { ...BEDROCK, region: { 'aws:me-central-1': 1 }, jurisdiction: { US: 1, AE: 1 } },
  { provider: 'aws-bedrock', modelId: 'anthropic.claude-sonnet-5', family: 'claude', regionKind: 'pinned' },
);
export const vertex = made(
  'vertex',
  {
    operator: { 'google-vertex': 1 },
    maker: { anthropic: 1 },
    cloud: { gcp: 1 },
    region: { 'gcp:europe-west1': 1 },
    jurisdiction: { US: 1, EU: 1 },
  },
  { provider: 'google-vertex', modelId: 'claude-sonnet-5', family: 'claude', regionKind: 'pinned' },
);
export const routed = made(
  'routed',
  {
    operator: { openrouter: 1, anthropic: 1 },
    maker: { anthropic: 1 },
    cloud: { aws: 0.6, gcp: 0.4 },
    region: { 'anthropic:global': 0.4, 'openrouter:global': 0.4 },
    jurisdiction: { US: 1 },
  },
  { provider: 'anthropic', modelId: 'anthropic/claude-sonnet-5', family: 'claude', gateway: 'gateway:openrouter' },
);
export const ownLlama = made(
  'own-llama',
  { region: { 'on-premises:newsroom': 1 } },
  { provider: 'vllm', modelId: 'llama-4', family: 'llama', selfHosted: true, openWeights: true, regionKind: 'none' },
);

const ALL = [gpt, retiredGpt, embedding, claude, azureGpt, bedrock, gulf, vertex, routed, ownLlama];

/** The nodes that routes rest on, with their owners. */
export function nodesFor(routes: readonly Route[]): readonly GraphNode[] {
  const ids = routes.flatMap((one) =>
    Object.values(one.nodes).flatMap((nodes) => (nodes ?? []).flatMap((seen) => ('node' in seen ? [seen.node] : []))),
  );
  return [...new Set(ids)].sort().map((id) => {
    const group = id.startsWith('operator:') ? CATALOG.providers.get(id.slice('operator:'.length))?.group : undefined;
    return node(id, group === undefined ? {} : { group });
  });
}

export interface Situation {
  readonly home?: readonly string[];
  readonly findings?: readonly Finding[];
  readonly unknown?: 'pessimistic' | 'optimistic';
  readonly graph?: Partial<Linked>;
}

/** Everything advise is given for these capabilities. */
export function newsroom(
  capabilities: readonly Capability[],
  { home = [], findings = [], unknown = 'pessimistic', graph = {} }: Situation = {},
): AdviseInput {
  const story = linked({
    capabilities,
    routes: ALL,
    nodes: nodesFor(ALL),
    evidence: [place('client', { path: 'src/client.ts' }), place('call', { path: 'src/answer.ts' })],
    workloads: [{ id: 'shop', path: '', kind: 'npm', host: [], virtualization: [] }],
    ...graph,
  });
  return { linked: story, measured: measure(story, { home, asOf: '2026-11-20', unknown }), catalog: CATALOG, findings, unknown };
}

/** The value of the portfolio with these capabilities in place of those of the same id, by the model itself. */
export function valueWith(
  portfolio: Portfolio,
  changed: readonly Portfolio['capabilities'][number][],
  unknown: AdviseInput['unknown'] = 'pessimistic',
) {
  const byId = new Map(changed.map((one) => [one.id, one]));
  return score({ ...portfolio, capabilities: portfolio.capabilities.map((one) => byId.get(one.id) ?? one) }, { unknown });
}

export function finding(ruleId: string, subject: string, more: Partial<Finding> = {}): Finding {
  return {
    ruleId,
    code: 'X-01',
    severity: 'high',
    confidence: 1,
    message: '',
    subject,
    group: subject,
    fingerprint: `${ruleId} ${subject}`,
    evidence: [],
    fix: '',
    fixGain: null,
    ...more,
  };
}

export function titles(plans: readonly PlanB[]): readonly string[] {
  return plans.map(({ title }) => title);
}
