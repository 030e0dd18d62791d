import { describe, expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import type { Report } from '../../src/model/report.ts';
import { tree } from '../cli/trees.ts';
import { waysOf } from './ways.ts';

const AS_OF = '2026-11-20';
const PACKAGES =
  '{ "name": "desk", "type": "module", "dependencies": { "ai": "5.0.1", "openai": "6.1.0", "portkey-ai": "2.1.0" } }';

const reportOf = (files: Readonly<Record<string, string>>): Promise<Report> =>
  audit({ root: tree({ 'package.json': PACKAGES, ...files }), asOf: AS_OF });

/** A desk whose client is made with these options and asks for that model. */
const asking = (options: string, body: string) => ({
  'src/desk.ts': `import OpenAI from 'openai';
const client = new OpenAI(${options});
export const ask = (content: string) => client.chat.completions.create({ ${body}, messages: [{ role: 'user', content }] });
`,
});

const CLOUDFLARE = 'https://gateway.ai.cloudflare.com/v1/account/desk';

describe('a hosted gateway', () => {
  test('is told the service by the path of its URL', async () => {
    const report = await reportOf(asking(`{ baseURL: '${CLOUDFLARE}/groq' }`, `model: 'llama-3.3-70b-versatile'`));
    expect(waysOf(report)).toEqual(['primary cloudflare-ai-gateway groq']);
  });

  test('is told the service by the prefix of the model', async () => {
    const report = await reportOf(asking(`{ baseURL: '${CLOUDFLARE}/compat' }`, `model: 'google-ai-studio/gemini-2.5-flash'`));
    expect(waysOf(report)).toEqual(['primary cloudflare-ai-gateway google-gemini']);
  });

  test('keeps dynamic routes in its dashboard', async () => {
    const report = await reportOf(asking(`{ baseURL: '${CLOUDFLARE}/compat' }`, `model: 'dynamic/desk'`));
    expect(waysOf(report)).toEqual(['primary cloudflare-ai-gateway ? gateway-console']);
    expect(report.inventory.models).toEqual([]);
  });

  test('is told the service by one of its hosts', async () => {
    const report = await reportOf(asking(`{ baseURL: 'https://oai.helicone.ai/v1' }`, `model: 'gpt-5-mini'`));
    expect(waysOf(report)).toEqual(['primary helicone openai']);
  });

  test('tries the models that one text names', async () => {
    const model = `model: 'gpt-5-mini/azure,!openai,claude-haiku-4-5/anthropic,gemini-2.5-flash'`;
    const report = await reportOf(asking(`{ baseURL: 'https://ai-gateway.helicone.ai/v1' }`, model));
    expect(waysOf(report)).toEqual([
      'primary helicone azure-openai',
      'auto helicone anthropic',
      'auto helicone ? behind-gateway',
    ]);
    expect(report.inventory.models.map(({ id }) => id)).toEqual(['claude-haiku-4-5', 'gemini-2.5-flash', 'gpt-5-mini']);
  });

  test('takes one model where its text names one', async () => {
    const report = await reportOf(asking(`{ baseURL: 'https://ai-gateway.helicone.ai/v1' }`, `model: 'gpt-5-mini'`));
    expect(waysOf(report)).toEqual(['primary helicone ? behind-gateway']);
  });

  test('tries services in the order of the request', async () => {
    const body = `model: 'anthropic/claude-sonnet-4.5', provider: { order: ['Amazon Bedrock', 'Anthropic'] }`;
    const report = await reportOf(asking(`{ baseURL: 'https://openrouter.ai/api/v1' }`, body));
    expect(waysOf(report)).toEqual(['primary openrouter aws-bedrock', 'auto openrouter anthropic']);
  });

  test('tries other models, each at its own default', async () => {
    const body = `models: ['anthropic/claude-sonnet-4.5', 'openai/gpt-5.4']`;
    const report = await reportOf(asking(`{ baseURL: 'https://openrouter.ai/api/v1' }`, body));
    expect(waysOf(report)).toEqual(['primary openrouter anthropic', 'auto openrouter openai']);
  });

  test('takes its options from the call, whether the model is a text or made by the gateway', async () => {
    const options = `{ gateway: { order: ['bedrock', 'anthropic'], models: ['openai/gpt-5.4'] } }`;
    const call = (model: string) => `generateText({ model: ${model}, prompt: text, providerOptions: ${options} })`;
    const report = await reportOf({
      'src/desk.ts': `import { gateway, generateText } from 'ai';
export const one = (text: string) => ${call(`'anthropic/claude-sonnet-4.5'`)};
export const two = (text: string) => ${call(`gateway('anthropic/claude-haiku-4.5')`)};
`,
    });
    const ways = ['primary vercel-ai-gateway aws-bedrock', 'auto vercel-ai-gateway openai', 'auto vercel-ai-gateway anthropic'];
    expect(waysOf(report)).toEqual([...ways, ...ways]);
  });
});

test('a base URL that another client hands out is not the default one', async () => {
  const { 'src/desk.ts': desk } = asking('{ baseURL: row.base_url }', `model: 'gpt-5.4'`);
  const row = `import Portkey from 'portkey-ai';\nconst row = new Portkey({ apiKey: 'x' }).settings;\n`;
  expect(waysOf(await reportOf({ 'src/desk.ts': `${row}${desk}` }))).toEqual(['primary - ? surface-without-meaning']);
});

describe('Portkey', () => {
  const portkey = (options: string) => ({
    'src/desk.ts': `import Portkey from 'portkey-ai';
const portkey = new Portkey({ apiKey: process.env.PORTKEY_API_KEY, ${options} });
export const ask = (content: string) => portkey.chat.completions.create({ model: 'gpt-5.4', messages: [{ role: 'user', content }] });
`,
    'portkey.json': '{ "strategy": { "mode": "fallback" }, "targets": [{ "provider": "mistral-ai" }, { "provider": "groq" }] }',
  });

  test('asked for a stored configuration, does not what a file beside it says', async () => {
    expect(waysOf(await reportOf(portkey(`config: 'pc-desk-1a2b3c'`)))).toEqual(['primary portkey ? gateway-console']);
  });

  test('told in code what to try, tries that', async () => {
    const config = `config: { strategy: { mode: 'fallback' }, targets: [{ provider: 'openai' }, { provider: 'anthropic' }] }`;
    expect(waysOf(await reportOf(portkey(config)))).toEqual(['primary portkey openai', 'auto portkey anthropic']);
  });

  test('is met by its URL and the headers that it makes', async () => {
    const options = `{ baseURL: PORTKEY_GATEWAY_URL, defaultHeaders: createHeaders({ provider: 'mistral-ai' }) }`;
    const { 'src/desk.ts': desk } = asking(options, `model: 'mistral-large-latest'`);
    const files = { 'src/desk.ts': `import { PORTKEY_GATEWAY_URL, createHeaders } from 'portkey-ai';\n${desk}` };
    expect(waysOf(await reportOf(files))).toEqual(['primary portkey mistral']);
  });

  test('told the provider, calls it', async () => {
    expect(waysOf(await reportOf(portkey(`provider: 'azure-openai'`)))).toEqual(['primary portkey azure-openai']);
  });
});

const KONG = `_format_version: '3.0'
services:
  - name: headlines
    url: http://localhost:32000
    routes: [{ name: headlines, paths: [/headlines] }]
    plugins:
      - name: ai-proxy-advanced
        config:
          balancer: { algorithm: priority, failover_criteria: [error, timeout] }
          targets:
            - { route_type: llm/v1/chat, model: { provider: openai, name: gpt-5-mini } }
            - { route_type: llm/v1/chat, model: { provider: anthropic, name: claude-haiku-4-5 } }
`;

describe('Kong', () => {
  test('is met by the path of a route', async () => {
    const files = asking(`{ baseURL: 'https://api.newsroom.example/headlines' }`, `model: 'any'`);
    expect(waysOf(await reportOf({ ...files, 'kong.yaml': KONG }))).toEqual(['primary kong-ai openai', 'auto kong-ai anthropic']);
  });

  test('is not met by another path', async () => {
    const files = asking(`{ baseURL: 'https://api.newsroom.example/headlines2' }`, `model: 'any'`);
    expect(waysOf(await reportOf({ ...files, 'kong.yaml': KONG }))).toEqual(['primary - ? unknown-host']);
  });
});

const KONG_PLUGIN = `apiVersion: configuration.konghq.com/v1
kind: KongPlugin
metadata: { name: headlines-ai }
plugin: ai-proxy-advanced
config:
  balancer: { algorithm: priority }
  targets:
    - { route_type: llm/v1/chat, model: { provider: openai, name: gpt-5-mini } }
    - { route_type: llm/v1/chat, model: { provider: mistral, name: mistral-large-latest } }
`;

const ingress = (plugins: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: headlines, annotations: { konghq.com/plugins: '${plugins}' } }
spec: { rules: [{ http: { paths: [{ path: /headlines, pathType: Prefix }] } }] }
`;

const HTTP_ROUTE = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: headlines }
spec:
  rules:
    - matches: [{ path: { type: PathPrefix, value: /headlines } }]
      filters: [{ type: ExtensionRef, extensionRef: { group: configuration.konghq.com, kind: KongPlugin, name: headlines-ai } }]
`;

describe('Kong in a cluster', () => {
  const files = asking(`{ baseURL: 'https://api.newsroom.example/headlines' }`, `model: 'any'`);
  const ways = ['primary kong-ai openai', 'auto kong-ai mistral'];

  test('is met by the path of what its plugin is written beside', async () => {
    const report = await reportOf({
      ...files,
      'k8s/plugin.yaml': KONG_PLUGIN,
      'k8s/ingress.yaml': ingress('limits, headlines-ai'),
    });
    expect(waysOf(report)).toEqual(ways);
  });

  test('is met by the path of a route that names its plugin', async () => {
    expect(waysOf(await reportOf({ ...files, 'k8s/all.yaml': `${KONG_PLUGIN}---\n${HTTP_ROUTE}` }))).toEqual(ways);
  });

  test('is not met where the plugin hangs on something else', async () => {
    const report = await reportOf({ ...files, 'k8s/plugin.yaml': KONG_PLUGIN, 'k8s/ingress.yaml': ingress('limits') });
    expect(waysOf(report)).toEqual(['primary - ? unknown-host']);
  });
});

const envoyObject = (kind: string, name: string, spec: string) => `---
apiVersion: ${kind === 'Backend' ? 'gateway' : 'aigateway'}.envoyproxy.io/v1alpha1
kind: ${kind}
metadata: { name: ${name} }
spec: ${spec}
`;

describe('Envoy', () => {
  const route = envoyObject(
    'AIGatewayRoute',
    'headlines',
    '{ rules: [{ matches: [{ headers: [{ name: x-ai-eg-model, value: gpt-5-mini }] }], backendRefs: [{ name: cloud, priority: 1, modelNameOverride: eu.amazon.nova-lite-v1:0 }, { name: lab, priority: 0 }] }] }',
  );
  const backends = [
    envoyObject('AIServiceBackend', 'lab', '{ schema: { name: OpenAI }, backendRef: { name: lab-host } }'),
    envoyObject('Backend', 'lab-host', '{ endpoints: [{ fqdn: { hostname: api.openai.com, port: 443 } }] }'),
    envoyObject('AIServiceBackend', 'cloud', '{ schema: { name: AWSBedrock }, backendRef: { name: cloud-host } }'),
    envoyObject(
      'Backend',
      'cloud-host',
      '{ endpoints: [{ fqdn: { hostname: bedrock-runtime.eu-central-1.amazonaws.com, port: 443 } }] }',
    ),
  ].join('');

  test('joins a route to its backends and their hosts, in other files of the folder too', async () => {
    const report = await reportOf({ 'k8s/route.yaml': route, 'k8s/backends.yaml': backends });
    expect(waysOf(report)).toEqual(['primary envoy-ai-gateway openai', 'auto envoy-ai-gateway aws-bedrock']);
    expect(report.inventory.gateways.flatMap(({ behind }) => behind)).toEqual(['aws-bedrock', 'openai']);
  });

  test('does not choose between files that say different things of one name', async () => {
    const files = { 'k8s/route.yaml': route, 'k8s/one.yaml': backends, 'k8s/other.yaml': backends };
    expect(waysOf(await reportOf(files))[0]).toBe('primary envoy-ai-gateway ? not-followed');
  });

  test('leaves open what no file describes', async () => {
    expect(waysOf(await reportOf({ 'k8s/route.yaml': route }))[0]).toBe('primary envoy-ai-gateway ? not-followed');
  });
});

test('a configuration that is longer than what is read says so', async () => {
  const entries = Array.from(
    { length: 2001 },
    (_, index) => `  - model_name: desk${index}\n    litellm_params: { model: openai/gpt-5.4 }\n`,
  );
  const report = await reportOf({ 'config.yaml': `model_list:\n${entries.join('')}` });
  const said = Object.keys(report.coverage.unknown).filter((why) => why.startsWith('gateway: '));
  expect(said).toEqual(['gateway: only the first 2000 declarations of a configuration are read']);
});
