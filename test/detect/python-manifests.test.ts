import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import conda from '../../src/detect/manifest/conda.ts';
import pipfile from '../../src/detect/manifest/pipfile.ts';
import pyproject from '../../src/detect/manifest/pyproject.ts';
import pythonLock from '../../src/detect/manifest/python-lock.ts';
import requirements from '../../src/detect/manifest/requirements.ts';
import setupCfg from '../../src/detect/manifest/setup-cfg.ts';
import { valueAt } from '../../src/parse/record.ts';
import { parseToml } from '../../src/parse/toml.ts';
import type { Detector } from '../../src/plugin.ts';
import { testVocabulary } from './test-vocabulary.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/detectors');
const DETECTORS = [conda, pipfile, pyproject, pythonLock, requirements, setupCfg];

async function degraded(detector: Detector, text: string): Promise<string | undefined> {
  return (await detector.observe({ text, kind: detector.kinds[0] ?? '' }, testVocabulary)).degraded;
}

describe('TOML', () => {
  const value = (text: string, ...path: string[]) => valueAt(parseToml(text).documents[0], ...path);

  test('escapes are undone in double quotes, not in single ones', () => {
    expect(value('a = "\\u00e9\\t\\"x"', 'a')).toMatchObject({ text: 'é\t"x' });
    expect(value("a = '\\u00e9'", 'a')).toMatchObject({ text: '\\u00e9' });
  });

  test('a line end behind a backslash is no part of a long text', () => {
    expect(value('a = """\nrye \\\n   bread"""', 'a')).toMatchObject({ text: 'rye bread' });
    expect(value(`a = """rye """""`, 'a')).toMatchObject({ text: 'rye ""' });
  });

  test('numbers, dates and switches', () => {
    expect(value('a = 1_000', 'a')).toMatchObject({ kind: 'constant', value: 1000 });
    expect(value('a = 0x1F', 'a')).toMatchObject({ kind: 'constant', value: 31 });
    expect(value('a = 1979-05-27 07:32:00', 'a')).toMatchObject({ kind: 'text', text: '1979-05-27 07:32:00' });
    expect(value('a = false', 'a')).toMatchObject({ kind: 'constant', value: false });
  });

  test('a table below the newest item of a list belongs to that item', () => {
    const text = '[[loaf]]\nname = "rye"\n[loaf.crust]\ndark = true\n[[loaf]]\nname = "spelt"\n';
    expect(value(text, 'loaf')).toMatchObject({
      items: [{ entries: [{ key: 'name' }, { key: 'crust' }] }, { entries: [{ key: 'name' }] }],
    });
  });

  test('positions count lines and UTF-16 columns', () => {
    expect(value('# é\r\n"🥖" = [ "a",\r\n  "b" ]', '🥖')).toMatchObject({
      at: { line: 2, column: 8, endLine: 3, endColumn: 8 },
      items: [{ at: { line: 2, column: 10 } }, { at: { line: 3, column: 3 } }],
    });
  });
});

describe('hostile input is named, not fatal', () => {
  test.each([
    ['open lists', `a = ${'['.repeat(100_000)}`, 'too-deep'],
    ['open records', `a = ${'{a='.repeat(100_000)}`, 'too-deep'],
    ['a long key', `${'a.'.repeat(100_000)}a = 1`, 'syntax-error'],
    ['an open text', `a = "${'x'.repeat(100_000)}`, 'syntax-error'],
    ['an open long text', `a = """${'x\n'.repeat(100_000)}`, 'syntax-error'],
    ['a megabyte of tables', '[a]\n'.repeat(250_000), 'too-many-nodes'],
    ['a megabyte of commas', `a = [${','.repeat(1_000_000)}`, 'syntax-error'],
    ['a megabyte of quotes', '"'.repeat(1_000_000), 'syntax-error'],
  ])('%s', async (_name, text, reason) => {
    const start = performance.now();
    expect(await degraded(pyproject, text)).toBe(reason);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test('a megabyte of backslashes is a text like any other', async () => {
    expect(await degraded(pyproject, `a = "${'\\'.repeat(1_000_000)}"`)).toBeUndefined();
  });

  test('one requirement over 400,000 lines', async () => {
    const start = performance.now();
    expect(await degraded(requirements, 'openai \\\n'.repeat(400_000))).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test.each(['=', ' ', '[', '(', 'a-', '@ ', '"'])('a line of %j is read in one pass', async (sign) => {
    const start = performance.now();
    for (const detector of [requirements, setupCfg, pipfile, pythonLock])
      await degraded(detector, `[options]\ninstall_requires = a${sign.repeat(500_000)}`);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe.each(DETECTORS.map((detector) => [detector.id, detector] as const))('%s', (id, detector) => {
  const folder = join(FIXTURES, id);
  const texts = readdirSync(folder).flatMap((name) =>
    readdirSync(join(folder, name))
      .filter((file) => file !== 'expected.txt')
      .map((file) => ({ kind: file.toLowerCase(), text: readFileSync(join(folder, name, file), 'utf8') })),
  );
  const pieces = [
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '"""',
    '=',
    ',',
    '#',
    '.',
    '\\',
    '\n',
    '\r',
    ' ',
    '\0',
    '\uFEFF',
    '\uD800',
    '- ',
    ':',
  ];
  const edits = fc.array(fc.record({ at: fc.nat(400), drop: fc.nat(20), put: fc.constantFrom(...pieces) }), {
    minLength: 1,
    maxLength: 6,
  });

  test('mutated files never throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), edits, async (source, changes) => {
        let { text } = source;
        for (const { at, drop, put } of changes) text = text.slice(0, at) + put + text.slice(at + drop);
        for (const entry of (await detector.observe({ text, kind: source.kind }, testVocabulary)).packages ?? []) {
          expect(entry.at.line).toBeGreaterThan(0);
          expect(entry.name).not.toBe('');
        }
      }),
      { numRuns: 200 },
    );
  });
});
