import { describe, expect, test } from 'vitest';
import { daysBetween, isDay, lastDay } from '../../src/condition/days.ts';
import { factsFromCatalog } from '../../src/condition/facts.ts';
import type { Catalog, ModelFamily, Retirement } from '../../src/model/catalog.ts';

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
};

function catalog(retirement?: Partial<Retirement>): Catalog {
  return {
    digest: '',
    date: '2026-11-01',
    providers: new Map(),
    clouds: new Map(),
    families: new Map([['gpt', FAMILY]]),
    features: new Map(),
    surfaces: [],
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
    package: () => undefined,
    tools: new Map(),
    services: new Map(),
    notice: () => undefined,
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
