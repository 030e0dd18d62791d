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

test('a model that is given spares has them, whoever calls it', async () => {
  const voices = `from langchain.agents.middleware import ModelFallbackMiddleware
from langchain.chat_models import init_chat_model

SPARES = ["openai:gpt-5.4-nano", "anthropic:claude-haiku-4-5"]

speaker = init_chat_model("google_genai:gemini-2.5-flash").with_fallbacks([init_chat_model(name) for name in SPARES])
spares = ModelFallbackMiddleware(*SPARES)
`;
  const files = { 'voices.py': voices, 'requirements.txt': 'langchain==1.0.0\n' };
  expect(await fallbacksOf(files)).toEqual([
    'voices.py:6 langchain-fallbacks auto cross',
    'voices.py:7 langchain-fallbacks auto cross',
  ]);
  const { inventory } = await audit({ root: tree(files), asOf: '2026-11-20' });
  expect(inventory.providers.filter(({ roles }) => roles.includes('operator')).map(({ id }) => id)).toEqual([
    'anthropic',
    'google-gemini',
    'openai',
  ]);
});

test('a loop over a list tries what was put into it later', async () => {
  const guard = `from langchain.chat_models import init_chat_model


class Guard:
    def __init__(self, spare: str = "google_genai:gemini-2.5-flash"):
        self.chain = [("first", init_chat_model("openai:gpt-5.4-nano"))]
        self.chain.append((spare, init_chat_model(spare)))

    def check(self, text: str):
        for index, (name, model) in enumerate(self.chain):
            try:
                return model.invoke(text)
            except Exception:
                continue
`;
  const lobby = `import { ChatAnthropic } from '@langchain/anthropic';
import { ChatOpenAI } from '@langchain/openai';

const desks = [new ChatOpenAI({ model: 'gpt-5.4' })];
desks.push(new ChatAnthropic({ model: 'claude-haiku-4-5' }));

export async function greet(text: string) {
  for (const desk of desks) {
    try {
      return await desk.invoke(text);
    } catch {
      continue;
    }
  }
}
`;
  expect(await fallbacksOf({ 'guard.py': guard, 'requirements.txt': 'langchain==1.0.0\n' })).toEqual([
    'guard.py:12 loop auto cross',
  ]);
  expect(await fallbacksOf({ 'lobby.ts': lobby, 'package.json': '{ "name": "lobby", "type": "module" }' })).toEqual([
    'lobby.ts:10 loop auto cross',
  ]);
});

test('one function asked twice: what the second caller asks stands behind what the first asked', async () => {
  const desk = `import { anthropic } from '@ai-sdk/anthropic';
import { openai } from '@ai-sdk/openai';
import { generateText, type LanguageModel } from 'ai';

async function write(model: LanguageModel, prompt: string) {
  const { text } = await generateText({ model, prompt });
  return text;
}

export async function caption(prompt: string) {
  try {
    return await write(openai('gpt-5.4'), prompt);
  } catch (error) {
    console.warn(error);
    return write(anthropic('claude-haiku-4-5'), prompt);
  }
}

export const title = (prompt: string) =>
  write(openai('gpt-5.4-mini'), prompt).catch(() => write(anthropic('claude-sonnet-4-5'), prompt));

export const teaser = (prompt: string) => write(openai('gpt-5.4-nano'), prompt);
`;
  const files = { 'desk.ts': desk, 'package.json': '{ "name": "desk", "type": "module", "dependencies": { "ai": "6.0.0" } }' };
  expect(await fallbacksOf(files)).toEqual(['desk.ts:15 try-catch auto cross', 'desk.ts:20 catch-callback auto cross']);
  const { capabilities } = await audit({ root: tree(files), asOf: '2026-11-20' });
  const legs = capabilities.flatMap((capability) => capability.legs);
  const shown = (route: string) => route.split(' > ')[2];
  expect(
    legs.map(({ primary, fallbacks }) => [primary, ...fallbacks.map(({ route }) => route)].map(shown).join(' then ')).sort(),
  ).toEqual(['gpt-5.4 then claude-haiku-4-5', 'gpt-5.4-mini then claude-sonnet-4-5', 'gpt-5.4-nano']);
});

test('each round of a loop takes another branch; a try that gave back nothing goes on to the next', async () => {
  const chain = `import anthropic
from openai import OpenAI

gpt = OpenAI()
claude = anthropic.Anthropic()


def ask(text: str):
    for name in ["gpt", "claude"]:
        try:
            if name == "gpt":
                return gpt.responses.create(model="gpt-5.4", input=text)
            else:
                return claude.messages.create(model="claude-haiku-4-5", max_tokens=90, messages=[])
        except Exception as error:
            print(error)
    raise RuntimeError("nobody answers")
`;
  const gate = `import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

const gpt = new OpenAI();
const claude = new Anthropic();

export async function ask(input: string) {
  try {
    const { output_text } = await gpt.responses.create({ model: 'gpt-5.4', input });
    if (output_text) return output_text;
  } catch (error) {
    console.warn(error);
  }
  try {
    return await claude.messages.create({ model: 'claude-haiku-4-5', max_tokens: 90, messages: [] });
  } catch {
    return 'nobody answers';
  }
}
`;
  expect(await fallbacksOf({ 'chain.py': chain, 'requirements.txt': 'openai\nanthropic\n' })).toEqual([
    'chain.py:14 loop auto cross',
  ]);
  expect(await fallbacksOf({ 'gate.ts': gate, 'package.json': '{ "name": "gate", "type": "module" }' })).toEqual([
    'gate.ts:15 try-catch auto cross',
  ]);
});

test('spares of an agent in JavaScript are named by texts', async () => {
  const agent = `import { createAgent, modelFallbackMiddleware } from 'langchain';
const spare = modelFallbackMiddleware('anthropic:claude-haiku-4-5');
export const agent = createAgent({ model: 'openai:gpt-5.4', tools: [], middleware: [spare] });
export const run = () => agent.invoke({ messages: [] });
`;
  const files = {
    'agent.ts': agent,
    'package.json': '{ "name": "agent", "type": "module", "dependencies": { "langchain": "1.0.0" } }',
  };
  expect(await fallbacksOf(files)).toEqual(['agent.ts:2 langchain-fallbacks auto cross']);
});

test('a first question that may answer by itself is no attempt at the second', async () => {
  const desk = `import OpenAI from 'openai';
const client = new OpenAI();
export async function reply(input: string) {
  try {
    const { output_text } = await client.responses.create({ model: 'gpt-5.4-nano', input: \`Is it spam? \u0024{input}\` });
    if (output_text === 'yes') return 'no answer to spam';
  } catch (error) {
    console.warn(error);
  }
  return client.responses.create({ model: 'gpt-5.4', input });
}
`;
  const { capabilities } = await audit({
    root: tree({ 'desk.ts': desk, 'package.json': '{ "name": "desk" }' }),
    asOf: '2026-11-20',
  });
  expect(capabilities.flatMap(({ legs }) => legs.map(({ fallbacks }) => fallbacks.length))).toEqual([0, 0]);
});

test('models that a raw request lists are tried in turn by its gateway', async () => {
  const desk = `import json
import requests


def ask(text: str):
    body = {"models": ["anthropic/claude-sonnet-4.5", "openai/gpt-5.4"], "messages": [{"role": "user", "content": text}]}
    return requests.post("https://openrouter.ai/api/v1/chat/completions", data=json.dumps(body))
`;
  expect(await fallbacksOf({ 'desk.py': desk })).toEqual(['desk.py:7 openrouter-models auto cross']);
});
