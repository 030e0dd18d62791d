import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { openCache } from '../../src/cache/cache.ts';
import { decode } from '../../src/cache/decode.ts';
import { Encoder } from '../../src/cache/encode.ts';
import type { Tables } from '../../src/cache/layout.ts';
import type { Observed } from '../../src/model/observed.ts';
import type { Expr, Span } from '../../src/model/source.ts';

const isRoot = process.getuid?.() === 0;
const AT: Span = { line: 1, column: 2, endLine: 1, endColumn: 9 };
const SEEN: Observed = {
  packages: [{ ecosystem: 'npm', name: 'openai', version: '^4.2.0', group: 'runtime', at: AT }],
  problems: [{ reason: 'partial', message: 'a "quoted" \ud800 text' }],
};

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ai-deps-cache-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'ai-deps');
}

function open(dir: string, changes: Partial<Parameters<typeof openCache>[0]> = {}): ReturnType<typeof openCache> {
  return openCache({ dir, scope: '/shop', toolVersion: '1.0.0', vocabularyDigest: 'abc', ...changes });
}

function filled(dir: string): string {
  const cache = open(dir);
  cache.put('key', SEEN);
  cache.flush();
  return join(dir, readdirSync(dir)[0] ?? '');
}

test('what one run puts, the next gets', () => {
  const dir = emptyFolder();
  filled(dir);
  expect(open(dir).get('key')).toEqual(SEEN);
  expect(open(dir).get('other')).toBeUndefined();
});

test('another tool version, vocabulary or scope gets nothing', () => {
  const dir = emptyFolder();
  filled(dir);
  for (const change of [{ toolVersion: '1.0.1' }, { vocabularyDigest: 'abd' }, { scope: '/clinic' }])
    expect(open(dir, change).get('key')).toBeUndefined();
});

test('entries of earlier runs stay when new ones come', () => {
  const dir = emptyFolder();
  filled(dir);
  const second = open(dir);
  second.put('new', { problems: [] });
  second.flush();
  expect([open(dir).get('key'), open(dir).get('new')]).toEqual([SEEN, { problems: [] }]);
});

test('over its size, the cache keeps what the run used', () => {
  const dir = emptyFolder();
  filled(dir);
  const small = { largest: 10 };
  const second = open(dir, small);
  second.put('unused-later', { degraded: 'binary' });
  second.get('key');
  second.flush();
  const third = open(dir, small);
  expect(third.get('key')).toEqual(SEEN);
  third.put('new', { degraded: 'x' });
  third.flush();
  expect([open(dir).get('key'), open(dir).get('unused-later')]).toEqual([SEEN, undefined]);
});

test('nothing is written when nothing is new, and nothing before flush', () => {
  const dir = emptyFolder();
  open(dir).flush();
  open(dir).put('key', SEEN);
  expect(existsSync(dir)).toBe(false);
});

test('files are for their owner alone and no temporary one stays', () => {
  const dir = emptyFolder();
  const file = filled(dir);
  expect(readdirSync(dir)).toHaveLength(1);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
});

test('a damaged file is as good as none, wherever the damage is, and is replaced', () => {
  const dir = emptyFolder();
  const file = filled(dir);
  const whole = readFileSync(file);
  for (let index = 0; index < whole.length; index += 7) {
    const damaged = Buffer.from(whole);
    damaged[index] = (damaged[index] ?? 0) ^ 0x10;
    writeFileSync(file, damaged);
    expect(open(dir).get('key')).toBeUndefined();
  }
  for (const length of [0, 10, 66, whole.length - 1]) {
    writeFileSync(file, whole.subarray(0, length));
    expect(open(dir).get('key')).toBeUndefined();
  }
  filled(dir);
  expect(open(dir).get('key')).toEqual(SEEN);
});

