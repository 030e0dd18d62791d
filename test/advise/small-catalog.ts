/** A catalog of a handful of suppliers: enough to choose from, small enough to know by heart. */
import type { Catalog, InferenceScope, ModelFamily, Provider, Region, Retirement } from '../../src/model/catalog.ts';
import type { ModelMatch } from '../../src/model/match.ts';
import { mergePacks } from '../../src/pack/merge.ts';
import { surfaceLookup } from '../../src/pack/surfaces.ts';

const SOURCED = { source: 'https://example.org/facts', date: '2026-11-01', verified: true };

type HostedOn = Readonly<Record<string, 'sole' | 'primary' | 'named'>>;

export function provider(id: string, country: string, more: Partial<Provider> & { on?: HostedOn } = {}): Provider {
  const { on = {}, ...rest } = more;
  return {
    id,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    kind: 'model-lab',
    status: 'active',
    hq: { country, ...SOURCED },
    hosts: [`api.${id}.example`],
    hostPatterns: [],
    examples: [],
    paths: [],
    env: [],
    envWords: [],
    ports: [],
    images: [],
    compatible: false,
    hostedOn: Object.entries(on).map(([cloud, relation]) => ({ cloud, relation, ...SOURCED })),
    residency: [],
    defaultRegion: 'global',
    selfHosted: false,
    ...SOURCED,
    ...rest,
  };
}

export function family(id: string, maker: string, examples: readonly string[], more: Partial<ModelFamily> = {}): ModelFamily {
  const pattern = examples.map((example) => example.replaceAll('.', '\\.')).join('|');
  return {
    id,
    maker,
    pattern,
    words: [],
    weights: 'closed',
    kind: 'chat',
    priority: 0,
    ambiguous: false,
    examples,
    floating: [],
    ...SOURCED,
    ...more,
  };
}

const PROVIDERS = [
  provider('openai', 'US', { name: 'OpenAI', on: { azure: 'primary', oci: 'named' } }),
  provider('anthropic', 'US', { on: { aws: 'primary', gcp: 'named' } }),
  provider('mistral', 'FR', { name: 'Mistral AI', on: { outscale: 'sole' } }),
  provider('closed-down', 'FR', { status: 'retired', on: { outscale: 'sole' } }),
  provider('meta', 'US', { kind: 'maker', hosts: [] }),
  provider('baai', 'CN', { kind: 'maker', hosts: [] }),
  provider('aws-bedrock', 'US', {
    name: 'Amazon Bedrock',
    kind: 'cloud-platform',
    group: 'amazon',
    cloud: 'aws',
    on: { aws: 'sole' },
  }),
  provider('azure-openai', 'US', {
    name: 'Azure OpenAI',
    kind: 'cloud-platform',
    group: 'microsoft',
    cloud: 'azure',
    on: { azure: 'sole' },
  }),
  provider('google-vertex', 'US', {
    name: 'Vertex AI',
    kind: 'cloud-platform',
    group: 'google',
    cloud: 'gcp',
    on: { gcp: 'sole' },
  }),
  provider('openrouter', 'US', { name: 'OpenRouter', kind: 'gateway', hosts: ['openrouter.ai'] }),
  provider('vllm', 'US', { name: 'vLLM', kind: 'self-hosted-runtime', selfHosted: true, hosts: [] }),
].map((one) => {
  // Bedrock and Azure have no region of their own choice.
  if (one.id !== 'aws-bedrock' && one.id !== 'azure-openai') return one;
  const { defaultRegion: _, ...rest } = one;
  return rest;
});

const FAMILIES = [
  family('claude', 'anthropic', ['claude-2', 'claude-sonnet-5', 'claude-sonnet-4']),
  family('gpt', 'openai', ['gpt-3.5', 'gpt-4', 'gpt-6']),
  family('mistral-closed', 'mistral', ['mistral-medium-3']),
  family('ghost', 'closed-down', ['ghost-1']),
  family('llama', 'meta', ['llama-3.3-70b', 'llama-4'], { weights: 'open' }),
  family('openai-embed', 'openai', ['text-embedding-3'], { kind: 'embeddings' }),
  family('mistral-embed', 'mistral', ['mistral-embed-2'], { kind: 'embeddings' }),
  family('bge', 'baai', ['bge-m3'], { kind: 'embeddings', weights: 'open' }),
];

