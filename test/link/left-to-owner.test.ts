/** An address that only a caller could give: whose SDK it is says most likely who is asked, or nothing. */
import { expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import { tree } from '../cli/trees.ts';

const callsOf = async (source: string) => {
  const { inventory } = await audit({
    root: tree({ 'package.json': '{ "name": "allotment", "type": "module" }', 'bed.ts': source }),
    asOf: '2026-11-20',
  });
  const calls = inventory.callSites.filter(({ operation }) => operation !== 'client');
  return calls.map(({ operators, confidence }) => `${operators.join() || '?'} ${confidence}`);
};

test('the SDK of a protocol of its own asks its maker, less sure', async () => {
  const source = `import Anthropic from '@anthropic-ai/sdk';
export const advice = (baseURL: string | undefined, content: string) =>
  new Anthropic({ baseURL }).messages.create({ model: 'claude-sonnet-4-5', max_tokens: 99, messages: [{ role: 'user', content }] });
`;
  expect(await callsOf(source)).toEqual(['anthropic 0.6']);
});

test('the SDK that speaks to everybody asks nobody known', async () => {
  const source = `import OpenAI from 'openai';
export const advice = (baseURL: string | undefined, content: string) =>
  new OpenAI({ baseURL }).chat.completions.create({ model: 'gpt-5-mini', messages: [{ role: 'user', content }] });
`;
  expect(await callsOf(source)).toEqual(['? 1']);
});
