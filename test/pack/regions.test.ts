import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type LoadedCatalog, loadCatalog } from '../../src/pack/catalog.ts';
import type { CompiledPack } from '../../src/pack/compiled.ts';
import { compileBuiltin } from '../../src/pack/load.ts';

const UNION = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK EU'.split(' '));

function rows(name: string): readonly (readonly string[])[] {
  return readFileSync(new URL(`../../fixtures/catalog/${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' | '));
}

let pack: CompiledPack;
let catalog: LoadedCatalog;
beforeAll(async () => {
  pack = await compileBuiltin();
  catalog = loadCatalog(pack);
});

describe('the provider comes before the token', () => {
  test.each(rows('region-collisions'))('%s', (token, meanings = '') => {
    const wrong: string[] = [];
    for (const meaning of meanings.split(', ')) {
      const [cloud = '', id = '', country = ''] = meaning.split(' ');
      const own = catalog.region(cloud, id);
      // A place that spans several countries is no region of the catalog.
      if (country === '-') continue;
      if (own?.country !== country) wrong.push(`${cloud} ${id} is in ${own?.country}, not ${country}`);
      const named = catalog.region(cloud, token ?? '');
      // What a cloud does not write itself may mean nothing there, and never another cloud's place.
      if (named !== undefined && named.cloud !== cloud) wrong.push(`${token} at ${cloud} is of ${named.cloud}`);
      const isOwnId = id.toLowerCase() === token?.toLowerCase();
      if (isOwnId && named?.id !== own?.id) wrong.push(`${token} at ${cloud} is ${named?.id}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('the letters of an id do not say where it is', () => {
  test.each(rows('region-traps'))('%s %s', (cloud = '', id = '', country = '') => {
    const region = catalog.region(cloud, id);
    expect(region?.country).toBe(country);
    expect(region?.jurisdiction).toBe(UNION.has(country) ? 'EU' : country);
  });
});

describe('regions', () => {
  test('pairs and foundations are regions too', () => {
    const lost = pack.regions.flatMap(({ cloud, id, pair, underlying }) => {
      const [below = '', ...token] = underlying?.split(':') ?? [];
      return [
        ...(pair === undefined || catalog.region(cloud, pair) ? [] : [`${cloud} ${id}: pair ${pair}`]),
        ...(underlying === undefined || catalog.region(below, token.join(':')) ? [] : [`${cloud} ${id}: ${underlying}`]),
      ];
    });
    expect(lost).toEqual([]);
  });

  test('a region is in the country of the one it runs in', () => {
    const apart = pack.regions.filter(({ country, underlying }) => {
      const [below = '', ...token] = underlying?.split(':') ?? [];
      return underlying !== undefined && catalog.region(below, token.join(':'))?.country !== country;
    });
    expect(apart.map(({ cloud, id, underlying }) => `${cloud} ${id} in ${underlying}`)).toEqual([]);
  });

  test('a disturbed region carries the day of the last evidence, and nobody says it is down', () => {
    const disturbed = ['me-central-1', 'me-south-1'].map((id) => catalog.region('aws', id)?.risk);
    expect(disturbed.map((risk) => risk?.date)).toEqual(['2026-05-01', '2026-05-01']);
    expect(disturbed.filter((risk) => /\b(?:down|offline)\b/i.test(risk?.state ?? 'down'))).toEqual([]);
  });

  test('coordinates are on the globe', () => {
    expect(pack.regions.filter(({ at }) => at && !(Math.abs(at[0] ?? 99) <= 90 && Math.abs(at[1] ?? 999) <= 180))).toEqual([]);
  });
});

test("Snowflake's commercial government regions sit in AWS's commercial ones, not in GovCloud", () => {
  const underlying = (id: string) => catalog.region('snowflake', id)?.underlying;
  expect(underlying('AWS_US_GOV_EAST_1')).toBe('aws:us-east-1');
  expect(underlying('AWS_US_GOV_WEST_2')).toBe('aws:us-west-2');
  expect(underlying('AWS_US_GOV_EAST_1_FHPLUS')).toBe('aws:us-gov-east-1');
  expect(underlying('AWS_US_GOV_WEST_1_DOD')).toBe('aws:us-gov-west-1');
});
