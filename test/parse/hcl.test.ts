import { expect, test } from 'vitest';
import terraform from '../../src/detect/infra/terraform.ts';
import { parseHcl } from '../../src/parse/hcl.ts';
import { testVocabulary } from '../detect/test-vocabulary.ts';
import { printObserved } from '../print-observed.ts';

async function printed(text: string): Promise<string> {
  const { attributes } = await parseHcl(text);
  return attributes.map(({ key, value }) => printObserved({ settings: [{ name: key, value, at: value.at }] }).trim()).join('\n');
}

test('columns are UTF-16 units behind a wide character', async () => {
  const { attributes } = await parseHcl(`a = "🥖" /* é */\nbread = "🥖\${b}"\n`);
  expect(attributes[1]?.at).toEqual({ line: 2, column: 1, endLine: 2, endColumn: 17 });
  expect(await printed(`x = "🥖\${b}"`)).toBe('setting x = join("🥖", b) @1:5');
});

test('blanks beside a hole belong to the text', async () => {
  expect(await printed(`x = "a \${b} c"`)).toContain('join("a ", b, " c")');
});

test('escapes are undone, doubled signs too', async () => {
  expect(await printed(`x = "\\t\\u00e9\\"%%{if}$\${a}"`)).toContain(`"\\té\\"%{if}\${a}"`);
});

test('members, indexes and splats make one chain', async () => {
  expect(await printed('x = a.b[0]["k"].c.0.d')).toContain('a.b[0].k.c[0].d');
  expect(await printed('x = a.b[*].c.d')).toContain('a.b[?splat].c.d');
  expect(await printed('x = (var.a).b')).toContain('var.a.b');
});

test('a spread argument and a function of a provider', async () => {
  expect(await printed('x = provider::aws::trim(a, b...)')).toContain('provider::aws::trim(a, ...b)');
});

test('labels of nested blocks nest', async () => {
  const observed = await terraform.observe({ text: 'terraform {\n  backend "s3" {}\n}\n', kind: '.tf' }, testVocabulary);
  expect(printObserved(observed)).toBe('declaration terraform terraform @1:1 {backend: {s3: {}}}\n');
});

test.each([
  ['operators', '-+-*a(//', 'syntax-error'],
  ['an unterminated heredoc', 'a = <<EOT\nrye\n', 'syntax-error'],
  ['10 000 nested blocks', `${'a {\n'.repeat(10_000)}${'}\n'.repeat(10_000)}`, 'too-deep'],
  ['10 000 open blocks', 'a {\n'.repeat(10_000), 'syntax-error'],
  ['nested parentheses', `a = ${'('.repeat(10_000)}1${')'.repeat(10_000)}`, 'too-deep'],
  ['nested calls', `a = ${'f('.repeat(5000)}1${')'.repeat(5000)}`, 'too-deep'],
  ['a long chain', `a = b${'.c'.repeat(50_000)}`, 'too-deep'],
  ['open lists', `a = ${'['.repeat(100_000)}`, 'syntax-error'],
  ['open templates', `a = "${'${"'.repeat(10_000)}`, 'syntax-error'],
])('%s: named, not fatal', async (_name, text, reason) => {
  const start = performance.now();
  expect((await parseHcl(text)).degraded).toBe(reason);
  expect(performance.now() - start).toBeLessThan(5000);
});

test.each(['', '# only a comment', '\n\n', '}', '"'])('%j gives no block', async (text) => {
  expect((await parseHcl(text)).blocks).toEqual([]);
});
