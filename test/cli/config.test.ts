import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { loadConfig } from '../../src/pack/config.ts';
import { KEYS, shapeConfig } from '../../src/pack/config-shape.ts';
import { tree } from './trees.ts';

const EMPTY = {
  home: [],
  workloads: [],
  criticality: {},
  policy: { banOrigins: [], banSuppliers: [], residency: [] },
  gate: {},
  suppressions: [],
  declared: [],
};

async function load(text: string) {
  return loadConfig(tree({ 'ai-deps.yml': text }));
}

async function refused(text: string): Promise<{ message: string; hint: string }> {
  const error = await load(text).catch((caught: unknown) => caught);
  if (!(error instanceof UserError)) throw new Error(`not refused: ${text}`);
  return { message: error.message, hint: error.hint ?? '' };
}

describe('what a file says', () => {
  test('everything', async () => {
    const { config } = await load(`
$schema: https://example.org/config.schema.json
home: [fr, DE, CH]
workloads: [{ id: chat, path: ./services/chat/ }, { id: all, path: . }]
criticality: { 'triage/**': critical, '**': experimental }
policy: { ban_origins: [cn], ban_suppliers: [OpenAI, aws-bedrock], residency: [DE, EU] }
gate: { max_score: 60, max_grade: C, fail_on: high }
suppressions:
  - { rule: region/pinned-endpoint, paths: [src/**], reason: agreed, until: 2027-01-31, owner: ops, fingerprint: abc }
declared:
  - { env: AWS_REGION, value: eu-central-1, source: wiki }
  - { failover_tested: 2026-10-15, capabilities: ['chat/**'], source: game day, until: 2027-04-15, owner: ops }
`);
    expect({ ...config, criticality: Object.entries(config.criticality) }).toEqual({
      home: ['CH', 'EU'],
      workloads: [
        { id: 'chat', path: 'services/chat' },
        { id: 'all', path: '' },
      ],
      criticality: [
        ['triage/**', 'critical'],
        ['**', 'experimental'],
      ],
      policy: { banOrigins: ['CN'], banSuppliers: ['aws-bedrock', 'openai'], residency: ['DE', 'EU'] },
      gate: { maxScore: 60, maxGrade: 'C', failOn: 'high' },
      suppressions: [
        {
          rule: 'region/pinned-endpoint',
          paths: ['src/**'],
          reason: 'agreed',
          until: '2027-01-31',
          owner: 'ops',
          fingerprint: 'abc',
        },
      ],
      declared: [
        { env: 'AWS_REGION', value: 'eu-central-1', source: 'wiki' },
        { failoverTested: '2026-10-15', capabilities: ['chat/**'], source: 'game day', until: '2027-04-15', owner: 'ops' },
      ],
    });
  });

  test('a ban of the Union is one of each member', async () => {
    const { config } = await load('policy: { ban_origins: [EU] }');
    expect(config.policy.banOrigins).toHaveLength(27);
    expect(config.policy.banOrigins).toContain('IE');
  });

  test('keys in camelCase are the same keys', async () => {
    const { config } = await load('policy: { banOrigins: [CN] }\ngate: { maxScore: 12.5 }');
    expect([config.policy.banOrigins, config.gate]).toEqual([['CN'], { maxScore: 12.5 }]);
  });

  test('every member of the Union folds', async () => {
    const members = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
    expect(members).toHaveLength(27);
    for (const member of members) expect((await load(`home: [${member}]`)).config.home).toEqual(['EU']);
    expect((await load('home: [NO, GB, CH]')).config.home).toEqual(['CH', 'GB', 'NO']);
  });

  test('__proto__ as a glob stays a key', async () => {
    const { message } = await refused('criticality: { __proto__: critical }');
    expect(message).toContain('__proto__');
    expect(Object.hasOwn({}, 'critical')).toBe(false);
  });
});

