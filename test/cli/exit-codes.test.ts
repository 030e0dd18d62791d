import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { built, run } from './built.ts';
import { CLINIC, tree } from './trees.ts';

beforeAll(built, 300_000);

const BIG = 'x'.repeat(1_100_000);

describe('the exit code, and the last line on stderr', () => {
  test.each<[string, Readonly<Record<string, string>>, readonly string[], number, RegExp]>([
    ['AI, and no gate', CLINIC, [], 0, /^$/],
    ['files, and no AI', { 'src/sum.ts': 'export const sum = 1;\n' }, ['--max-score', '0'], 0, /^$/],
    ['a gate that passes', CLINIC, ['--max-score', '100', '--max-grade', 'F'], 0, /^$/],
    ['too much risk', CLINIC, ['--max-score', '1'], 1, /^gate: risk \d+\.\d is above --max-score 1 \(exit 1\)\n$/],
    ['too bad a grade', CLINIC, ['--max-grade', 'a'], 1, /^gate: grade [B-F] is worse than --max-grade A \(exit 1\)\n$/],
    [
      'too severe a finding',
      CLINIC,
      ['--fail-on', 'info'],
      1,
      /^gate: \d+ groups? of findings (is|are) at or above --fail-on info; .* \(exit 1\)\n$/,
    ],
    ['two gates at once', CLINIC, ['--max-score', '1', '--max-grade', 'A'], 1, /^gate: risk .*\ngate: grade .* \(exit 1\)\n$/],
    ['a gate of the file', { ...CLINIC, 'ai-deps.yml': 'gate: { max_score: 1 }\n' }, [], 1, /^gate: risk .* \(exit 1\)\n$/],
    ['a flag over the file', { ...CLINIC, 'ai-deps.yml': 'gate: { max_score: 1 }\n' }, ['--max-score', '100'], 0, /^$/],
    ['no file', {}, [], 3, /^no file found in \. \(exit 3\)\n$/],
    ['no file, and a gate', {}, ['--max-score', '0'], 3, /^no file found in \. \(exit 3\)\n$/],
    ['a file too large', { ...CLINIC, 'src/big.ts': BIG }, [], 0, /^$/],
    [
      'the same, and --strict',
      { ...CLINIC, 'src/big.ts': BIG },
      ['--strict'],
      4,
      /^incomplete: 1 file skipped: too-large \(exit 4\)\n$/,
    ],
    [
      'incomplete before gate',
      { ...CLINIC, 'src/big.ts': BIG },
      ['--strict', '--max-score', '1'],
      4,
      /^gate: risk [^(]*\nincomplete: 1 file skipped: too-large \(exit 4\)\n$/,
    ],
    [
      'a usage error before all',
      { ...CLINIC, 'src/big.ts': BIG },
      ['--strict', '--max-score', 'x'],
      2,
      /^ai-deps: .*\n {2}hint: .*\n$/,
    ],
    [
      'an output that fails, before a gate',
      CLINIC,
      ['--max-score', '1', '-o', 'json=no/such/a.json'],
      2,
      /^ai-deps: no\/such\/a\.json: the folder does not exist\n {2}hint: .*\n$/,
    ],
  ])('%s', (_, files, args, code, stderr) => {
    const ran = run(['audit', ...args], { cwd: tree(files) });
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code, stderr: expect.stringMatching(stderr) });
  });

  test('the report says the same', () => {
    const cwd = tree(CLINIC);
    const { code, stdout } = run(['-f', 'json', '--max-score', '1'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      gate: { passed: false },
      exit: { code, reasons: [expect.stringContaining('--max-score 1')] },
    });
  });

  test('an empty folder beside one with files', () => {
    const cwd = tree(CLINIC);
    mkdirSync(join(cwd, 'empty'));
    expect(run(['empty'], { cwd })).toMatchObject({ code: 3, stderr: 'no file found in empty (exit 3)\n' });
  });
});

test('a risk of exactly --max-score passes, a hair more does not', () => {
  const cwd = tree(CLINIC);
  const { score } = JSON.parse(run(['-f', 'json'], { cwd }).stdout);
  expect(score.value).toBeGreaterThan(1);
  expect(run(['--max-score', String(score.value)], { cwd }).code).toBe(0);
  const ran = run(['--max-score', String(score.value - 1e-9)], { cwd });
  expect(ran.code).toBe(1);
  // The number shown is above the limit shown, however near they are.
  const [, shown, limit] = /risk ([\d.]+) is above --max-score ([\d.]+)/.exec(ran.stderr) ?? [];
  expect(Number(shown)).toBeGreaterThan(Number(limit));
});
