import { describe, expect, test } from 'vitest';
import { FORMAT_NAMES } from '../../src/report/formats.ts';
import { call } from './in-process.ts';
import { CLINIC, tree } from './trees.ts';

async function refused(args: readonly string[], files: Readonly<Record<string, string>> = CLINIC) {
  const { code, stdout, stderr } = await call(args, { cwd: tree(files) });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).not.toContain('    at ');
  const [problem = '', hint = '', ...rest] = stderr.split('\n');
  expect(rest).toEqual(['']);
  return { problem, hint };
}

describe('a mistake on the command line is exit 2, one sentence and a hint', () => {
  test.each([
    [['audit', '--max-scor', '60'], "ai-deps: unknown option '--max-scor'", '  hint: did you mean --max-score?'],
    [['--fail-no', 'high'], "ai-deps: unknown option '--fail-no'", '  hint: did you mean --fail-on?'],
    [['audit', '--max-score'], "ai-deps: option '--max-score <n>' argument missing", '  hint: see ai-deps --help'],
    [['audit', '--max-score', 'low'], 'ai-deps: --max-score low: is no risk score', '  hint: a number from 0 (no risk) to 100'],
    [
      ['audit', '--max-score', '100.1'],
      'ai-deps: --max-score 100.1: is no risk score',
      '  hint: a number from 0 (no risk) to 100',
    ],
    [['audit', '--max-score', '-1'], 'ai-deps: --max-score -1: is no risk score', '  hint: a number from 0 (no risk) to 100'],
    [['audit', '--max-score', ''], 'ai-deps: --max-score : is no risk score', '  hint: a number from 0 (no risk) to 100'],
    [['audit', '--max-grade', 'E'], 'ai-deps: --max-grade E: no such value', '  hint: did you mean "A"?'],
    [
      ['audit', '--fail-on', 'hihg'],
      'ai-deps: --fail-on hihg: no such value',
      '  hint: one of critical, high, medium, low, info',
    ],
    [['audit', '--fail-on', 'mediun'], 'ai-deps: --fail-on mediun: no such value', '  hint: did you mean "medium"?'],
    [['audit', '--unknown', 'hopeful'], 'ai-deps: --unknown hopeful: no such value', '  hint: one of pessimistic, optimistic'],
    [['audit', '--as-of', '2026-02-30'], 'ai-deps: --as-of 2026-02-30: is no date', '  hint: write it as YYYY-MM-DD'],
    [['audit', '--home', 'DE,UK'], 'ai-deps: --home UK: is no country', '  hint: did you mean "GB"?'],
    [['audit', '-f', 'jsn'], 'ai-deps: unknown format "jsn"', `  hint: choose one of ${FORMAT_NAMES.join(', ')}`],
    [['audit', '-o', 'report.json'], 'ai-deps: -o report.json: must be <format>=<path>', '  hint: for example -o json='],
    [['audit', '-o', '=a'], 'ai-deps: -o =a: must be <format>=<path>', '  hint: for example -o json='],
    [['audit', '-o', 'json=-', '-o', 'sarif=-'], 'ai-deps: two reports are asked for on stdout', '  hint: keep one'],
    [['audit', '-f', 'json', '-o', 'sarif=-'], 'ai-deps: two reports are asked for on stdout', '  hint: keep one'],
    [
      ['audit', '-o', 'json=a', '-o', 'sarif=./a'],
      'ai-deps: -o ./a: two reports are asked for there',
      '  hint: give each its own',
    ],
    [
      ['audit', 'a', 'b'],
      "ai-deps: too many arguments for 'audit'. Expected 1 argument but got 2.",
      '  hint: see ai-deps --help',
    ],
    [['audit', 'nowhere'], 'ai-deps: nowhere: no such folder', '  hint: name the folder'],
    [['audit', 'package.json'], 'ai-deps: package.json: is not a folder', '  hint: name the folder'],
    [['audit', 'a\0b'], 'ai-deps: a\\x00b: no such folder', '  hint: name the folder'],
    [['audti'], "ai-deps: unknown command 'audti'", '  hint: did you mean audit?'],
    [['scores', 'a.json'], "ai-deps: too many arguments for 'audit'", '  hint: see ai-deps --help'],
    [['what-if'], "ai-deps: unknown command 'what-if'", '  hint: see ai-deps --help'],
    [['help', 'nonsense'], 'ai-deps: no such command', '  hint: see ai-deps --help'],
    [['score'], "ai-deps: missing required argument 'file'", '  hint: see ai-deps --help'],
    [['score', 'a.json', '-f', 'sarif'], 'ai-deps: unknown format "sarif"', '  hint: choose one of table, json'],
    [['audit', '--only', 'region/pinned-endpont'], 'ai-deps: no rule "region/pinned-endpont"', '  hint: did you mean'],
    [['audit', '--disable', 'regoin'], 'ai-deps: no rule "regoin"', '  hint:'],
    [['audit', '--rules', 'nowhere'], 'ai-deps: ', '  hint:'],
    [['audit', '--config', 'nowhere.yml'], 'ai-deps: ', '  hint: give the path of an ai-deps.yml'],
    [['audit', '--env-file', '.env.nowhere'], 'ai-deps: --env-file .env.nowhere: no such file', '  hint:'],
  ])('%j', async (args, problem, hint) => {
    const told = await refused(args);
    expect(told.problem).toContain(problem);
    expect(told.hint).toContain(hint);
  });

  test('a mistake in ai-deps.yml names file and key', async () => {
    expect(await refused(['audit'], { ...CLINIC, 'ai-deps.yml': 'gate: { max_scor: 60 }\n' })).toEqual({
      problem: 'ai-deps: ai-deps.yml: gate: unknown key "max_scor"',
      hint: '  hint: did you mean "max_score"?',
    });
  });

  test('a SOURCE_DATE_EPOCH that is no time', async () => {
    const { code, stderr } = await call(['audit'], { cwd: tree(CLINIC), env: { SOURCE_DATE_EPOCH: 'today' } });
    expect([code, stderr]).toEqual([
      2,
      'ai-deps: SOURCE_DATE_EPOCH=today: is no time\n  hint: seconds since 1970, or unset it\n',
    ]);
  });

  test('--debug says where an error comes from', async () => {
    const { stderr } = await call(['audit', 'nowhere', '--debug'], { cwd: tree({}) });
    expect(stderr).toMatch(/^ai-deps: nowhere: no such folder\n {2}hint: .*\n {4}at /);
  });
});