describe('what does not fit is named with its key', () => {
  test.each([
    ['homes: [DE]', 'ai-deps.yml: unknown key "homes"', 'did you mean "home"?'],
    ['gate: { max_scor: 60 }', 'ai-deps.yml: gate: unknown key "max_scor"', 'did you mean "max_score"?'],
    ['gate: { fail: high }', 'ai-deps.yml: gate: unknown key "fail"', 'known keys: fail_on, max_grade, max_score'],
    ['gate: { max_score: 60, maxScore: 70 }', 'ai-deps.yml: gate: "max_score" stands there twice', 'keep one of the two'],
    ['gate: { max_score: 101 }', 'ai-deps.yml: gate.max_score: 101 is out of range', 'a number from 0 to 100'],
    ['gate: { max_score: .nan }', 'ai-deps.yml: gate.max_score: NaN is out of range', 'a number from 0 to 100'],
    ['gate: { max_score: "60" }', 'ai-deps.yml: gate.max_score: must be a number, is the string "60"', ''],
    ['gate: { max_grade: E }', 'ai-deps.yml: gate.max_grade: unknown value "E"', ''],
    ['gate: { fail_on: hihg }', 'ai-deps.yml: gate.fail_on: unknown value "hihg"', ''],
    ['home: DE', 'ai-deps.yml: home: must be a list, is the string "DE"', 'write home: [DE]'],
    ['home: [UK]', 'ai-deps.yml: home[0]: "UK" is no country', 'did you mean "GB"?'],
    ['home: [Germany]', 'ai-deps.yml: home[0]: "Germany" is no country', 'ISO codes'],
    ['home:', 'ai-deps.yml: home: must be a list, is empty', 'remove the key'],
    ['- home', 'ai-deps.yml: must be a mapping, is a list', ''],
    ['just text', 'ai-deps.yml: must be a mapping, is the string "just text"', ''],
    ['policy: { ban_origins: [USA] }', 'ai-deps.yml: policy.ban_origins[0]: "USA" is no country', 'did you mean "US"?'],
    ['policy: { ban_suppliers: [a b] }', 'ai-deps.yml: policy.ban_suppliers[0]: "a b" is no provider id', 'openai'],
    ['suppressions: [{ rule: a/b }]', 'ai-deps.yml: suppressions[0]: key "reason" is missing', 'add it'],
    ['suppressions: [{ reason: b }]', 'ai-deps.yml: suppressions[0]: key "rule" is missing', 'add it'],
    ['suppressions: [{ rule: a/b, reason: " " }]', 'ai-deps.yml: suppressions[0].reason: is empty', ''],
    [
      'suppressions: [{ rule: a/b, reason: c, until: 2026-02-30 }]',
      'suppressions[0].until: "2026-02-30" is no date',
      'YYYY-MM-DD',
    ],
    ['suppressions: [{ rule: a/b, reason: c, paths: src }]', 'suppressions[0].paths: must be a list', 'write paths: [src]'],
    ['declared: [{ env: A, value: b }]', 'ai-deps.yml: declared[0]: key "source" is missing', 'add it'],
    ['declared: [{ env: A, source: b }]', 'ai-deps.yml: declared[0]: "env" and "value" belong together', ''],
    ['declared: [{ source: b }]', 'ai-deps.yml: declared[0]: declares nothing', ''],
    ['declared: [{ env: A, value: 8080, source: b }]', 'declared[0].value: must be a text, is the number "8080"', 'need quotes'],
    ['workloads: [{ id: a, path: ../b }]', 'workloads[0].path: leads out of the audited folder', ''],
    ['workloads: [{ id: a, path: /b }]', 'workloads[0].path: leads out of the audited folder', ''],
    ['criticality: { "**": vital }', 'ai-deps.yml: criticality.**: unknown value "vital"', ''],
    ['home: [', 'ai-deps.yml:', 'YAML'],
    ['home: !!js/function "x"', 'ai-deps.yml:', 'YAML'],
  ])('%s', async (text, message, hint) => {
    const error = await refused(text);
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
  });

  test('a long value is not quoted: it may be a key in the wrong place', async () => {
    const key = 'sk-proj-Zq8vT3nWx5Lr2Ky7Hd4Bm9Pc6Gf1Js0';
    for (const text of [`gate: { max_score: ${key} }`, `gate: { max_grade: ${key} }`, `home: ${key}`, `home: [${key}]`]) {
      const { message, hint } = await refused(text);
      expect(`${message} ${hint}`).toContain('sk-pro…');
      expect(`${message} ${hint}`).not.toContain('sk-proj');
    }
  });

  test('a file of more than 1 MB is not parsed', async () => {
    const { message } = await refused(`# ${'x'.repeat(1024 * 1024)}\n`);
    expect(message).toMatch(/^ai-deps\.yml: \d+ bytes, more than the 1048576/);
  });

  test('a list without end is cut with a sentence', async () => {
    const { message } = await refused(`home: [${'DE,'.repeat(1001)}]`);
    expect(message).toBe('ai-deps.yml: home: has 1001 items');
  });
});

