import { expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import { tree } from '../cli/trees.ts';

test('of a table of models, a service is asked for those that it can run', async () => {
  const { inventory } = await audit({ root: 'fixtures/link/one-table-for-all', asOf: '2026-11-20' });
  const rows = inventory.callSites.map(({ line, operators, models }) => `${line} ${operators} ${models}`).sort();
  expect(rows).toEqual([
    '13 openai gpt-4o-mini',
    '14 anthropic claude-sonnet-4-5',
    '18 deepseek ',
    '23 ollama qwen3:8b',
    '25 openai custom',
    '26 openai gpt-4o',
  ]);
  expect(inventory.models.map(({ id }) => id)).not.toContain('custom');
});

test('a model that every branch of a choice is given is its maker’s, or that of the usual branch', async () => {
  const { inventory } = await audit({ root: 'fixtures/link/one-model-for-all', asOf: '2026-11-20' });
  const rows = inventory.callSites.map(({ line, operators, models }) => `${line} ${operators} ${models}`).sort();
  expect(rows).toEqual([
    '12 openai gpt-4o',
    '14 azure-openai ',
    '15 anthropic ',
    '23 openai ',
    '25 azure-openai gpt-4o',
    '26 anthropic claude-sonnet-4-5',
  ]);
});

test('an address that compose hands on, empty where nobody sets it, leaves the client where its SDK calls', async () => {
  const files = {
    'package.json': '{ "name": "ward", "type": "module", "dependencies": { "openai": "6.1.0" } }',
    'ward.ts': `import OpenAI from 'openai';
const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });
export const note = (input: string) => client.responses.create({ model: 'gpt-5.4', input });
`,
    'compose.yml': [
      'services:',
      '  ward:',
      '    build: .',
      '    environment:',
      '      - OPENAI_BASE_URL=\u0024{OPENAI_BASE_URL:-}',
      '',
    ].join('\n'),
  };
  const { inventory } = await audit({ root: tree(files), asOf: '2026-11-20' });
  expect(inventory.callSites.map(({ line, operators }) => `${line} ${operators}`)).toEqual(['2 openai', '3 openai']);
});

test('a default that every caller replaces, or that only an object without model calls gets, is no model in use', async () => {
  const { inventory } = await audit({ root: 'fixtures/link/defaults-nobody-reaches', asOf: '2026-11-20' });
  expect(inventory.models.map(({ id, path }) => `${path} ${id}`).sort()).toEqual(['desk.py gpt-4.1-nano', 'desk.py gpt-4o-mini']);
});
