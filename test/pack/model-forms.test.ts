import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { type LoadedCatalog, loadCatalog } from '../../src/pack/catalog.ts';
import { compileBuiltin } from '../../src/pack/load.ts';

const ROWS = readFileSync(new URL('../../fixtures/catalog/model-forms.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [id = '', told = ''] = line.replace(/^\? /, '').split(' | ');
    return { id, told, needsContext: line.startsWith('? ') };
  });

let catalog: LoadedCatalog;
beforeAll(async () => {
  catalog = loadCatalog(await compileBuiltin());
});

function read(id: string, certain: boolean): string | undefined {
  const match = catalog.model(id, certain);
  if (match === undefined) return undefined;
  const { family, maker, weights, operator, tuned } = match;
  return [family?.id ?? '-', maker ?? '-', weights, operator ?? '-', ...(tuned ? ['tuned'] : [])].join(' ');
}

test.each(ROWS)('$id', ({ id, told, needsContext }) => {
  expect(read(id, true)).toBe(told);
  if (needsContext) expect(read(id, false)).not.toBe(told);
  else expect(read(id, false)).toBe(told);
});

test('words that are something else nearly everywhere are no models without their context', () => {
  const words = [
    'o1',
    'sonar',
    'nova',
    'command',
    'spark',
    'together',
    'mistral',
    'bedrock',
    'chroma',
    'yi',
    'mercury',
    'ada',
    'auto',
    'phi',
  ];
  expect(words.filter((word) => catalog.model(word, false) !== undefined)).toEqual([]);
});

test('names of companies and products are no models, not even in a model argument', () => {
  expect(
    ['together', 'bedrock', 'chroma', 'nova', 'spark', 'yi'].filter((word) => catalog.model(word, true) !== undefined),
  ).toEqual([]);
});

test('a maker before a dash counts for its own families only', () => {
  expect(catalog.model('openai-claude-sonnet-4', true)).toBeUndefined();
  expect(catalog.model('google-gpt-4o', true)).toBeUndefined();
});
