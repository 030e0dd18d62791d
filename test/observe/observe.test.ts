import { expect, test } from 'vitest';
import type { SourceFile } from '../../src/model/collected.ts';
import type { Observed, Vocabulary } from '../../src/model/observed.ts';
import { createObserver } from '../../src/observe/create-observer.ts';
import { type ObservationStore, observeFile } from '../../src/observe/observe-file.ts';
import { deepestNesting, longestLine } from '../../src/observe/text-shape.ts';
import { type Detector, defineDetector } from '../../src/plugin.ts';

const VOCABULARY: Vocabulary = {
  digest: 'abc',
  words: ['gpt-4'],
  has: (text) => text.includes('gpt-4'),
  classifies: () => false,
};
const MANIFEST: Observed = { packages: [] };

function detectorOf(id: string, observe: Detector['observe']): Detector {
  return defineDetector({ id, docs: 'https://example.org', kinds: ['.ts'], cap: 1, always: false, version: 1, observe });
}

function fileOf(path: string, changes: Partial<SourceFile> = {}): SourceFile {
  return { path, size: 1, detector: 'source/typescript', kind: '.ts', hit: true, sha256: path, ...changes };
}

const TYPESCRIPT = detectorOf('source/typescript', () => MANIFEST);
const THROWING = detectorOf('source/typescript', () => {
  throw new SyntaxError('unexpected token in "sk-secret"');
});

function observerOf(
  files: readonly SourceFile[],
  texts: Readonly<Record<string, string>>,
  detector: Detector,
): ReturnType<typeof createObserver> {
  const text = (path: string): string => {
    const found = texts[path];
    if (found === undefined) throw new Error('vanished');
    return found;
  };
  return createObserver({ files, text }, { detectors: [detector], vocabulary: VOCABULARY });
}

test('a file goes to the detector that selected it, with its kind', async () => {
  const seen: unknown[] = [];
  const detector = detectorOf('source/typescript', (source) => {
    seen.push(source);
    return MANIFEST;
  });
  expect(await observeFile(fileOf('a.ts'), 'text', { detectors: [detector], vocabulary: VOCABULARY })).toBe(MANIFEST);
  expect(seen).toEqual([{ text: 'text', kind: '.ts' }]);
});

test('a parser that gives up leaves the words, and quotes nothing of the file', async () => {
  const observed = await observeFile(fileOf('a.ts'), 'x = \n  "gpt-4o"; y = "sk-secret"', {
    detectors: [THROWING],
    vocabulary: VOCABULARY,
  });
  expect(observed.degraded).toBe('parse-error');
  expect(observed.unit?.strings).toEqual([
    { text: 'gpt-4o', role: 'value', block: 0, at: { line: 2, column: 3, endLine: 2, endColumn: 11 } },
  ]);
  expect(JSON.stringify(observed)).not.toContain('sk-secret');
});

test('a manifest that cannot be parsed has no words, only the problem', async () => {
  const detector = detectorOf('manifest/npm', () => Promise.reject(new Error('broken')));
  const observed = await observeFile(fileOf('a', { detector: 'manifest/npm' }), '{ "gpt-4"', {
    detectors: [detector],
    vocabulary: VOCABULARY,
  });
  expect(observed).toMatchObject({ degraded: 'parse-error', problems: [{ reason: 'parse-error' }] });
  expect(observed.unit).toBeUndefined();
});

test('a line beyond 10,000 characters is searched, not parsed', async () => {
  const bundle = `a("gpt-4o");${'x=1;'.repeat(3000)}`;
  const observed = await observeFile(fileOf('a.ts'), bundle, { detectors: [TYPESCRIPT], vocabulary: VOCABULARY });
  expect(observed.degraded).toBe('line-too-long');
  expect(observed.unit?.strings.map(({ text }) => text)).toEqual(['gpt-4o']);
});

test('long lines are ordinary in notebooks and configuration', async () => {
  const detectors = [detectorOf('source/notebook', () => MANIFEST), detectorOf('config/json', () => MANIFEST)];
  const long = 'x'.repeat(20_000);
  for (const file of [
    fileOf('a', { detector: 'source/notebook', kind: '.ipynb' }),
    fileOf('b', { detector: 'config/json', kind: '.json' }),
  ]) {
    expect(await observeFile(file, long, { detectors, vocabulary: VOCABULARY })).toBe(MANIFEST);
  }
});

test('brackets nested deeper than a parser can recurse are not given to it', async () => {
  const observed = await observeFile(fileOf('a.ts'), `f("gpt-4o",\n${'(\n'.repeat(1001)}`, {
    detectors: [TYPESCRIPT],
    vocabulary: VOCABULARY,
  });
  expect(observed.degraded).toBe('parse-limited');
  expect(observed.unit?.strings).toHaveLength(1);
});

