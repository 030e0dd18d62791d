import { expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';

test('a region is what callers and configuration give; the default behind it is named with less confidence', async () => {
  const { inventory } = await audit({ root: 'fixtures/link/region-defaults', asOf: '2026-11-20' });
  const rows = inventory.regions.map(({ id, path, line, role, confidence }) => `${path}:${line} ${id} ${role} ${confidence}`);
  expect(rows.sort()).toEqual([
    'compose.yml:5 gcp:eu endpoint 0.9',
    'letters.py:15 gcp:eu endpoint 0.6',
    'letters.py:18 aws:us-east-1 endpoint 0.6',
    'letters.py:24 aws:eu-central-1 endpoint 0.9',
    'letters.py:8 gcp:us endpoint 0.6',
    'speak.ts:1 azure:westeurope endpoint 0.9',
  ]);
});

test('a route goes where its callers say, not where the parameter would', async () => {
  const { routes } = await audit({ root: 'fixtures/link/region-defaults', asOf: '2026-11-20' });
  const regions = routes.flatMap(({ nodes }) => nodes.region.flatMap((node) => ('node' in node ? [node.node] : [])));
  expect(regions.sort()).toEqual(['region:aws:eu-central-1', 'region:gcp:eu']);
});