describe('help and version', () => {
  test.each(['--help', '-h', 'help', 'audit --help'])('%s', async (line) => {
    const { code, stdout, stderr } = await call(line.split(' '));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.match(/^ {2}\$ ai-deps .+$/gm)).toHaveLength(2);
    for (const heading of ['Gate:', 'What counts:', 'Output:', 'Running:', 'Exit codes:'])
      expect(stdout).toContain(`\n${heading}\n`);
    expect(stdout.split('\n').filter((text) => text.length > 80)).toEqual([]);
  });

  test('every format is in the help', async () => {
    const { stdout } = await call(['--help']);
    const [, told = ''] = /--format <format>\s+(.*)$/m.exec(stdout) ?? [];
    expect(FORMAT_NAMES.filter((name) => !told.includes(name))).toEqual([]);
  });

  test('the examples of the help run', async () => {
    const { stdout } = await call(['--help']);
    const examples = [...stdout.matchAll(/^ {2}\$ ai-deps (.+)$/gm)].map(([, line = '']) => line.split(' '));
    const cwd = tree({ ...CLINIC, 'services/chat/src/triage.ts': CLINIC['src/triage.ts'] ?? '' });
    for (const args of examples) expect([0, 1], args.join(' ')).toContain((await call(args, { cwd })).code);
  });

  test.each(['--version', '-V', 'audit --version'])('%s names program and catalog', async (line) => {
    const { code, stdout } = await call(line.split(' '));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ai-deps \d+\.\d+\.\d+\ncatalog \d{4}-\d{2}-\d{2} [0-9a-f]{64}\n$/);
  });
});

describe('which folder', () => {
  test.each([[[]], [['.']], [['audit']], [['audit', '.']], [['--quiet']]])('%j is an audit of this one', async (args) => {
    const cwd = tree(CLINIC);
    const { code, stdout } = await call([...args, '-f', 'json'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).inventory.providers.map(({ id }: { id: string }) => id)).toContain('openai');
  });

  test('a folder by its name alone', async () => {
    const cwd = tree({ 'clinic/src/triage.ts': CLINIC['src/triage.ts'] ?? '', 'other/a.ts': '' });
    const { stdout } = await call(['clinic', '-f', 'json'], { cwd });
    expect(JSON.parse(stdout).source.name).toBe('clinic');
  });

  test('an environment file is named as the shell sees it, from wherever', async () => {
    const cwd = tree({
      'clinic/.gitignore': '.env*\n',
      'clinic/.env.prod': 'MODEL=gpt-4.1\n',
      'clinic/src/ask.ts': (CLINIC['src/triage.ts'] ?? '').replace("'gpt-4o'", 'process.env.MODEL'),
    });
    const models = async (args: readonly string[]) =>
      JSON.parse((await call(['clinic', '-f', 'json', ...args], { cwd })).stdout).inventory.models.map(
        ({ id }: { id: string }) => id,
      );
    expect(await models([])).not.toContain('gpt-4.1');
    expect(await models(['--env-file', 'clinic/.env.prod'])).toContain('gpt-4.1');
  });
});

