import { describe, expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import type { Report } from '../../src/model/report.ts';
import { tree } from '../cli/trees.ts';
import { waysOf } from './ways.ts';

const AS_OF = '2026-11-20';
const PACKAGES = '{ "name": "desk", "type": "module", "dependencies": { "axios": "1.9.0", "openai": "6.1.0" } }';

const reportOf = (files: Readonly<Record<string, string>>): Promise<Report> =>
  audit({ root: tree({ 'package.json': PACKAGES, ...files }), asOf: AS_OF });

const modelsOf = ({ inventory }: Report) => inventory.models.map(({ id }) => id);

describe('the universal endpoint of Cloudflare', () => {
  const STEPS = `[
  { provider: 'workers-ai', endpoint: '@cf/meta/llama-3.1-8b-instruct', headers: {}, query: { messages: [] } },
  { provider: 'openai', endpoint: 'chat/completions', headers: {}, query: { model: 'gpt-5-mini', messages: [] } },
  { provider: 'google-ai-studio', endpoint: 'v1/models/gemini-2.5-flash:generateContent', headers: {}, query: { contents: [] } },
]`;
  const STEPS_IN_ORDER = [
    'primary cloudflare-ai-gateway cloudflare-workers-ai',
    'auto cloudflare-ai-gateway openai',
    'auto cloudflare-ai-gateway google-gemini',
  ];

  test('asks the services of the body one after the other', async () => {
    const report = await reportOf({
      'src/desk.ts': `const steps = ${STEPS};
export const ask = (account: string) =>
  fetch(\`https://gateway.ai.cloudflare.com/v1/\${account}/\${process.env.GATEWAY}\`, { method: 'POST', body: JSON.stringify(steps) });
`,
    });
    expect(waysOf(report)).toEqual(STEPS_IN_ORDER);
    expect(modelsOf(report)).toEqual(['@cf/meta/llama-3.1-8b-instruct', 'gemini-2.5-flash', 'gpt-5-mini']);
    expect(report.inventory.gateways.map(({ id }) => id)).toEqual(['cloudflare-ai-gateway']);
  });

  test('is met through axios too', async () => {
    const report = await reportOf({
      'src/desk.ts': `import axios from 'axios';
export const ask = () => axios.post('https://gateway.ai.cloudflare.com/v1/account/desk', ${STEPS});
`,
    });
    expect(waysOf(report)).toEqual(STEPS_IN_ORDER);
  });

  test.each(['requests', 'httpx'])('is met from Python through %s', async (library) => {
    const report = await reportOf({
      'requirements.txt': `${library}\n`,
      'desk.py': `import ${library}

MODEL = "claude-haiku-4-5"

def ask(text):
    steps = [
        {"provider": "anthropic", "endpoint": "v1/messages", "headers": {}, "query": {"model": MODEL, "messages": [text]}},
        {"provider": "mistral", "endpoint": "v1/chat/completions", "headers": {}, "query": {"model": "mistral-large-latest"}},
    ]
    return ${library}.post("https://gateway.ai.cloudflare.com/v1/account/desk", json=steps)
`,
    });
    expect(waysOf(report)).toEqual(['primary cloudflare-ai-gateway anthropic', 'auto cloudflare-ai-gateway mistral']);
    expect(modelsOf(report)).toEqual(['claude-haiku-4-5', 'mistral-large-latest']);
  });

  test('does not tell who runs a service that only the account knows', async () => {
    const step = `{ provider: 'custom-lab', endpoint: 'chat/completions', headers: {}, query: { model: 'gpt-5-mini' } }`;
    const body = `JSON.stringify([${step}])`;
    const report = await reportOf({
      'src/desk.ts': `export const ask = () => fetch('https://gateway.ai.cloudflare.com/v1/account/desk', { method: 'POST', body: ${body} });\n`,
    });
    expect(waysOf(report)).toEqual(['primary cloudflare-ai-gateway ? behind-gateway']);
  });

  test('stands before the binding of a Worker that names it', async () => {
    const ask = (options: string) =>
      `export default { fetch: (request, env) => env.AI.run('@cf/meta/llama-3.1-8b-instruct', { prompt: 'Hi' }${options}) };\n`;
    const ways = async (options: string) => waysOf(await reportOf({ 'src/worker.js': ask(options) }));
    expect(await ways(`, { gateway: { id: 'desk', cacheTtl: 60 } }`)).toEqual([
      'primary cloudflare-ai-gateway cloudflare-workers-ai',
    ]);
    expect(await ways('')).toEqual(['primary - cloudflare-workers-ai']);
  });

  test('is not any list that is sent somewhere else', async () => {
    const report = await reportOf({
      'src/desk.ts': `export const ask = () => fetch('https://shop.example/v1/orders', { method: 'POST', body: JSON.stringify(${STEPS}) });\n`,
    });
    expect(waysOf(report)).toEqual([]);
    expect(report.inventory.gateways).toEqual([]);
  });
});
