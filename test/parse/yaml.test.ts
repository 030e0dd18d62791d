import { expect, test } from 'vitest';
import { entryOf, textOf, valueAt } from '../../src/parse/record.ts';
import { parseYaml } from '../../src/parse/yaml.ts';
import { printObserved } from '../print-observed.ts';

function printed(text: string): string {
  const declarations = parseYaml(text).documents.map((body) => ({
    block: 'x',
    format: 'compose' as const,
    labels: [],
    body,
    at: body.at,
  }));
  return printObserved({ declarations })
    .replaceAll(/declaration compose x @\S+ /g, '')
    .trim();
}

const BOMB = Array.from({ length: 10 }, (_, index) =>
  index === 0 ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]' : `a${index}: &a${index} [${`*a${index - 1}, `.repeat(9)}]`,
).join('\n');
const MERGE_BOMB = `base: &base\n${Array.from({ length: 3000 }, (_, index) => `  k${index}: v\n`).join('')}${Array.from({ length: 3000 }, (_, index) => `m${index}:\n  <<: *base\n`).join('')}`;

test('positions are those of the text', () => {
  const root = parseYaml('\uFEFFkitchen:\r\n  oven: warm\r\n').documents[0];
  expect(entryOf(valueAt(root, 'kitchen'), 'oven')?.at).toEqual({ line: 2, column: 3, endLine: 2, endColumn: 13 });
});

test('a merge gives what the record itself does not say, the first source first', () => {
  expect(printed('a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3')).toContain('c: {x: 3, y: 1, z: 2}');
});

test('a quoted << is a key', () => {
  expect(printed('a: &a {x: 1}\nb:\n  "<<": *a')).toContain('b: {<<: {x: 1}}');
});

test('an alias keeps the place of what it stands for', () => {
  expect(valueAt(parseYaml('a: &a rye\nb: *a').documents[0], 'b')?.at.line).toBe(1);
});

test('tags of a format become calls, tags of languages are never run', () => {
  expect(printed(`a: !Sub 'x-\${Region}'\nb: !!python/object 'os.system'\nc: !!str 1`)).toBe(
    `{a: !Sub("x-\${Region}"), b: "os.system", c: "1"}`,
  );
});

test('several documents are several values', () => {
  expect(parseYaml('a: 1\n---\nb: 2\n').documents).toHaveLength(2);
});

test('no number of the file escapes JSON', () => {
  expect(printed('a: .inf\nb: .nan\nc: 1.5')).toBe('{a: ".inf", b: ".nan", c: 1.5}');
});

test('templates are read as far as they are YAML', () => {
  const { documents } = parseYaml('services:\n  shop:\n    image: {{ .Values.image }}\n    model: gpt-4o\n');
  expect(textOf(valueAt(documents[0], 'services', 'shop', 'model'))).toBe('gpt-4o');
});

test('an error does not quote the file', () => {
  const { problems } = parseYaml('a: "sk-proj-of-the-bakery\nb: [');
  expect(JSON.stringify(problems)).not.toContain('bakery');
});

test.each([
  ['alias bomb', BOMB, 'too-many-nodes'],
  ['merge bomb', MERGE_BOMB, 'too-many-nodes'],
  ['lists', '['.repeat(100_000), 'too-deep'],
  ['maps by indent', Array.from({ length: 3000 }, (_, index) => `${' '.repeat(index)}a:\n`).join(''), 'too-deep'],
  ['lists by dash', `${'- '.repeat(100_000)}a`, 'too-deep'],
  ['keys of keys', '? '.repeat(100_000), 'too-deep'],
  [
    'chained aliases',
    `a0: &a0 [x]\n${Array.from({ length: 500 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}]`).join('\n')}`,
    'too-deep',
  ],
  ['many values', `a: [${'1,'.repeat(1_000_000)}]`, 'too-many-nodes'],
])('%s: named, not fatal', (_name, text, reason) => {
  const start = performance.now();
  expect(parseYaml(text).problems.map((problem) => problem.reason)).toContain(reason);
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('an alias inside its own anchor is unknown', () => {
  expect(printed('a: &a [1, *a]')).toBe('{a: [1, ?unresolved-alias]}');
});
