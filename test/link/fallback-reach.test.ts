import { expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import { tree } from '../cli/trees.ts';

const fallbacksOf = async (files: Readonly<Record<string, string>>) => {
  const { inventory } = await audit({ root: tree(files), asOf: '2026-11-20' });
  return inventory.fallbacks.map(
    (one) => `${one.path}:${one.line} ${one.kind} ${one.class} ${one.crossProvider ? 'cross' : 'same'}`,
  );
};

const entry = (name: string, model: string, base = '') =>
  `  - model_name: ${name}\n    litellm_params:\n      model: ${model}\n${base && `      api_base: ${base}\n`}`;

test('services of one cluster whose names say nothing are not two companies', async () => {
  const models = [
    entry('ward', 'openai/ward-large', 'http://vllm-large.llm.svc.cluster.local:8000/v1'),
    entry('quick', 'openai/ward-small', 'http://quick.llm.svc.cluster.local:8210/v1'),
    entry('index', 'openai/ward-index', 'http://index.llm.svc.cluster.local:8000/v1'),
    entry('index-cpu', 'openai/ward-index', 'http://index-cpu.llm.svc.cluster.local:8000/v1'),
    entry('outside', 'mistral/mistral-large-latest'),
  ].join('');
  const rules = 'router_settings:\n  fallbacks:\n    - ward: [quick]\n    - index: [index-cpu]\n    - quick: [outside]\n';
  expect(await fallbacksOf({ 'proxy/config.yaml': `model_list:\n${models}${rules}` })).toEqual([
    'proxy/config.yaml:23 router fallback auto same',
    'proxy/config.yaml:25 router fallback auto cross',
  ]);
});

test('another model of the same operator that an option names is a fallback; one in a catch block is a retry', async () => {
  const files = {
    'package.json':
      '{ "name": "box-office", "type": "module", "dependencies": { "@langchain/openai": "1.0.0", "openai": "6.1.0" } }',
    'chain.ts': `import { ChatOpenAI } from '@langchain/openai';
export const seats = new ChatOpenAI({ model: 'gpt-5.4' }).withFallbacks([new ChatOpenAI({ model: 'gpt-5.4-mini' })]);
export const answer = (text: string) => seats.invoke(text);
`,
    'retry.ts': `import OpenAI from 'openai';
const client = new OpenAI();
const ask = (model: string, input: string) => client.responses.create({ model, input });
export async function reply(input: string) {
  try {
    return await ask('gpt-5.4', input);
  } catch {
    return ask('gpt-5.4-mini', input);
  }
}
`,
  };
  expect(await fallbacksOf(files)).toEqual(['chain.ts:2 langchain-fallbacks auto same']);
});

test('what a loop tries stands at its call', async () => {
  const desk = `from litellm import completion

MODELS = ["openai/gpt-5.4", "anthropic/claude-sonnet-4-5"]


def ask(text: str):
    for model in MODELS:
        try:
            return completion(
                model=model,
                messages=[{"role": "user", "content": text}],
            )
        except Exception:
            continue
`;
  expect(await fallbacksOf({ 'desk.py': desk })).toEqual(['desk.py:9 loop auto cross']);
});
