import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Detector } from '../../src/plugin.ts';
import { printObserved } from '../print-observed.ts';
import { testVocabulary } from './test-vocabulary.ts';

const ROOT = join(import.meta.dirname, '../..');
const SOURCES = join(ROOT, 'src/detect');
const FIXTURES = join(ROOT, 'fixtures/detectors');

/** Ids of all detectors: `src/detect/<family>/<name>.ts` or `…/<name>/index.ts`, if it exports one. */
async function detectors(): Promise<Map<string, Detector>> {
  const found = new Map<string, Detector>();
  for (const family of folders(SOURCES)) {
    for (const entry of readdirSync(join(SOURCES, family), { withFileTypes: true })) {
      const file = join(SOURCES, family, entry.isDirectory() ? join(entry.name, 'index.ts') : entry.name);
      if (!file.endsWith('.ts') || !existsSync(file)) continue;
      const loaded: { default?: Detector } = await import(file);
      // What a family shares lies beside its detectors and exports none.
      if (loaded.default) found.set(`${family}/${entry.name.replace(/\.ts$/, '')}`, loaded.default);
    }
  }
  return found;
}

function folders(path: string): string[] {
  return existsSync(path)
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : [];
}

/** Folders below a detector's fixtures that hold an input. */
function casesOf(id: string): string[] {
  return folders(join(FIXTURES, id)).map((name) => join(FIXTURES, id, name));
}

/** The pattern of a detector that selects a file name; the longest wins. */
function kindOf(detector: Detector, file: string): string | undefined {
  const name = file.toLowerCase();
  const selects = (kind: string) => {
    if (kind.endsWith('*')) return name.startsWith(kind.slice(0, -1));
    return kind === name || (kind.startsWith('.') && name.endsWith(kind));
  };
  return detector.kinds.filter(selects).sort((a, b) => b.length - a.length)[0];
}

const all = await detectors();

describe.each([...all])('%s', (id, detector) => {
  test('has the id of its path', () => {
    expect(detector.id).toBe(id);
  });

  test('has a fixture', () => {
    expect(casesOf(id), `add a case: fixtures/detectors/${id}/<case>/<input> and expected.txt`).not.toEqual([]);
  });

  test.each(casesOf(id).map((path) => [relative(join(FIXTURES, id), path), path]))('%s', async (_name, path) => {
    const inputs = readdirSync(path).filter((file) => file !== 'expected.txt');
    expect(inputs, 'a case has one input').toHaveLength(1);
    const input = inputs[0] ?? '';
    const kind = kindOf(detector, input);
    if (kind === undefined) throw new Error(`${id} does not select ${input}; its kinds are ${detector.kinds.join(' ')}`);
    const text = readFileSync(join(path, input), 'utf8');
    const printed = printObserved(await detector.observe({ text, kind }, testVocabulary));
    const expected = join(path, 'expected.txt');
    if (process.env.UPDATE === '1') writeFileSync(expected, printed);
    expect(printed).toBe(
      existsSync(expected) ? readFileSync(expected, 'utf8') : 'no expected.txt: run with UPDATE=1 and read what it wrote',
    );
  });
});

test('every fixture belongs to a detector', () => {
  const ids = folders(FIXTURES).flatMap((family) => folders(join(FIXTURES, family)).map((name) => `${family}/${name}`));
  expect(ids.filter((id) => !all.has(id))).toEqual([]);
});
