import { beforeAll, describe, expect, test } from 'vitest';
import type { LoadedCatalog } from '../../src/pack/catalog.ts';
import { newsroomCatalog } from './newsroom.ts';

let catalog: LoadedCatalog;
beforeAll(async () => {
  catalog = await newsroomCatalog();
});

describe('hosts', () => {
  test.each([
    ['api.openai.com', { provider: 'openai' }],
    ['API.OpenAI.com.', { provider: 'openai' }],
    ['api.openai.com:443', { provider: 'openai' }],
    ['de.api.openai.com', { provider: 'openai' }],
    ['eu.api.openai.com', { provider: 'openai', country: 'EU' }],
    ['desk.openai.azure.com', { provider: 'azure-openai' }],
    ['bedrock-runtime.eu-west-1.amazonaws.com', { provider: 'aws-bedrock', region: 'eu-west-1', country: 'IE' }],
    ['bedrock-runtime.eu-west-1.api.aws', { provider: 'aws-bedrock', region: 'eu-west-1', country: 'IE' }],
    ['bedrock-runtime.moon-1.amazonaws.com', { provider: 'aws-bedrock', region: 'moon-1' }],
    ['desk.eu-west-1.aws.archive.example', { provider: 'press-archive', region: 'eu-west-1', country: 'IE' }],
    ['desk.eu-west-1.gcp.archive.example', { provider: 'press-archive', region: 'eu-west-1' }],
    ['eu-west-1.reading-room.example', { provider: 'press-archive', region: 'eu-west-1', country: 'IE' }],
    ['europe-west4-aiplatform.googleapis.com', { provider: 'google-vertex', region: 'europe-west4' }],
  ])('%s', (host, expected) => {
    const { provider, ...rest } = catalog.host(host) ?? {};
    expect({ provider: provider?.id, ...rest }).toEqual(expected);
  });

  test.each([
    's3.eu-west-1.amazonaws.com',
    'notapi.openai.com',
    'api.openai.com.evil.example',
    'openai.azure.com',
    '',
    'x'.repeat(70_000),
  ])('no host of a provider: %#', (host) => expect(catalog.host(host)).toBeUndefined());
});

describe('names', () => {
  test.each([
    ['OPENAI_API_KEY', 'openai'],
    ['openai_base_url', 'openai'],
    ['NIGHT_OLLAMA_URL', 'ollama'],
    ['MY_AZURE_OPENAI_TARGET', 'azure-openai'],
    ['LLM_API_KEY', undefined],
    ['HOLLAMA_URL', undefined],
    ['PATH', undefined],
  ])('environment name %s', (name, id) => expect(catalog.env(name)?.id).toBe(id));

  test.each([
    ['ollama/ollama', 'ollama'],
    ['ollama/ollama:0.5.1', 'ollama'],
    ['docker.io/ollama/ollama@sha256:0a1b', 'ollama'],
    ['registry.press.example:5000/mirror/ollama/ollama:latest', 'ollama'],
    ['ollama', undefined],
    ['press/ollama-ui', undefined],
  ])('image %s', (image, id) => expect(catalog.image(image)?.id).toBe(id));

  test.each([
    ['/openai/deployments/desk/chat/completions', ['azure-openai']],
    ['/proxy/openai/deployments/desk', ['azure-openai']],
    ['/api/chat', ['ollama']],
    ['/api/chat?stream=1', ['ollama']],
    ['/api/chatter', []],
  ])('path %s', (path, ids) => expect(catalog.path(path).map(({ provider }) => provider.id)).toEqual(ids));

  test('an endpoint without a known host is named by its path', () => {
    expect(catalog.endpoint('http://proxy/openai/deployments/desk', [])).toMatchObject({
      provider: { id: 'azure-openai' },
      by: 'path',
    });
  });
});

describe('facts', () => {
  test('one region id means another place at another cloud', () => {
    expect(catalog.region('aws', 'eu-west-1')?.country).toBe('IE');
    expect(catalog.region('alibaba', 'EU-WEST-1')?.country).toBe('GB');
    expect(catalog.region('aws', 'europe (ireland)')?.id).toBe('eu-west-1');
    expect(catalog.region('azure', 'eu-west-1')).toBeUndefined();
  });

  test('a retirement is the operator’s own', () => {
    expect(catalog.retirement('aws-bedrock', 'anthropic.claude-3-sonnet-20240229-v1:0')?.shutdown).toBe('2026-07-01');
    expect(catalog.retirement('aws-bedrock', 'eu.anthropic.claude-3-sonnet-20240229-v1:0')?.shutdown).toBe('2026-07-01');
    expect(catalog.retirement('anthropic', 'claude-3-sonnet-latest')).toMatchObject({
      shutdown: '2026-01-05',
      precision: 'earliest',
    });
    expect(catalog.retirement('openai', 'claude-3-sonnet-20240229')).toBeUndefined();
  });

  test('a fine-tuned model retires on its own date, else with its base; the base never on the date of its tunes', () => {
    expect(catalog.retirement('openai', 'ft:gpt-3.5-turbo:press::abc')?.shutdown).toBe('2027-01-06');
    expect(catalog.retirement('openai', 'gpt-3.5-turbo')).toBeUndefined();
    expect(catalog.retirement('openai', 'ft:gpt-4-0613:press::abc')?.shutdown).toBe('2026-10-01');
  });

  test('packages count with their ecosystem, and PyPI names with either dash', () => {
    expect(catalog.package('npm', '@azure/openai')?.deprecated?.replacement).toBe('openai');
    expect(catalog.package('pypi', 'LangChain_OpenAI')?.name).toBe('langchain-openai');
    expect(catalog.package('swift', 'https://github.com/Press/deskkit.git')?.name).toBe('https://github.com/press/DeskKit');
    expect(catalog.package('pypi', 'openai')).toBeUndefined();
  });

  test('resources, scopes and constants are found', () => {
    expect(catalog.resource('terraform', 'aws_bedrockagent_agent')?.layer).toBe('agent');
    expect(catalog.resource('arm', 'aws_bedrockagent_agent')).toBeUndefined();
    expect(catalog.scope('aws-bedrock', 'model-prefix', 'eu')?.k).toBe(0.5);
    expect(catalog.scoring.apiShape.native).toBe(0.25);
    expect(catalog.date).toBe('2026-03-01');
  });

  test('names from Object.prototype are nothing', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(catalog.host(name)).toBeUndefined();
      expect(catalog.env(name)).toBeUndefined();
      expect(catalog.region('aws', name)).toBeUndefined();
      expect(catalog.package('npm', name)).toBeUndefined();
      expect(catalog.model(name, true)).toBeUndefined();
    }
  });
});
