import { describe, expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import type { Report } from '../../src/model/report.ts';
import { tree } from '../cli/trees.ts';

const AS_OF = '2026-11-20';

/** A newsroom's desk that asks its proxy for one model name. */
const asking = (model: string): Readonly<Record<string, string>> => ({
  'package.json': '{ "name": "desk", "type": "module", "dependencies": { "openai": "6.1.0" } }',
  'src/desk.ts': `import OpenAI from 'openai';
const client = new OpenAI({ baseURL: 'http://litellm:4000/v1' });
export const ask = (content: string) =>
  client.chat.completions.create({ model: '${model}', messages: [{ role: 'user', content }] });
`,
});

const entry = (name: string, model: string, more = '') =>
  `  - model_name: "${name}"\n    litellm_params:\n      model: ${model}\n${more}`;

const reportOf = (files: Readonly<Record<string, string>>): Promise<Report> => audit({ root: tree(files), asOf: AS_OF });

/** `class operator/model` of everything a capability can take, its primary first. */
function waysOf({ capabilities, routes }: Report): readonly string[] {
  const shown = (id: string) => {
    const route = routes.find((one) => one.id === id);
    const operator = route?.nodes.operator.at(-1);
    return `${operator && 'node' in operator ? operator.node.replace('operator:', '') : '?'} ${route?.model?.replace('model:', '')}`;
  };
  return capabilities.flatMap(({ legs }) =>
    legs.flatMap((leg) => [`primary ${shown(leg.primary)}`, ...leg.fallbacks.map((one) => `${one.class} ${shown(one.route)}`)]),
  );
}

const withConfig = (asked: string, config: string) => reportOf({ ...asking(asked), 'config.yaml': config });

describe('a LiteLLM proxy', () => {
  test('sends a name to the model of its entry', async () => {
    const report = await withConfig(
      'desk',
      `model_list:\n${entry('desk', 'azure/gpt-4o', '      api_base: https://desk.openai.azure.com\n')}`,
    );
    expect(waysOf(report)).toEqual(['primary azure-openai gpt-4o']);
  });

  test('shares the load of a name among its entries, the lowest order first', async () => {
    const config = `model_list:\n${entry('desk', 'groq/openai/gpt-oss-120b', '      order: 2\n')}${entry('desk', 'openai/gpt-5.4', '      order: 1\n')}`;
    expect(waysOf(await withConfig('desk', config))).toEqual(['primary openai gpt-5.4', 'auto groq gpt-oss-120b']);
  });

  test('that never tries again leaves an error where it is', async () => {
    const config = `model_list:\n${entry('desk', 'openai/gpt-5.4')}${entry('desk', 'mistral/codestral-2508')}router_settings:\n  num_retries: 0\n`;
    expect(waysOf(await withConfig('desk', config))).toEqual(['primary openai gpt-5.4', 'manual mistral codestral-2508']);
  });

  test('fills in patterns and follows aliases', async () => {
    const config = `model_list:\n${entry('openai/*', 'openai/*')}router_settings:\n  model_group_alias:\n    desk: openai/gpt-5.4\n`;
    expect(waysOf(await withConfig('openai/gpt-5.4-mini', config))).toEqual(['primary openai gpt-5.4-mini']);
    expect(waysOf(await withConfig('desk', config))).toEqual(['primary openai gpt-5.4']);
  });

  test('falls back to what stands for every name only where a name has no fallback of its own', async () => {
    const models = `model_list:\n${entry('desk', 'openai/gpt-5.4')}${entry('spare', 'mistral/codestral-2508')}${entry('last', 'groq/openai/gpt-oss-120b')}`;
    const general = `${models}litellm_settings:\n  default_fallbacks: [spare]\n`;
    expect(waysOf(await withConfig('desk', general))).toEqual(['primary openai gpt-5.4', 'auto mistral codestral-2508']);
    const own = `${general}  fallbacks:\n    - desk: [last]\n`;
    expect(waysOf(await withConfig('desk', own))).toEqual(['primary openai gpt-5.4', 'auto groq gpt-oss-120b']);
  });

  test('protects nobody by what it does with texts that are too long', async () => {
    const config = `model_list:\n${entry('desk', 'openai/gpt-5.4')}${entry('long', 'mistral/codestral-2508')}litellm_settings:\n  context_window_fallbacks:\n    - desk: [long]\n`;
    const report = await withConfig('desk', config);
    expect(waysOf(report)).toEqual(['primary openai gpt-5.4', 'dead mistral codestral-2508']);
    expect(report.inventory.fallbacks.map((one) => one.class)).toEqual(['dead']);
  });

  test('takes a model from the environment that the configuration gives it', async () => {
    const config = `model_list:\n${entry('desk', 'os.environ/DESK_MODEL')}environment_variables:\n  DESK_MODEL: openai/gpt-5.4\n`;
    expect(waysOf(await withConfig('desk', config))).toEqual(['primary openai gpt-5.4']);
  });

  test('shares region and address of a named credential', async () => {
    const config = `model_list:\n${entry('desk', 'bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0', '      litellm_credential_name: paris\n')}credential_list:\n  - credential_name: paris\n    credential_values:\n      aws_region_name: eu-west-3\n`;
    const report = await withConfig('desk', config);
    expect(report.inventory.regions.map((one) => one.id)).toEqual(['aws:eu-west-3']);
  });

  test('whose models stand in a database is unknown, not without models', async () => {
    const report = await withConfig(
      'desk',
      'general_settings:\n  store_model_in_db: true\n  master_key: os.environ/LITELLM_MASTER_KEY\n',
    );
    expect(report.inventory.gateways.map((one) => one.id)).toEqual(['litellm']);
    expect(Object.keys(report.coverage.unknown)).toContain(
      'gateway: models and fallbacks may also stand in the database of the proxy',
    );
    expect(report.coverage.unknown['operator: behind-gateway']).toBe(1);
  });

  test('beside a configuration for trying things out is the one that counts', async () => {
    const report = await reportOf({
      ...asking('desk'),
      'config.dev.yaml': `model_list:\n${entry('desk', 'ollama/llama3.3')}`,
      'config.prod.yaml': `model_list:\n${entry('desk', 'openai/gpt-5.4')}`,
    });
    expect(waysOf(report)).toEqual(['primary openai gpt-5.4']);
  });
});

describe('a tree that is only a gateway', () => {
  test('has one capability: the first model, and the others to choose from', async () => {
    const config = `model_list:\n${entry('fast', 'openai/gpt-5.4')}${entry('deep', 'anthropic/claude-sonnet-5')}${entry('spare', 'mistral/codestral-2508')}litellm_settings:\n  fallbacks:\n    - fast: [spare]\n`;
    const report = await reportOf({ 'litellm/config.yaml': config });
    expect(report.capabilities.map(({ id, label }) => `${id} ${label}`)).toEqual(['.:chat:litellm gateway configuration']);
    expect(waysOf(report)).toEqual(['primary openai gpt-5.4', 'auto mistral codestral-2508', 'manual anthropic claude-sonnet-5']);
    expect(report.inventory.providers.flatMap(({ id, roles }) => roles.map((role) => `${id} ${role}`))).toEqual(
      expect.arrayContaining(['openai operator', 'anthropic operator', 'mistral operator', 'litellm gateway']),
    );
    expect(report.inventory.fallbacks.map(({ kind, crossProvider }) => `${kind} ${crossProvider}`)).toEqual([
      'router fallback true',
    ]);
  });

  test('none where it is an example', async () => {
    const report = await reportOf({ 'examples/config.yaml': `model_list:\n${entry('fast', 'openai/gpt-5.4')}` });
    expect(report.capabilities).toEqual([]);
    expect(report.inventory.models.map((one) => one.context)).toEqual(['example']);
  });

  test('Kong: targets of one plugin take over for each other', async () => {
    const report = await reportOf({
      'kong.yaml': `_format_version: "3.0"
plugins:
  - name: ai-proxy-advanced
    config:
      balancer: { algorithm: priority }
      targets:
        - route_type: llm/v1/chat
          model: { provider: openai, name: gpt-5.4 }
        - route_type: llm/v1/chat
          model: { provider: bedrock, name: anthropic.claude-sonnet-4-5-20250929-v1:0, options: { bedrock: { aws_region: eu-central-1 } } }
`,
    });
    expect(waysOf(report)).toEqual(['primary openai gpt-5.4', 'auto aws-bedrock claude-sonnet-4-5-20250929']);
    expect(report.inventory.gateways.map(({ id, deployment }) => `${id} ${deployment}`)).toEqual(['kong-ai self-hosted']);
  });

  test('MLflow: a split of the traffic is no fallback', async () => {
    const report = await reportOf({
      'gateway.yaml': `endpoints:
  - name: chat
    endpoint_type: llm/v1/chat
    model: { provider: openai, name: gpt-5.4, config: { openai_api_key: $OPENAI_API_KEY } }
  - name: other
    endpoint_type: llm/v1/chat
    model: { provider: anthropic, name: claude-sonnet-5 }
routes:
  - name: split
    destinations:
      - { name: chat, traffic_percentage: 50 }
      - { name: other, traffic_percentage: 50 }
`,
    });
    expect(waysOf(report)).toEqual(['primary openai gpt-5.4', 'manual anthropic claude-sonnet-5']);
  });
});

test('a configuration of many entries that all fall back on each other takes no time', async () => {
  const names = Array.from({ length: 800 }, (_, index) => `desk${index}`);
  const models = names.map((name) => entry(name, 'openai/gpt-5.4') + entry('desk', 'groq/openai/gpt-oss-120b')).join('');
  const fallbacks = names.map((name) => `    - ${name}: [desk, ${name}]\n    - "*": [${name}]\n`).join('');
  // Time of the processor: what else the machine does is of no interest.
  const start = process.cpuUsage();
  const report = await withConfig('desk', `model_list:\n${models}litellm_settings:\n  fallbacks:\n${fallbacks}`);
  expect(report.capabilities).toHaveLength(1);
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(10_000);
});

describe('what is deployed', () => {
  test('a container of a cluster names a runtime, and gives names to code', async () => {
    const report = await reportOf({
      'k8s/ollama.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: ollama }
spec:
  template:
    spec:
      containers:
        - { name: ollama, image: 'ollama/ollama:0.12.6' }
`,
      'k8s/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: desk }
data:
  DESK_URL: http://ollama.models.svc.cluster.local:11434/v1
  DESK_MODEL: qwen3:8b
`,
      'package.json': asking('')['package.json'] ?? '',
      'src/desk.ts': `import OpenAI from 'openai';
const client = new OpenAI({ baseURL: process.env.DESK_URL });
export const ask = (content: string) =>
  client.chat.completions.create({ model: process.env.DESK_MODEL!, messages: [{ role: 'user', content }] });
`,
    });
    expect(report.inventory.providers.map(({ id, roles }) => `${id} ${roles}`)).toContain('ollama runtime');
    expect(report.inventory.models.map((one) => `${one.id} ${one.path}:${one.line}`)).toContain('qwen3:8b k8s/config.yaml:6');
    expect(report.inventory.callSites.map((one) => one.operators)).toContainEqual(['ollama']);
  });

  test('the last stage of an image is what runs', async () => {
    const report = await reportOf({ Dockerfile: 'FROM ollama/ollama:0.12.6 AS models\nFROM vllm/vllm-openai:v0.11.0\n' });
    expect(report.inventory.providers.map((one) => one.id)).toEqual(['vllm']);
  });

  test('a worker binds a service of its cloud', async () => {
    const report = await reportOf({ 'wrangler.toml': 'name = "desk"\nmain = "src/desk.js"\n[ai]\nbinding = "AI"\n' });
    expect(report.inventory.providers.map(({ id, roles }) => `${id} ${roles}`)).toEqual(['cloudflare-workers-ai operator']);
    expect(report.inventory.clouds.map((one) => one.id)).toEqual(['cloudflare']);
  });

  test('a project that names no region claims none: the dashboard decides', async () => {
    const report = await reportOf({ ...asking('gpt-5.4'), 'vercel.json': '{ "cleanUrls": true }' });
    expect(report.workloads.flatMap((one) => one.host.map(({ node }) => node))).toEqual([]);
  });
});