test('links in the place of the file or the folder are not followed', () => {
  const dir = emptyFolder();
  const file = filled(dir);
  const elsewhere = join(dir, '..', 'elsewhere');
  writeFileSync(elsewhere, readFileSync(file));
  rmSync(file);
  symlinkSync(elsewhere, file);
  expect(open(dir).get('key')).toBeUndefined();
  const before = readFileSync(elsewhere);
  filled(dir);
  expect(readFileSync(elsewhere)).toEqual(before);
  const link = join(dir, '..', 'link');
  symlinkSync(dir, link);
  expect(open(link).get('key')).toBeUndefined();
  open(link).flush();
});

test.runIf(isRoot)('a file or folder of somebody else is not trusted', () => {
  const dir = emptyFolder();
  const file = filled(dir);
  chownSync(file, 65534, 65534);
  expect(open(dir).get('key')).toBeUndefined();
  chownSync(file, 0, 0);
  chownSync(dir, 65534, 65534);
  expect(open(dir).get('key')).toBeUndefined();
});

test('a folder that cannot be made or written leaves the run as it is', () => {
  const dir = emptyFolder();
  writeFileSync(dir, 'a file in the way');
  const cache = open(join(dir, 'below'));
  cache.put('key', SEEN);
  expect(() => cache.flush()).not.toThrow();
  expect(() => open(dir).flush()).not.toThrow();
  if (isRoot) return;
  const locked = emptyFolder();
  mkdirSync(locked);
  chmodSync(locked, 0o500);
  expect(() => filled(locked)).not.toThrow();
});

test('of many scopes the oldest go', () => {
  const dir = emptyFolder();
  const first = filled(dir);
  utimesSync(first, 1, 1);
  for (let index = 0; index < 32; index++) {
    const cache = open(dir, { scope: `/shop${index}` });
    cache.put('key', SEEN);
    cache.flush();
  }
  expect(existsSync(first)).toBe(false);
  expect(readdirSync(dir)).toHaveLength(32);
});

function roundTrip(value: unknown): unknown {
  const tables: Tables = { texts: [], shapes: [] };
  const bytes = new Encoder(tables).encode(value);
  return bytes === undefined ? undefined : decode(bytes, JSON.parse(JSON.stringify(tables)));
}

test('plain data of any shape comes back as it was, prototypes and key order included', () => {
  const data = fc.anything({
    withNullPrototype: true,
    maxDepth: 5,
    key: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'line')),
  });
  fc.assert(
    fc.property(fc.array(data), (value) => {
      const back = roundTrip(value);
      expect(isDeepStrictEqual(back, value)).toBe(true);
      expect(JSON.stringify(back)).toBe(JSON.stringify(value));
    }),
    { numRuns: 2000 },
  );
});

test('what stands twice is one again, and what is no plain data is not kept', () => {
  const shared: Expr = { kind: 'text', text: 'gpt-4o', at: AT };
  const back = roundTrip([shared, { value: shared }]) as [Expr, { value: Expr }];
  expect(back[1].value).toBe(back[0]);
  expect(roundTrip([new Map()])).toBeUndefined();
  expect(roundTrip([() => 1])).toBeUndefined();
});

test('values nested without end are not kept', () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 100_000; depth++) deep = [deep];
  expect(roundTrip(deep)).toBeUndefined();
});

test('spans far apart and with odd numbers survive', () => {
  const spans = [
    AT,
    { line: 1, column: 2, endLine: 1, endColumn: 1 },
    { line: 2 ** 30, column: 0, endLine: 1, endColumn: 2 ** 30 },
    { line: 1.5, column: -1, endLine: 0, endColumn: 0 },
  ];
  expect(roundTrip(spans)).toStrictEqual(spans);
});

test('random bytes decode to something or a RangeError, never to anything worse', () => {
  const tables: Tables = { texts: ['a'], shapes: [['k', '__proto__'], []] };
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        decode(bytes, tables);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
    { numRuns: 2000 },
  );
});
