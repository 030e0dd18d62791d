import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/pack/catalog.ts';
import { loadBuiltin, loadPacks } from '../../src/pack/load.ts';
import { brokenReferences } from '../../src/pack/references.ts';
import { compileFixtures, packFolder } from './newsroom.ts';

test('a later pack replaces, removes and adds', async () => {
  const pack = await compileFixtures('newsroom', 'newsroom-overrides');
  const catalog = loadCatalog(pack);
  expect(catalog.providers.get('openai')?.kind).toBe('gateway');
  expect(catalog.host('api.openai.com')).toBeUndefined();
  expect(catalog.families.has('gpt')).toBe(false);
  expect(pack.rules.map((rule) => rule.id)).toEqual(['region/day-desk']);
  expect(pack.scoring).toEqual({
    apiShape: { abstraction: 0.05, 'openai-compatible': 0.1, platform: 0.2, native: 0.25, http: 0.5 },
    confidence: { literal: 1, sample: 0.6 },
  });
});

test('the same folder compiles to the same bytes, another one to another digest', async () => {
  const [once, again, more] = [
    await compileFixtures('newsroom'),
    await compileFixtures('newsroom'),
    await compileFixtures('newsroom', 'newsroom-overrides'),
  ];
  expect(JSON.stringify(again)).toBe(JSON.stringify(once));
  expect(more.digest).not.toBe(once.digest);
});

test('compiled entries state what the file left out', async () => {
  const pack = await compileFixtures('newsroom');
  expect(pack.providers.find((provider) => provider.id === 'meta')).toMatchObject({
    status: 'active',
    hosts: [],
    compatible: false,
    verified: false,
  });
  expect(pack.clouds.map(({ id, verified }) => [id, verified])).toEqual([
    ['alibaba', true],
    ['aws', true],
    ['azure', false],
  ]);
  expect(pack.surfaces.find((surface) => surface.id === 'javascript/got')?.globals).toEqual({});
  expect(pack.providers.find((provider) => provider.id === 'anthropic')?.hostedOn[0]?.verified).toBe(false);
});

test('references that lead nowhere are told', async () => {
  const pack = await compileFixtures('newsroom');
  expect(brokenReferences(pack)).toEqual([]);
  expect(brokenReferences({ ...pack, clouds: [], features: [] })).toEqual(
    expect.arrayContaining([
      'provider aws-bedrock: cloud: no cloud "aws"',
      'surface javascript/openai: OpenAI: no feature "newsroom-threads"',
    ]),
  );
});

test('a user’s pack lies on the built-in one', async () => {
  const [builtin, mine] = [await loadBuiltin(), await loadPacks([packFolder('newsroom-overrides')])];
  expect(builtin.catalog.host('api.openai.com')?.provider.kind).toBe('model-lab');
  expect(mine.catalog.host('llm.publisher.example')?.provider.id).toBe('openai');
  expect(mine.rules.length).toBe(builtin.rules.length + 1);
  expect(mine.digest).not.toBe(builtin.digest);
});
