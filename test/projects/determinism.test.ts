import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { load } from '../../src/report/formats.ts';
import { readClaims, refute } from './claims.ts';
import { AS_OF, pathOf, stories, tell } from './stories.ts';

const SEED = 20_261_120;
const BIN = new URL('../../bin/ai-deps.js', import.meta.url);
const BUILT = new URL('../../dist/cli.js', import.meta.url);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ai-deps-stories-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(stories())('%s', (story) => {
  let report: Report;
  beforeAll(async () => {
    report = await tell(pathOf(story));
  });

  test('says the same bytes twice', async () => {
    expect(await bytesOf(await tell(pathOf(story)))).toBe(await bytesOf(report));
  });

  test('says the same bytes by a relative path', async () => {
    expect(await bytesOf(await tell(relative(process.cwd(), pathOf(story))))).toBe(await bytesOf(report));
  });

  test('says the same bytes of a copy elsewhere, its files created in any order', async () => {
    for (const seed of [SEED, SEED + 1]) {
      const copy = copyOf(story, { to: join(folder, `copy-${seed}`), order: shuffled(filesOf(story), seed) });
      expect(await bytesOf(await tell(copy))).toBe(await bytesOf(report));
    }
  });

  test('says the same of files with Windows line ends', async () => {
    const copy = copyOf(story, { to: join(folder, 'windows'), order: filesOf(story), lineEnd: '\r\n' });
    const windows = await tell(copy);
    const objections = readClaims(pathOf(story, 'claims.txt')).filter(
      (claim) => verdict(claim, windows) !== verdict(claim, report),
    );
    expect(objections.map((claim) => refute(claim, windows) ?? `only with Windows line ends: ${claim.text}`)).toEqual([]);
    expect(windows.score).toEqual(report.score);
    expect(windows.evidence.map(place)).toEqual(report.evidence.map(place));
  });
});

// The tests share one process, whose folder cannot be changed: the built program runs in one of its own.
test.runIf(existsSync(BUILT))('the program says the same bytes from any working folder', () => {
  const story = pathOf('gulf-pinned');
  const from = (cwd: string, root: string) =>
    execFileSync(process.execPath, [fileURLToPath(BIN), 'audit', root, '-f', 'json', '--as-of', AS_OF, '--no-cache'], {
      cwd,
      encoding: 'utf8',
    });
  const inside = from(story, '.');
  expect(JSON.parse(inside).home).toEqual(['AE']);
  expect(from(folder, story)).toBe(inside);
  expect(from(dirname(story), 'gulf-pinned')).toBe(inside);
});

async function bytesOf(report: Report): Promise<string> {
  return (await load('json')).render(report, { columns: 80, color: false });
}

function verdict(claim: Parameters<typeof refute>[0], report: Report): boolean {
  return refute(claim, report) === undefined;
}

function place({ path, line, column, token }: Report['evidence'][number]): string {
  return `${path}:${line}:${column} ${token}`;
}

/** Paths of a story's files, its claims and goldens left out. */
function filesOf(story: string): readonly string[] {
  return readdirSync(pathOf(story), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(pathOf(story).length))
    .filter((path) => path !== 'claims.txt' && !path.startsWith('golden/'))
    .sort();
}

interface Copy {
  readonly to: string;
  readonly order: readonly string[];
  readonly lineEnd?: string;
}

/** Copies a story into a folder of its own name; where a line end is given, every line of every file ends so. */
function copyOf(story: string, { to, order, lineEnd }: Copy): string {
  const root = join(to, story);
  for (const file of order) {
    const target = join(root, file);
    mkdirSync(dirname(target), { recursive: true });
    if (lineEnd === undefined) copyFileSync(pathOf(story, file), target);
    else writeFileSync(target, readFileSync(pathOf(story, file), 'utf8').replaceAll(/\r?\n/g, lineEnd));
  }
  return root;
}

/** Another order, the same for the same seed (a linear congruential generator decides). */
function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  let state = seed;
  const keyed = items.map((item) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return { item, key: state };
  });
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
