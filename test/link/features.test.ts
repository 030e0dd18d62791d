/** Features hang on the client they are asked of: fixtures/features/README.md says how the folders read. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import { compilePacks } from '../../src/pack/load.ts';

const ROOT = 'fixtures/features';
const families = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const expectedOf = (family: string) =>
  readFileSync(join(ROOT, family, 'fires', 'expected.txt'), 'utf8')
    .split('\n')
    .filter(Boolean);
const featureOf = (row: string) => row.slice(row.lastIndexOf(':') + 1);

test.each(families)('%s: its own client fires', async (family) => {
  const rows = await rowsOf(join(ROOT, family, 'fires'));
  if (process.env.UPDATE) writeFileSync(join(ROOT, family, 'fires', 'expected.txt'), rows.map((row) => `${row}\n`).join(''));
  expect(rows).toEqual(expectedOf(family));
});

test.each(families)('%s: the same words said to somebody else are silent', async (family) => {
  const own = new Set(expectedOf(family).map(featureOf));
  const rows = await rowsOf(join(ROOT, family, 'silent'));
  expect(rows.filter((row) => own.has(featureOf(row)))).toEqual([]);
});

test('every feature that a Python surface names is fired by some family', async () => {
  const { surfaces } = await compilePacks([]);
  const named = new Set(
    surfaces
      .filter(({ language }) => language === 'python')
      .flatMap(({ shapes }) => Object.values(shapes))
      .flatMap(({ call }) => [...(call?.features ?? []), ...Object.values(call?.options ?? {})]),
  );
  const fired = new Set(families.flatMap(expectedOf).map(featureOf));
  expect([...named].filter((feature) => !fired.has(feature)).sort()).toEqual([]);
});

async function rowsOf(root: string): Promise<readonly string[]> {
  const { inventory } = await audit({ root, asOf: '2026-11-20' });
  const rows = inventory.features.map(({ id, path, line }) => `${path}:${line}:${id}`);
  return [...new Set(rows)].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

function place(row: string): number {
  return Number(row.split(':')[1]);
}
