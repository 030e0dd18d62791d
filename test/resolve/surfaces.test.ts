/** Every SDK surface fires in its own idiom, and what only looks like it stays silent: fixtures/surfaces/README.md says how rows read. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { collect } from '../../src/collect/collect.ts';
import { searchIn } from '../../src/collect/search.ts';
import { detectors } from '../../src/detect/index.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import type { Target, Use } from '../../src/model/resolved.ts';
import { createObserver } from '../../src/observe/create-observer.ts';
import { loadBuiltin } from '../../src/pack/load.ts';
import { resolve } from '../../src/resolve/resolve.ts';

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

async function rowsOf(folder: string): Promise<readonly string[]> {
  const { catalog, vocabulary } = await loadBuiltin();
  const collected = collect(folder, { detectors, words: vocabulary.words, useIgnoreFiles: false, envFiles: [], outputs: [] });
  const observer = createObserver(collected, { detectors, vocabulary });
  const { uses } = await resolve({
    files: collected.files,
    catalog,
    config: { workloads: [], declared: [] },
    observe: observer.observe,
    search: searchIn(collected),
    budget: { depth: 4, files: 100 },
  });
  const rows = uses.flatMap((use) => [
    ...use.targets.map((target) => row(catalog, use, target)),
    ...(use.targets.length ? [] : [line(use, [use.operation, '?', '?', use.api])]),
    ...use.fallbacks.flatMap((fallback) =>
      fallback.targets.map((target) => line(use, ['fallback', whoOf(catalog, target), modelOf(target), fallback.mechanism])),
    ),
  ]);
  return [...new Set(rows)].sort(byFileLineText);
}

function row(catalog: Catalog, use: Use, target: Target): string {
  const isStore = target.store !== undefined && !target.operator;
  const runs = isStore ? 'store' : (target.serves ?? use.operation);
  const operation = use.operation === 'client' || use.operation === 'metadata' ? use.operation : runs;
  return line(use, [operation, whoOf(catalog, target), modelOf(target), use.api]);
}

function line(use: Use, cells: readonly string[]): string {
  return [use.path, use.at.line, ...cells].join(':');
}

function whoOf(catalog: Catalog, target: Target): string {
  const base = [...(target.facets.baseUrl ?? []), ...(target.facets.host ?? [])];
  const [first] = base;
  if (first) {
    const found = base
      .map((reading) => (reading.text === undefined ? undefined : catalog.endpoint(reading.text, reading.env)))
      .find((match) => match);
    if (found && found.provider.kind !== 'open-ended') return found.provider.id;
    if (!target.operator?.startsWith('azure')) return target.store ?? '?';
  }
  if (target.operatorFromModel) {
    const match = catalog.model(modelOf(target), true);
    const named = [match?.operator, match?.prefix, match?.maker].find((id) => id !== undefined && catalog.providers.has(id));
    if (named) return named;
  }
  return target.gateway ?? target.operator ?? target.store ?? '?';
}

function modelOf(target: Target): string {
  const known = [...(target.facets.model ?? []), ...(target.facets.deployment ?? [])].find(
    (reading) => reading.text !== undefined && !reading.why,
  );
  const given = target.facets.model ?? target.facets.deployment;
  return known?.text ?? (given ? '?' : (target.defaults.model ?? '?'));
}

function byFileLineText(a: string, b: string): number {
  const [fileA = '', lineA = '0'] = a.split(':');
  const [fileB = '', lineB = '0'] = b.split(':');
  if (fileA !== fileB) return fileA < fileB ? -1 : 1;
  return Number(lineA) - Number(lineB) || (a < b ? -1 : 1);
}