const RETIREMENTS: readonly Retirement[] = [
  { operator: 'anthropic', model: 'claude-2', aliases: [], shutdown: '2025-07-21', precision: 'exact', ...SOURCED },
  {
    operator: 'openai',
    model: 'gpt-3.5',
    aliases: [],
    shutdown: '2026-01-01',
    precision: 'exact',
    replacement: 'gpt-4',
    ...SOURCED,
  },
  {
    operator: 'openai',
    model: 'gpt-4',
    aliases: [],
    shutdown: '2026-06-01',
    precision: 'exact',
    replacement: 'gpt-6',
    ...SOURCED,
  },
];

function region(cloud: string, id: string, country: string, more: Partial<Region> = {}): Region {
  const isUnion = ['IE', 'DE', 'FR', 'SE', 'BE', 'NL'].includes(country);
  return { cloud, id, name: id, country, jurisdiction: isUnion ? 'EU' : country, aliases: [], ...SOURCED, ...more };
}

const REGIONS = [
  region('aws', 'eu-west-1', 'IE'),
  region('aws', 'eu-central-1', 'DE'),
  region('aws', 'eu-north-1', 'SE', { risk: { event: 'flood', state: 'open', ...SOURCED } }),
  region('aws', 'me-central-1', 'AE'),
  region('azure', 'westeurope', 'NL', { pair: 'northeurope' }),
  region('azure', 'northeurope', 'IE', { pair: 'westeurope' }),
  region('gcp', 'europe-west1', 'BE'),
];

function scope(
  id: string,
  kind: InferenceScope['kind'],
  token: string,
  more: Partial<InferenceScope> & { k: number },
): InferenceScope {
  return { provider: id, kind, token, destinations: [], ...SOURCED, ...more };
}

const SCOPES = [
  scope('aws-bedrock', 'model-prefix', 'eu', {
    k: 0.5,
    geography: 'EU',
    destinations: ['eu-west-1', 'eu-north-1', 'eu-central-1'],
  }),
  scope('azure-openai', 'sku', 'DataZoneStandard', { k: 0.5 }),
  scope('google-vertex', 'location', 'eu', { k: 0.5, geography: 'EU' }),
  scope('google-vertex', 'location', 'global', { k: 0.4, geography: 'global' }),
];

function modelOf(id: string): ModelMatch | undefined {
  const bare = id.replace(/^(?:anthropic\/|anthropic\.)/, '');
  const found = FAMILIES.find(({ examples }) => examples.includes(bare));
  if (!found) return undefined;
  return { id, bare, family: found, maker: found.maker, weights: found.weights === 'open' ? 'open' : 'closed', tuned: false };
}

const nothing = () => undefined;

/** Suppliers, models and regions that the stories are about. */
export const CATALOG: Catalog = {
  digest: 'small',
  date: '2026-11-01',
  providers: new Map(PROVIDERS.map((one) => [one.id, one])),
  providersOf: (kind) => PROVIDERS.filter((one) => one.kind === kind),
  clouds: new Map(
    Object.entries({ aws: 'US', azure: 'US', gcp: 'US', oci: 'US', outscale: 'FR' }).map(([id, country]) => [
      id,
      { id, name: id, resources: [], hq: { country, ...SOURCED }, ...SOURCED },
    ]),
  ),
  families: new Map(FAMILIES.map((one) => [one.id, one])),
  features: new Map([['threads', { id: 'threads', name: 'Threads', providers: [], rule: 'lock-in/server-threads', ...SOURCED }]]),
  surfaces: surfaceLookup(mergePacks([])),
  configs: new Map(),
  scoring: { apiShape: { abstraction: 0.05, 'openai-compatible': 0.1, platform: 0.2, native: 0.25, http: 0.3 }, confidence: {} },
  host: nothing,
  endpoint: nothing,
  path: () => [],
  env: nothing,
  image: nothing,
  model: modelOf,
  region: (cloud, token) => REGIONS.find((one) => one.cloud === cloud && one.id === token),
  scope: (id, kind, token) => SCOPES.find((one) => one.provider === id && one.kind === kind && one.token === token),
  retirement: (operator, model) => RETIREMENTS.find((one) => one.operator === operator && one.model === model),
  package: nothing,
  tools: new Map(),
  services: new Map(),
  notice: nothing,
  resource: nothing,
};
