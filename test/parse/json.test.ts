import { describe, expect, test } from 'vitest';
import npm from '../../src/detect/manifest/npm.ts';
import npmLock from '../../src/detect/manifest/npm-lock.ts';
import { parseJson } from '../../src/parse/json.ts';
import { entriesOf, entryOf, textOf, valueAt } from '../../src/parse/record.ts';
import { testVocabulary } from '../detect/test-vocabulary.ts';

describe('JSON', () => {
  test('a value knows where it stands, whatever ends a line', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const root = parseJson(`{${end}  "oven": "warm"${end}}`).documents[0];
      expect(entryOf(root, 'oven')?.at).toEqual({ line: 2, column: 3, endLine: 2, endColumn: 17 });
    }
  });

  test('a byte order mark is no column', () => {
    expect(entryOf(parseJson('\uFEFF{"oven": 1}').documents[0], 'oven')?.at.column).toBe(2);
  });

  test('a key without a value does not take the next one', () => {
    const { documents, degraded } = parseJson('{"oven": , "bread": "rye"}');
    expect(degraded).toBe('syntax-error');
    expect(entriesOf(documents[0]).map(({ key }) => key)).toEqual(['bread']);
  });

  test('the last of doubled keys wins', () => {
    expect(textOf(valueAt(parseJson('{"a": "old", "a": "new"}').documents[0], 'a'))).toBe('new');
  });

  test.each([
    ['lists', '['.repeat(100_000)],
    ['closed lists', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000)],
  ])('100 000 nested %s are named, not fatal', (_name, text) => {
    expect(parseJson(text).degraded).toBe('too-deep');
  });

  test('what stands beside a nesting too deep is read', () => {
    const nested = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    const observed = npm.observe(
      { text: `{"x": ${nested}, "dependencies": {"openai": "4"}}`, kind: 'package.json' },
      testVocabulary,
    );
    expect(observed).toMatchObject({ degraded: 'too-deep', packages: [{ name: 'openai', version: '4' }] });
  });

  test('millions of values end the reading, not the process', () => {
    expect(parseJson(`[${'1,'.repeat(1_500_000)}]`).degraded).toBe('too-many-nodes');
  });

  test.each([
    '',
    ' ',
    '\uFEFF',
    '// nothing',
    '"',
    '{',
    '}',
    '[',
    ']',
    'null',
    '{"dependencies": 1}',
    '{"workspaces": {"packages": 1}}',
  ])('package.json that says %j gives no packages', async (text) => {
    expect((await npm.observe({ text, kind: 'package.json' }, testVocabulary)).packages ?? []).toEqual([]);
  });
});

describe('package-lock.json', () => {
  const names = async (text: string) =>
    ((await npmLock.observe({ text, kind: 'package-lock.json' }, testVocabulary)).packages ?? []).map(({ name }) => name);

  test('escapes and quotes inside strings do not confuse the scan', async () => {
    const text =
      '{"a": "\\\\", "b": "\\"}{", "packages": {"node_modules/open\\u0061i": {"license": "}\\"", "version": "4.2.0"}}}';
    expect(await names(text)).toEqual(['openai']);
  });

  test.each([
    '',
    '{',
    '[',
    '"',
    '{"packages"',
    '{"packages":',
    '{"packages": {"node_modules/a": {"version":',
    '['.repeat(1_000_000),
    '{"a":'.repeat(1_000_000),
    '"\\'.repeat(1_000_000),
  ])('broken text of any length is read to its end', async (text) => {
    expect(await names(text)).toEqual([]);
  });

  test('30 megabytes are read in seconds', async () => {
    const rows = Array.from(
      { length: 200_000 },
      (_, index) => `"node_modules/bun-${index}": {"version": "1.0.${index}", "resolved": "${'x'.repeat(90)}"}`,
    );
    expect(await names(`{"packages": {${rows.join(',\n')}}}`)).toHaveLength(200_000);
  });
});
