import { describe, expect, test } from 'vitest';
import { call } from './in-process.ts';
import { tree } from './trees.ts';

const FACT = 'source: press release of the clinic\ndate: 2026-11-01\nverified: true\n';
const PROVIDER = `name: Clinic Models\nkind: inference-host\nhosts: [llm.clinic.example]\nhq: { country: CH, source: register, date: 2026-11-01 }\n${FACT}`;

async function catalog(args: readonly string[], files: Readonly<Record<string, string>> = {}) {
  return call(['catalog', ...args], { cwd: tree(files) });
}

async function json(args: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const { code, stdout } = await catalog([...args, '--format', 'json'], files);
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

describe('show', () => {
  test.each<[string, string, string]>([
    ['openai', 'provider', 'openai'],
    ['pypi:litellm', 'package', 'pypi litellm'],
    ['@ai-sdk/openai', 'package', 'npm @ai-sdk/openai'],
    ['aws:me-central-1', 'region', 'aws me-central-1'],
    ['aws', 'cloud', 'aws'],
    ['openai-assistants', 'feature', 'openai-assistants'],
    ['portkey', 'provider', 'portkey'],
    ['claude', 'model family', 'claude'],
    ['aws_bedrockagent_agent', 'resource type', 'terraform aws_bedrockagent_agent'],
    ['python/openai', 'SDK surface', 'python/openai'],
    ['api.openai.com', 'provider', 'openai'],
    ['https://api.openai.com/v1', 'provider', 'openai'],
    ['OPENAI_API_KEY', 'provider', 'openai'],
    ['ollama/ollama:0.5.1', 'provider', 'ollama'],
  ])('%s is found', async (id, kind, key) => {
    const shown = (await json(['show', id])) as { entries: { kind: string; id: string; entry: object }[] };
    expect(shown.entries).toContainEqual(
      expect.objectContaining({
        kind,
        id: key,
        entry: expect.objectContaining({ source: expect.any(String), date: expect.any(String) }),
      }),
    );
  });

  test('a model id is taken apart, with its end and its price where its operator lists one', async () => {
    const { model } = (await json(['show', 'gpt-4o'])) as { model: Record<string, unknown> };
    expect(model).toMatchObject({ bare: 'gpt-4o', maker: 'openai', weights: 'closed' });
    expect(model.retirements).toContainEqual(expect.objectContaining({ operator: 'openai', source: expect.any(String) }));
    expect(model.prices).toContainEqual({ operator: 'openai', input: 2.5, output: 10 });
    const bedrock = (await json(['show', 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0'])) as { model: Record<string, unknown> };
    expect(bedrock.model).toMatchObject({ operator: 'aws-bedrock', maker: 'anthropic', scope: { geography: 'EU' } });
  });

  test('a price nobody lists is unknown', async () => {
    const { stdout } = await catalog(['show', 'jais-30b-chat']);
    expect(stdout).toMatch(/price +unknown/);
  });

  test('every line of a fact fits the screen, with source and date', async () => {
    const { stdout } = await catalog(['show', 'aws-bedrock']);
    expect(stdout).toMatch(/verified, 20\d\d-\d\d-\d\d: \S/);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('an unknown id is exit 2 with the nearest names', async () => {
    const { code, stdout, stderr } = await catalog(['show', 'openrooter']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/openrooter: nothing in the catalog is called so\n {2}hint: the nearest names: openrouter/);
  });

  test('control characters of an id do not reach the terminal', async () => {
    const { stderr } = await catalog(['show', 'open\u001b[2Jai']);
    expect(stderr).toContain('open\\x1b[2Jai');
  });
});

describe('list', () => {
  test.each(['providers', 'gateway', 'models', 'package', 'regions', 'features', 'retirements'])(
    '%s at 80 columns',
    async (kind) => {
      const { code, stdout } = await catalog(['list', kind]);
      expect(code).toBe(0);
      const lines = stdout.split('\n');
      expect(lines.length).toBeGreaterThan(20);
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
    },
  );

  test('a kind that is none', async () => {
    expect(await catalog(['list', 'provders'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean "providers"?'),
    });
  });
});

test('stats are numbers', async () => {
  const stats = (await json(['stats'])) as Record<string, unknown>;
  for (const key of [
    'providers',
    'packages',
    'modelFamilies',
    'retirements',
    'features',
    'gateways',
    'tools',
    'regions',
    'unverified',
  ]) {
    expect([key, typeof stats[key]]).toEqual([key, 'number']);
  }
});

test('stale lists by age, and what weighs without a primary source', async () => {
  const { facts } = (await json(['stale', '--older-than', '400', '--as-of', '2026-11-20'])) as {
    facts: { age: number; verified: boolean; weighs: boolean }[];
  };
  expect(facts.map(({ age }) => age)).toEqual(facts.map(({ age }) => age).sort((left, right) => right - left));
  expect(facts.filter(({ age, verified, weighs }) => age <= 400 && (verified || !weighs))).toEqual([]);
  expect(await catalog(['stale', '--older-than', 'old'])).toMatchObject({ code: 2, stderr: expect.stringContaining('90') });
});

describe('check and packs', () => {
  test('the built-in catalog is right', async () => {
    expect(await catalog(['check'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing is wrong.') });
  });

  test('a pack that adds, overrides and takes away', async () => {
    const files = {
      'pack/catalog/providers/clinic.yml': PROVIDER,
      'pack/catalog/providers/openrouter.yml': `name: OpenRouter of the clinic\nkind: gateway\nhosts: [router.clinic.example]\n${FACT}`,
      'pack/catalog/models/jais.yml': 'disabled: true\n',
      'pack/catalog/tools/clinic.yml': `tools:\n  - id: clinic-helper\n    name: Helper\n    kind: assistant\n    files: [.helper/rules.md]\n    ${FACT.replaceAll('\n', '\n    ').trimEnd()}\n`,
    };
    expect(await catalog(['check', 'pack'], files)).toMatchObject({ code: 0, stdout: expect.stringContaining('2 providers') });
    const of = (id: string) => json(['show', id, '--rules', 'pack'], files) as Promise<{ entries: { entry: object }[] }>;
    expect((await of('llm.clinic.example')).entries[0]?.entry).toMatchObject({ name: 'Clinic Models', hq: { verified: false } });
    expect((await of('openrouter')).entries[0]?.entry).toMatchObject({ hosts: ['router.clinic.example'] });
    expect((await of('clinic-helper')).entries[0]?.entry).toMatchObject({ files: ['.helper/rules.md'] });
    expect((await catalog(['show', 'jais', '--rules', 'pack'], files)).code).toBe(2);
  });

  test.each<[string, string, string, RegExp]>([
    [
      'a mistyped key',
      'catalog/providers/clinic.yml',
      PROVIDER.replace('hosts', 'hostz'),
      /clinic\.yml: unknown key "hostz"\n {2}hint: did you mean "hosts"\?/,
    ],
    ['a fact without a source', 'catalog/providers/clinic.yml', PROVIDER.replace(/^source.*\n/m, ''), /key "source" is missing/],
    [
      'a cloud that is not there',
      'catalog/providers/clinic.yml',
      `${PROVIDER}cloud: moonbase\n`,
      /provider clinic: cloud: no cloud "moonbase"/,
    ],
  ])('%s', async (_, file, text, message) => {
    const { code, stderr } = await catalog(['check', 'pack'], { [`pack/${file}`]: text });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  test.each<[string, string, string, string]>([
    [
      'a host of two owners',
      'catalog/providers/clinic.yml',
      PROVIDER.replace('llm.clinic.example', 'api.openai.com'),
      'host api.openai.com is read as',
    ],
    [
      'an example that is another family',
      'catalog/models/clinic.yml',
      `maker: openai\npattern: clinic-.*\nwords: [clinic-]\nweights: closed\nkind: chat\nexamples: [gpt-4o]\n${FACT}`,
      'the example gpt-4o is read as gpt',
    ],
  ])('%s is told and is exit 2', async (_, file, text, problem) => {
    const { code, stdout } = await catalog(['check', 'pack'], { [`pack/${file}`]: text });
    expect({ code, stdout: stdout.replaceAll(/\s+/g, ' ') }).toEqual({ code: 2, stdout: expect.stringContaining(problem) });
  });

  test('every file that is wrong is named', async () => {
    const { code, stderr } = await catalog(['check', 'pack'], {
      'pack/catalog/providers/clinic.yml': PROVIDER.replace('hosts', 'hostz'),
      'pack/catalog/providers/ward.yml': `name: Ward\nkind: hospital\n${FACT}`,
      'pack/catalog/nowhere.yml': FACT,
    });
    expect(code).toBe(2);
    for (const file of ['clinic.yml: unknown key "hostz"', 'ward.yml: kind: unknown value', 'nowhere.yml: no place'])
      expect(stderr).toContain(file);
    expect(stderr).toContain('3 files are wrong');
    expect(stderr).not.toContain('\\x0a');
  });
});