describe('where it is looked for', () => {
  test('nowhere: the defaults, and the digest of an empty file', async () => {
    const none = await loadConfig(tree({ 'a.ts': '' }));
    expect(none.config).toEqual(EMPTY);
    expect(none.path).toBeUndefined();
    expect((await load('# nothing\n')).digest).toBe(none.digest);
    expect((await load('home: [DE]')).digest).not.toBe(none.digest);
  });

  test('comments and the order of keys do not change the digest', async () => {
    const one = await load('home: [DE]\ngate: { max_score: 60 }\n');
    const other = await load('# for the board\ngate: { max_score: 60.0 }\nhome: [FR]\n');
    expect(other.digest).toBe(one.digest);
  });

  test('above the root, up to the repository', async () => {
    const root = tree({ 'ai-deps.yml': 'home: [DE]', 'services/chat/a.ts': '' });
    expect((await loadConfig(join(root, 'services/chat'))).config.home).toEqual([]);
    mkdirSync(join(root, '.git'));
    const found = await loadConfig(join(root, 'services/chat'));
    expect([found.config.home, found.path]).toEqual([['EU'], join(root, 'ai-deps.yml')]);
  });

  test('never above a repository, even inside another', async () => {
    const root = tree({ 'ai-deps.yml': 'home: [DE]', '.git/HEAD': '', 'vendor/shop/.git': 'gitdir: x', 'vendor/shop/a.ts': '' });
    expect((await loadConfig(join(root, 'vendor/shop'))).path).toBeUndefined();
  });

  test('the nearest wins, and .yml before .yaml', async () => {
    const root = tree({ '.git/HEAD': '', 'ai-deps.yml': 'home: [DE]', 'a/ai-deps.yaml': 'home: [CH]' });
    expect((await loadConfig(join(root, 'a'))).config.home).toEqual(['CH']);
    writeFileSync(join(root, 'a/ai-deps.yml'), 'home: [US]');
    expect((await loadConfig(join(root, 'a'))).config.home).toEqual(['US']);
  });

  test('a link in the tree is refused, one that the user names is followed', async () => {
    const root = tree({ 'real.yml': 'home: [CH]' });
    symlinkSync(join(root, 'real.yml'), join(root, 'ai-deps.yml'));
    await expect(loadConfig(root)).rejects.toThrow('ai-deps.yml: is not a regular file');
    expect((await loadConfig(root, join(root, 'ai-deps.yml'))).config.home).toEqual(['CH']);
  });

  test('a folder, a missing file', async () => {
    const root = tree({ 'ai-deps.yml/a': '' });
    await expect(loadConfig(root)).rejects.toThrow('is not a regular file');
    await expect(loadConfig(root, join(root, 'none.yml'))).rejects.toThrow('none.yml: no such file');
  });
});

describe('the schema for editors', () => {
  const schema = JSON.parse(readFileSync(new URL('../../rules/schema/config.schema.json', import.meta.url), 'utf8'));
  const fits = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(schema);
  const accepts = (data: unknown) => {
    try {
      shapeConfig(data, 'ai-deps.yml');
      return true;
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  };

  test('has the keys that are read, in both spellings', () => {
    const { properties } = schema;
    const mappings = {
      file: properties,
      workload: properties.workloads.items.properties,
      policy: properties.policy.properties,
      gate: properties.gate.properties,
      suppression: properties.suppressions.items.properties,
      declared: properties.declared.items.properties,
    };
    for (const [name, keys] of Object.entries(KEYS)) {
      const both = keys.flatMap((key) => [key, key.replaceAll(/_[a-z]/g, ([, letter = '']) => letter.toUpperCase())]);
      expect({ [name]: Object.keys(mappings[name as keyof typeof KEYS]).sort() }).toEqual({ [name]: [...new Set(both)].sort() });
    }
  });

  test('agrees with the reader about any file', () => {
    const text = fc.constantFrom(
      'a',
      '',
      ' ',
      'src/**',
      '../a',
      '/a',
      './a',
      'OpenAI',
      'a b',
      'A',
      'high',
      'critical',
      '2026-11-20',
      'DE',
      'eu',
    );
    const value = fc.oneof(text, fc.constantFrom(0, 60, 100, 101, -1, true, null), fc.array(text, { maxLength: 3 }));
    const both = (keys: readonly string[]) =>
      keys.flatMap((key) => [key, key.replaceAll(/_[a-z]/g, ([, letter = '']) => letter.toUpperCase())]);
    const mapping = (keys: readonly string[]) => fc.dictionary(fc.constantFrom(...both(keys), 'extra'), value, { maxKeys: 4 });
    const file = fc.record(
      {
        home: value,
        policy: mapping(KEYS.policy),
        gate: mapping(KEYS.gate),
        criticality: fc.dictionary(text, value, { maxKeys: 2 }),
        workloads: fc.array(mapping(KEYS.workload), { maxLength: 2 }),
        suppressions: fc.array(mapping(KEYS.suppression), { maxLength: 2 }),
        declared: fc.array(mapping(KEYS.declared), { maxLength: 2 }),
        $schema: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(file, (data) => {
        expect({ data, accepted: accepts(data) }).toEqual({ data, accepted: fits(data) });
      }),
      { numRuns: 3000, seed: 7 },
    );
  });

  test('the reader alone knows which countries and dates there are', () => {
    for (const data of [{ home: ['UK'] }, { declared: [{ failover_tested: '2026-02-30', source: 'a' }] }]) {
      expect([fits(data), accepts(data)]).toEqual([true, false]);
    }
  });
});