describe('flags reach the audit', () => {
  test('as-of, home, unknown, revision', async () => {
    const args = [
      '-f',
      'json',
      '--as-of',
      '2027-01-31',
      '--home',
      'de,CH',
      '--home',
      'US',
      '--unknown',
      'optimistic',
      '--revision',
      'abc',
    ];
    const { stdout } = await call(args, { cwd: tree(CLINIC) });
    expect(JSON.parse(stdout)).toMatchObject({
      asOf: '2027-01-31',
      home: ['CH', 'EU', 'US'],
      unknownMode: 'optimistic',
      source: { revision: 'abc' },
    });
  });

  test('without --as-of: SOURCE_DATE_EPOCH, else today in UTC', async () => {
    const cwd = tree(CLINIC);
    const asOf = async (env: Record<string, string>) => JSON.parse((await call(['-f', 'json'], { cwd, env })).stdout).asOf;
    expect(await asOf({ SOURCE_DATE_EPOCH: '1700000000' })).toBe('2023-11-14');
    const before = new Date().toISOString().slice(0, 10);
    const now = await asOf({});
    expect([before, new Date().toISOString().slice(0, 10)]).toContain(now);
  });

  test('the home of the configuration, and a flag that wins over it', async () => {
    const cwd = tree({ ...CLINIC, 'ai-deps.yml': 'home: [FR]\n' });
    const home = async (args: readonly string[]) => JSON.parse((await call(['-f', 'json', ...args], { cwd })).stdout).home;
    expect(await home([])).toEqual(['EU']);
    expect(await home(['--home', 'US'])).toEqual(['US']);
  });

  test('--only and --disable, by rule and by category', async () => {
    const cwd = tree(CLINIC);
    const rules = async (args: readonly string[]) => {
      const { findings } = JSON.parse((await call(['-f', 'json', ...args], { cwd })).stdout);
      return [...new Set<string>(findings.map(({ ruleId }: { ruleId: string }) => ruleId))];
    };
    const all = await rules([]);
    const [first = ''] = all;
    expect(await rules(['--only', first])).toEqual([first]);
    expect(await rules(['--disable', first])).toEqual(all.filter((id) => id !== first));
    const category = first.split('/')[0] ?? '';
    expect((await rules(['--disable', category])).filter((id) => id.startsWith(`${category}/`))).toEqual([]);
  });
});

describe('what a person at a terminal sees', () => {
  const person = { isTTY: { stdout: true, stderr: true }, columns: 80 };

  test('progress on stderr, taken away again, and one hint where no gate is set', async () => {
    const { stderr } = await call(['audit'], { cwd: tree(CLINIC), ...person });
    expect(stderr).toContain('\r\u001b[Kcollect: ');
    expect(stderr.split('\u001b[K').at(-1)).toMatch(/^no gate is set: .*\n$/);
  });

  test.each([
    ['--quiet', ['--quiet'], {}, /^$/],
    ['in CI: no progress', [], { CI: 'true' }, /^no gate is set: [^\n]*\n$/],
    ['with a gate: no hint', ['--max-score', '100', '--quiet'], {}, /^$/],
  ])('%s', async (_, args, env, expected) => {
    const { stderr } = await call(args, { cwd: tree(CLINIC), ...person, env });
    expect(stderr).toMatch(expected);
  });

  test('a gate in the configuration is a gate', async () => {
    const { stderr } = await call([], { cwd: tree({ ...CLINIC, 'ai-deps.yml': 'gate: { max_score: 100 }\n' }), ...person });
    expect(stderr).not.toContain('no gate');
  });

  test('without a terminal nothing is said', async () => {
    expect((await call(['audit'], { cwd: tree(CLINIC) })).stderr).toBe('');
  });

  test.each<[string, readonly string[], Record<string, string>, boolean, boolean]>([
    ['a terminal', [], {}, true, true],
    ['a pipe', [], {}, false, false],
    ['NO_COLOR', [], { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR', [], { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR', [], { FORCE_COLOR: '1' }, false, true],
    ['FORCE_COLOR=0', [], { FORCE_COLOR: '0' }, true, false],
    ['--color over NO_COLOR', ['--color'], { NO_COLOR: '1' }, false, true],
    ['--no-color over FORCE_COLOR', ['--no-color'], { FORCE_COLOR: '1' }, true, false],
    ['a dumb terminal', [], { TERM: 'dumb' }, true, false],
  ])('colours: %s', async (_, args, env, isTTY, expected) => {
    const { stdout } = await call(['audit', ...args], { cwd: tree(CLINIC), env, isTTY: { stdout: isTTY, stderr: false } });
    expect(stdout.includes('\u001b[')).toBe(expected);
  });

  test.each([40, 80])('%d columns', async (columns) => {
    const { stdout } = await call(['audit'], { cwd: tree(CLINIC), columns });
    expect(stdout.split('\n').filter((line) => line.length > Math.max(columns, 80))).toEqual([]);
  });
});
