/** Every SDK surface fires in its own idiom, and what only looks like it stays silent: fixtures/surfaces/README.md says how rows read. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rowsOf } from './rows.ts';

const ROOT = 'fixtures/surfaces';
const foldersIn = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
const surfaces = foldersIn(ROOT).flatMap((language) => foldersIn(join(ROOT, language)).map((name) => `${language}/${name}`));

describe.each(surfaces)('%s', (name) => {
  const cases = ['uses', 'lookalike'].filter((kind) => existsSync(join(ROOT, name, kind, 'expected.txt')));
  test.each(cases)('%s', async (kind) => {
    const folder = join(ROOT, name, kind);
    const rows = await rowsOf(folder);
    const file = join(folder, 'expected.txt');
    if (process.env.UPDATE) writeFileSync(file, rows.map((row) => `${row}\n`).join(''));
    expect(rows).toEqual(readFileSync(file, 'utf8').split('\n').filter(Boolean));
  });
});

test('every surface has a fixture that fires it', () => {
  const named = readdirSync('rules/catalog/surfaces', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yml'),
  );
  const missing = named.filter((path) => !existsSync(join(ROOT, path.replace(/\.yml$/, ''), 'uses', 'expected.txt')));
  expect(missing).toEqual([]);
});
