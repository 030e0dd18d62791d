import { describe, expect, test } from 'vitest';
import detector from '../../src/detect/source/python/index.ts';
import { observe } from './observe-python.ts';
import { testVocabulary } from './test-vocabulary.ts';

describe('notebooks', () => {
  const cell = (source: unknown) => ({ cell_type: 'code', outputs: [], source });

  test.each([
    ['no JSON', 'model = "gpt-4o"'],
    ['no cells', '{"cells": {}}'],
    ['cells that are none', '{"cells": [1, null, "x", [], {"cell_type": 5, "source": 7}]}'],
    ['open lists', `{"cells": ${'['.repeat(50_000)}`],
    ['an open string', '{"cells": [{"cell_type": "code", "source": "ask('],
  ])('%s: read without a word', async (_name, text) => {
    const observed = await detector.observe({ text, kind: '.ipynb' }, testVocabulary);
    expect(observed.unit?.strings ?? []).toEqual([]);
  });

  test('the pictures of 15 MB cost one pass', async () => {
    const picture = { ...cell(['ask("gpt-4o")\n']), outputs: [{ data: { 'image/png': 'A'.repeat(15_000_000) } }] };
    const start = performance.now();
    const { unit } = await observe(JSON.stringify({ cells: [picture] }), '.ipynb');
    expect(unit.strings).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  test('code of more than a megabyte is read up to there', async () => {
    const cells = Array.from({ length: 15 }, () => cell('a = 1\n'.repeat(15_000)));
    expect((await observe(JSON.stringify({ cells }), '.ipynb')).degraded).toBe('too-large');
  });

  test('every place points at the same text in the file', async () => {
    const source = 'a = "é\\t🥖"; model = "gpt-4o"\nother = "claude-3"\n';
    const file = JSON.stringify({ cells: [cell(source)] });
    const { unit } = await observe(file, '.ipynb');
    expect(unit.strings.map(({ at }) => file.slice(at.column - 1, at.endColumn - 1))).toEqual(['\\"gpt-4o\\"', '\\"claude-3\\"']);
  });
});
