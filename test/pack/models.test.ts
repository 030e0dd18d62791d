import { beforeAll, expect, test } from 'vitest';
import type { LoadedCatalog } from '../../src/pack/catalog.ts';
import { newsroomCatalog } from './newsroom.ts';

let catalog: LoadedCatalog;
beforeAll(async () => {
  catalog = await newsroomCatalog();
});

/** family bare [operator] [prefix/] [scope k] [tuned] */
function read(id: string, certain: boolean): string | undefined {
  const match = catalog.model(id, certain);
  if (!match) return undefined;
  const { family, bare, operator, prefix, scope, tuned } = match;
  return [family?.id ?? '-', bare, operator && `@${operator}`, prefix && `${prefix}/`, scope && `k=${scope.k}`, tuned && 'tuned']
    .filter(Boolean)
    .join(' ');
}

const HASH = '02e509c789964a7ea8736978a43525956ef40397be9033abf9fd2badfe68c9e3';
test.each([
  ['gpt-4o', 'gpt gpt-4o'],
  ['GPT-4o', 'gpt GPT-4o'],
  ['gpt-oss-120b', 'gpt-oss gpt-oss-120b'],
  ['gpt-35-turbo', 'gpt gpt-3.5-turbo @azure-openai'],
  ['ft:gpt-4o-mini-2024-07-18:press::abc123', 'gpt gpt-4o-mini-2024-07-18 @openai tuned'],
  // Bedrock
  ['anthropic.claude-3-7-sonnet-20250219-v1:0', 'claude claude-3-7-sonnet-20250219 @aws-bedrock'],
  ['anthropic.claude-3-5-sonnet-20241022-v2:0', 'claude claude-3-5-sonnet-20241022 @aws-bedrock'],
  ['eu.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude claude-sonnet-4-5-20250929 @aws-bedrock k=0.5'],
  ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude claude-sonnet-4-5-20250929 @aws-bedrock k=0.4'],
  ['amazon.titan-embed-text-v2:0', 'titan titan-embed-text-v2 @aws-bedrock'],
  ['meta.llama3-1-70b-instruct-v1:0', 'llama llama3-1-70b-instruct @aws-bedrock'],
  ['meta.llama-3.3-70b-instruct', 'llama llama-3.3-70b-instruct'],
  ['openai.gpt-oss-120b-1:0', 'gpt-oss gpt-oss-120b @aws-bedrock'],
  ['arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2', 'claude claude-v2 @aws-bedrock'],
  [
    'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'claude claude-sonnet-4-5-20250929 @aws-bedrock k=0.5',
  ],
  [
    'arn:aws:bedrock:us-east-1:123456789012:custom-model/anthropic.claude-3-haiku-20240307-v1:0/h1k2',
    'claude claude-3-haiku-20240307 @aws-bedrock tuned',
  ],
  // Google
  ['publishers/anthropic/models/claude-sonnet-4-5@20250929', 'claude claude-sonnet-4-5-20250929 @google-vertex anthropic/'],
  [
    'projects/press/locations/europe-west4/publishers/google/models/gemini-2.5-pro',
    'gemini gemini-2.5-pro @google-vertex google/',
  ],
  ['claude-opus-4-1@20250805', 'claude claude-opus-4-1-20250805 @google-vertex'],
  ['claude-opus-4-1@default', 'claude claude-opus-4-1 @google-vertex'],
  ['models/gemini-2.5-pro', 'gemini gemini-2.5-pro @google-gemini'],
  ['meta/llama-3.1-405b-instruct-maas', 'llama llama-3.1-405b-instruct @google-vertex'],
  // Gateways and libraries
  ['anthropic/claude-sonnet-4.5', 'claude claude-sonnet-4.5 anthropic/'],
  ['openrouter/anthropic/claude-sonnet-4.5', 'claude claude-sonnet-4.5 openrouter/'],
  ['meta-llama/llama-3.3-70b-instruct:free', 'llama llama-3.3-70b-instruct meta-llama/'],
  ['openai/gpt-4o:online', 'gpt gpt-4o openai/'],
  ['openai/gpt-4o/image-to-text', 'gpt gpt-4o openai/'],
  ['azure/gpt-4o', 'gpt gpt-4o @azure-openai azure/'],
  ['bedrock/eu.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude claude-sonnet-4-5-20250929 @aws-bedrock bedrock/ k=0.5'],
  ['bedrock/eu-west-1/anthropic.claude-v2', 'claude claude-v2 @aws-bedrock bedrock/'],
  ['vertex_ai/claude-opus-4-1@20250805', 'claude claude-opus-4-1-20250805 @google-vertex vertex_ai/'],
  ['gemini/gemini-2.5-pro', 'gemini gemini-2.5-pro @google-gemini gemini/'],
  ['anthropic:claude-sonnet-4-5', 'claude claude-sonnet-4-5 @anthropic anthropic/'],
  ['ollama:llama3', 'llama llama3 @ollama ollama/'],
  // Weights and hosts of their own
  ['llama3:8b', 'llama llama3:8b'],
  ['meta:8b', undefined],
  ['meta-llama/Llama-3.1-8B-Instruct', 'llama Llama-3.1-8B-Instruct meta-llama/'],
  ['@cf/meta/llama-3.1-8b-instruct', 'llama llama-3.1-8b-instruct @cloudflare-workers-ai meta/'],
  ['accounts/fireworks/models/llama-v3p3-70b-instruct', 'llama llama-v3p3-70b-instruct @fireworks'],
  ['accounts/press/models/llama-v3p3-70b-desk', 'llama llama-v3p3-70b-desk @fireworks tuned'],
  [`meta/llama-2-70b-chat:${HASH}`, 'llama llama-2-70b-chat meta/'],
  ['@press-prod/gpt-4o', 'gpt gpt-4o press-prod/'],
])('%s', (id, expected) => expect(read(id, false)).toBe(expected));

test.each(['sonar-pro', 'perplexity/sonar-pro'])('the ordinary word in %s counts only where a model is expected', (id) => {
  expect(read(id, false)).toBeUndefined();
  expect(catalog.model(id, true)?.family?.id).toBe('sonar');
});

test('a deployment name behind a platform prefix keeps the platform, in a model argument only', () => {
  expect(read('azure/night-desk', true)).toBe('- night-desk @azure-openai azure/');
  expect(read('azure/night-desk', false)).toBeUndefined();
});

test.each([
  'github.com/press/bedrock/client',
  '@press/desk-kit/lib/bedrock/parsing',
  'press-vectors:8.0',
  'github.com/press/tool@latest',
  'com.google.press:desk:1.0',
  'LlamaForCausalLM',
  'llama-3_api_key',
])('no model, even in a model argument: %j', (id) => expect(catalog.model(id, true)).toBeUndefined());

test.each([
  'my-gpt-4o-wrapper',
  'src/lib/gpt-4o.ts/index',
  'the gpt-4o model',
  'https://example.org/gpt-4o',
  '../gpt-4o',
  'src/lib/gpt-4o',
  './gpt-4o',
  'docs/claude-guide.md',
  'xgpt-4o',
  'claude',
  'com.press.app',
  'meta.title',
  'openai',
  'node:fs',
  '',
  'a'.repeat(100_000),
])('no model: %j', (id) => expect(catalog.model(id, false)).toBeUndefined());

test('weights of a mixed family go by the id', () => {
  expect(catalog.model('llama-3.1-8b', false)?.weights).toBe('open');
  expect(catalog.model('llama-4-secret', false)?.weights).toBe('closed');
  expect(catalog.model('gpt-4o', false)?.weights).toBe('closed');
});
