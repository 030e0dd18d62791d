import { beforeAll, describe, expect, test } from 'vitest';
import { type LoadedCatalog, loadCatalog } from '../../src/pack/catalog.ts';
import { compileBuiltin } from '../../src/pack/load.ts';

let catalog: LoadedCatalog;
beforeAll(async () => {
  catalog = loadCatalog(await compileBuiltin());
});

/** Formats whose declarations say nothing without a meaning; Terraform and its kin are resources, compose are services. */
const FORMATS = [
  'cloudflare',
  'dockerfile',
  'envoy',
  'fly',
  'kong',
  'kubernetes',
  'litellm',
  'mlflow',
  'portkey',
  'render',
  'truefoundry',
  'vercel',
  'wrangler',
];

describe('configuration formats', () => {
  test('each has its meaning', () => expect([...catalog.configs.keys()].sort()).toEqual(FORMATS));

  test('gateways are gateways, and say where requests go', () => {
    const gateways = [...catalog.configs.values()].filter((config) => config.gateway !== undefined);
    const wrong = gateways.filter(
      ({ gateway, routes }) => catalog.providers.get(gateway ?? '')?.kind !== 'gateway' || routes.length === 0,
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test('what a platform takes for its region exists', () => {
    const wrong = [...catalog.configs.values()].filter(
      ({ cloud, defaults }) => defaults.region !== undefined && !catalog.region(cloud ?? '', defaults.region),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test('a pool that says when it holds, or what its list holds, names a list of its routes', () => {
    const wrong = [...catalog.configs.values()].flatMap(({ id, pools, routes }) =>
      pools
        .filter(({ by, item }) => by !== 'name' && item === undefined && !routes.some((route) => route.nested === by))
        .map(({ by }) => `${id}: ${by}`),
    );
    expect(wrong).toEqual([]);
  });
});
