import { describe, expect, test } from 'vitest';
import { daysBetween, isDay, lastDay } from '../../src/condition/days.ts';
import { factsFromCatalog } from '../../src/condition/facts.ts';
import type { Catalog, ModelFamily, Retirement } from '../../src/model/catalog.ts';
import type { ServiceEnd } from '../../src/model/catalog-tables.ts';
import { mergePacks } from '../../src/pack/merge.ts';
import { surfaceLookup } from '../../src/pack/surfaces.ts';

const SOURCED = { source: 'vendor page', date: '2026-11-01', verified: true } as const;

const FAMILY: ModelFamily = {
  ...SOURCED,
  id: 'gpt',
  maker: 'openai',
  country: 'US',
  pattern: 'gpt-.*',
  words: ['gpt-'],
  weights: 'closed',
  kind: 'chat',
  priority: 0,
  ambiguous: false,
  examples: ['gpt-4o', 'gpt-4o-2024-08-06', 'gpt-4o-mini-2024-07-18'],
  floating: ['gpt-chat'],
};

const THREADS: ServiceEnd = {
  ...SOURCED,
  id: 'threads',
  provider: 'openai',
  service: 'Threads',
  state: 'off',
  shutdown: '2026-11-30',
  replacement: 'conversations',
  features: ['threads'],
  hosts: [],
  packages: [],
  whole: false,
};

function catalog(retirement?: Partial<Retirement>): Catalog {
  return {
    digest: '',
    date: '2026-11-01',
    providers: new Map(),
    providersOf: () => [],
    clouds: new Map(),
    families: new Map([['gpt', FAMILY]]),
    features: new Map(),
    surfaces: surfaceLookup(mergePacks([])),
    configs: new Map(),
    scoring: { apiShape: { abstraction: 0, 'openai-compatible': 0, platform: 0, native: 0, http: 0 }, confidence: {} },
    host: () => undefined,
    endpoint: () => undefined,
    path: () => [],
    env: () => undefined,
    image: () => undefined,
    model: (id) => ({ id, bare: id, family: FAMILY, maker: 'openai', weights: 'closed', tuned: false }),
    region: () => undefined,
    scope: () => undefined,
    retirement: () =>
      retirement && { ...SOURCED, operator: 'openai', model: 'gpt-4o', aliases: [], precision: 'exact', ...retirement },
    notice: (provider) => (provider === 'openai' ? { provider, days: 180, previewDays: 14, ...SOURCED } : undefined),
    package: () => undefined,
    tools: new Map(),
    services: new Map([['threads', THREADS]]),
    resource: () => undefined,
  };
}

const retired = (parts: Partial<Retirement>) => factsFromCatalog(catalog(parts), '2026-11-20').retirement('openai', 'gpt-4o');

describe('retirement at a date', () => {
  test.each([
    ['an exact date counts its days', { shutdown: '2027-01-14' }, 55, true],
    ['the day itself is day 0', { shutdown: '2026-11-20' }, 0, true],
    ['a month counts to its last day', { shutdown: '2026-11', precision: 'month' }, 10, true],
    ['a date not to come before is no announcement', { shutdown: '2027-06-01', precision: 'earliest' }, null, false],
    ['unless one was made', { shutdown: '2027-06-01', precision: 'earliest', announced: '2026-06-01' }, null, true],
    ['an entry without a date is an announcement', {}, null, true],
  ] as const)('%s', (_name, parts, days, announced) => {
    expect(retired(parts)).toMatchObject({ days, announced });
  });

  test('no entry is no fact', () => {
    expect(factsFromCatalog(catalog(), '2026-11-20').retirement('openai', 'gpt-4o')).toBe(null);
  });
});

test.each([
  ['gpt-4o', true],
  ['gpt-4o-2024-08-06', false],
  ['gpt-4o-mini', true],
  ['gpt-4', false],
])('%s floats over a dated snapshot: %s', (id, expected) => {
  expect(factsFromCatalog(catalog(), '2026-11-20').model(id)?.snapshot).toBe(expected);
});

test('days are counted over months and leap years, and nonsense is no date', () => {
  expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
  expect(daysBetween('2026-11-20', 'soon')).toBe(null);
  expect([lastDay('2028-02'), lastDay('2026-11-20')]).toEqual(['2028-02-29', '2026-11-20']);
  expect([isDay('2027-02-28'), isDay('2027-02-29'), isDay('2027-2-1')]).toEqual([true, false, false]);
});

test('a date that may be put off is kept apart from firm days', () => {
  expect(retired({ shutdown: '2026-11-30', precision: 'earliest' })).toMatchObject({ days: null, earliestDays: 10 });
  expect(retired({ shutdown: '2026-11-30' })).toMatchObject({ days: 10, earliestDays: null });
});

test('ends of services and promises of notice are the provider’s own', () => {
  const known = factsFromCatalog(catalog(), '2026-11-20');
  expect(known.services('openai')).toEqual([
    {
      label: 'Threads (2026-11-30, instead: conversations)',
      state: 'off',
      days: 10,
      features: ['threads'],
      sdks: [],
      whole: false,
    },
  ]);
  expect(known.services('azure-openai')).toEqual([]);
  expect([known.notice('openai', false), known.notice('openai', true), known.notice('mistral', false)]).toEqual([180, 14, null]);
});

test('an id floats where the family says so, or where a dated one of it is known', () => {
  const floats = (id: string) => factsFromCatalog(catalog(), '2026-11-20').model(id)?.snapshot;
  expect([floats('gpt-4o'), floats('GPT-chat'), floats('gpt-4o-2024-08-06'), floats('gpt-5')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