test('problems of one file are limited', async () => {
  const problems = Array.from({ length: 50 }, (_, index) => ({ reason: 'partial', message: `${index}` }));
  const observed = await observeFile(fileOf('a.ts'), '', {
    detectors: [detectorOf('source/typescript', () => ({ problems }))],
    vocabulary: VOCABULARY,
  });
  expect(observed.problems).toHaveLength(20);
});

test('a stored observation needs no text', async () => {
  const store = new Map<string, Observed>();
  const cache: ObservationStore = { get: (key) => store.get(key), put: (key, observed) => void store.set(key, observed) };
  const tools = { detectors: [TYPESCRIPT], vocabulary: VOCABULARY, cache };
  await observeFile(fileOf('a.ts'), 'text', tools);
  const unread = () => {
    throw new Error('read');
  };
  expect(await observeFile(fileOf('a.ts'), unread, tools)).toBe(MANIFEST);
  const other = { ...tools, detectors: [{ ...TYPESCRIPT, version: 2 }] };
  await expect(observeFile(fileOf('a.ts'), unread, other)).rejects.toThrow('read');
  await expect(observeFile(fileOf('a.ts', { kind: '.tsx' }), unread, tools)).rejects.toThrow('read');
});

test('each path is observed once, and so is each content', async () => {
  let calls = 0;
  const detector = detectorOf('source/typescript', () => ({
    degraded: `${++calls}`,
    problems: [{ reason: 'partial', message: 'half' }],
  }));
  const files = [
    fileOf('a.ts', { sha256: '1' }),
    fileOf('b.ts', { sha256: '1' }),
    fileOf('c.tsx', { sha256: '1', kind: '.tsx' }),
  ];
  const observer = observerOf(files, { 'a.ts': '', 'b.ts': '', 'c.tsx': '' }, detector);
  const results = await Promise.all(['b.ts', 'a.ts', 'b.ts', 'c.tsx'].map((path) => observer.observe(path)));
  expect(results.map((observed) => observed?.degraded)).toEqual(['1', '1', '1', '2']);
  expect(observer.problems().map(({ path }) => path)).toEqual(['a.ts', 'b.ts', 'c.tsx']);
});

test('every file asked for has a state, and one that vanished fails alone', async () => {
  const detector = detectorOf('source/typescript', ({ text }) => (text === 'odd' ? { degraded: 'partial' } : MANIFEST));
  const files = [
    fileOf('copy.ts', { sha256: '1' }),
    fileOf('fine.ts'),
    fileOf('gone.ts', { sha256: '1' }),
    fileOf('odd.ts'),
    fileOf('unasked.ts'),
  ];
  const observer = observerOf(files, { 'fine.ts': '', 'odd.ts': 'odd', 'copy.ts': '' }, detector);
  const [gone, copy] = await Promise.all(['gone.ts', 'copy.ts', 'odd.ts', 'fine.ts'].map((path) => observer.observe(path)));
  expect([gone, copy]).toEqual([undefined, MANIFEST]);
  expect([...observer.states()]).toEqual([
    ['copy.ts', 'parsed'],
    ['fine.ts', 'parsed'],
    ['gone.ts', 'failed'],
    ['odd.ts', 'degraded'],
  ]);
  expect(observer.problems()).toEqual([{ path: 'gone.ts', reason: 'vanished', message: 'removed while the audit ran' }]);
  expect(await observer.observe('nowhere.ts')).toBeUndefined();
});

test('a clock is told apart from results', async () => {
  let now = 0;
  const observer = createObserver(
    { files: [fileOf('a.ts')], text: () => '' },
    { detectors: [TYPESCRIPT], vocabulary: VOCABULARY },
    () => (now += 5),
  );
  await observer.observe('a.ts');
  expect([...observer.elapsed()]).toEqual([['a.ts', 5]]);
});

test('lines end at LF, CR and both', () => {
  expect(longestLine('')).toBe(0);
  expect(longestLine('ab\ncde\r\nf')).toBe(3);
  expect(longestLine('ab\rcde\rf')).toBe(3);
  expect(longestLine(`${'x'.repeat(9)}\r${'y'.repeat(4)}\n`)).toBe(9);
});

test('nesting counts open brackets outside quotes', () => {
  expect(deepestNesting('f(a[1], { b: [c] })')).toBe(3);
  expect(deepestNesting(')))((')).toBe(2);
  expect(deepestNesting('"((((" ("\\"((")')).toBe(1);
  expect(deepestNesting('"\n(((')).toBe(3);
});
