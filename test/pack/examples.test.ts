import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { type LoadedCatalog, loadCatalog } from '../../src/pack/catalog.ts';
import { catalogProblems } from '../../src/pack/checks.ts';
import type { CompiledPack } from '../../src/pack/compiled.ts';
import { compileBuiltin } from '../../src/pack/load.ts';

let pack: CompiledPack;
let catalog: LoadedCatalog;
beforeAll(async () => {
  pack = await compileBuiltin();
  catalog = loadCatalog(pack);
});

/** Lines of the list of model ids: a maker, then its ids, indented. */
function knownModels(): readonly { readonly maker: string; readonly id: string }[] {
  const text = readFileSync(new URL('known-models.txt', import.meta.url), 'utf8');
  let maker = '';
  return text.split('\n').flatMap((line) => {
    if (line.endsWith(':')) maker = line.slice(0, -1);
    return line.startsWith('  ') ? [{ maker, id: line.trim() }] : [];
  });
}

test('nothing fits its schema and is wrong all the same', () => expect(catalogProblems({ pack, catalog })).toEqual([]));

test('model ids that services list are of the maker that the list names', () => {
  const wrong = knownModels().flatMap(({ maker, id }) => {
    const found = catalog.model(id, true)?.maker;
    return found === maker ? [] : [`${id}: ${maker} or ${found}`];
  });
  expect(wrong).toEqual([]);
});

test('every pattern of hosts has an example, and each example is its provider’s alone', () => {
  const bare = pack.providers.filter(({ hostPatterns, examples }) => hostPatterns.length > 0 && examples.length === 0);
  expect(bare.map(({ id }) => id)).toEqual([]);
  const shared = pack.providers.flatMap(({ id, examples }) =>
    examples.flatMap((host) =>
      pack.providers
        .filter((other) => other.id !== id && other.hostPatterns.some((pattern) => new RegExp(`^(?:${pattern})$`).test(host)))
        .map((other) => `${host}: ${id} and ${other.id}`),
    ),
  );
  expect(shared).toEqual([]);
});

test('a package is found by its name, and by what it is imported as when that is its name', () => {
  const wrong = pack.packages.filter(({ ecosystem, name }) => catalog.package(ecosystem, name)?.name !== name);
  expect(wrong).toEqual([]);
});

test('no family takes an example of another away, whatever comes first', () => {
  const taken = pack.families.flatMap(({ id, examples, priority }) =>
    examples.flatMap((example) =>
      pack.families
        .filter(
          (other) => other.id !== id && other.priority >= priority && new RegExp(`^(?:${other.pattern})$`, 'i').test(example),
        )
        .map((other) => `${example}: ${id} and ${other.id}`),
    ),
  );
  expect(taken).toEqual([]);
});

test('that is at least 1,500 examples beside the packages', () => {
  const hosts = pack.providers.flatMap(({ hosts, examples, residency }) => [
    ...hosts,
    ...examples,
    ...residency.map(({ host }) => host),
  ]);
  const ids = pack.families.flatMap(({ examples }) => examples);
  expect(new Set([...hosts, ...ids, ...knownModels().map(({ id }) => id)]).size).toBeGreaterThanOrEqual(1500);
});
