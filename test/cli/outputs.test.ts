import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { BIN, built, cleanEnv, run } from './built.ts';
import { call } from './in-process.ts';
import { CLINIC, tree } from './trees.ts';

beforeAll(built, 300_000);

/** Enough calls for a report larger than a pipe holds. */
function newsroom(): string {
  const source = CLINIC['src/triage.ts'] ?? '';
  const files = Array.from({ length: 60 }, (_, index) => [`src/desk-${index}.ts`, source.replaceAll('triage', `desk${index}`)]);
  return tree({ 'package.json': CLINIC['package.json'] ?? '', ...Object.fromEntries(files) });
}

describe('several reports of one audit', () => {
  test('each file is what stdout would be', () => {
    const cwd = tree(CLINIC);
    const alone = {
      json: run(['-f', 'json'], { cwd }).stdout,
      sarif: run(['-f', 'sarif'], { cwd }).stdout,
      table: run([], { cwd }).stdout,
    };
    const { code, stdout, stderr } = run(['-o', 'json=a.json', '-o', 'sarif=b.sarif', '-o', 'table=c.txt'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(alone.table);
    expect(readFileSync(join(cwd, 'a.json'), 'utf8')).toBe(alone.json);
    expect(readFileSync(join(cwd, 'b.sarif'), 'utf8')).toBe(alone.sarif);
    expect(readFileSync(join(cwd, 'c.txt'), 'utf8')).toBe(alone.table);
    expect(statSync(join(cwd, 'a.json')).mode & 0o777).toBe(0o644 & ~process.umask());
  });

  test('what is written into the tree is not audited the next time', () => {
    const cwd = tree(CLINIC);
    const args = ['-o', 'json=report.json', '-f', 'json'];
    const fresh = JSON.parse(run(args, { cwd }).stdout);
    const again = run(args, { cwd }).stdout;
    expect(JSON.parse(again)).toEqual({ ...fresh, coverage: { ...fresh.coverage, excludedBy: { output: 1 } } });
    expect(run(args, { cwd }).stdout).toBe(again);
    expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe(again);
  });

  test('-o <format>=- is stdout, instead of the table', () => {
    const cwd = tree(CLINIC);
    const { stdout } = run(['-o', 'json=-', '-o', 'sarif=b.sarif'], { cwd });
    expect(JSON.parse(stdout).schemaVersion).toBe('1');
    expect(JSON.parse(readFileSync(join(cwd, 'b.sarif'), 'utf8')).version).toBe('2.1.0');
  });

  test('colours are for the terminal, not for files', () => {
    const cwd = tree(CLINIC);
    const { stdout } = run(['--color', '-o', 'table=c.txt'], { cwd });
    expect(stdout).toContain('\u001b[');
    expect(readFileSync(join(cwd, 'c.txt'), 'utf8')).not.toContain('\u001b');
  });
});

describe('a report that cannot be written: exit 2, a sentence, and the others are written', () => {
  test.each<[string, string, (cwd: string) => void, RegExp]>([
    ['no folder', 'no/such/a.json', () => {}, /the folder does not exist/],
    ['a folder', 'out', (cwd) => mkdirSync(join(cwd, 'out')), /is a folder, nothing was written/],
    [
      'a link',
      'link.json',
      (cwd) => symlinkSync(join(cwd, 'package.json'), join(cwd, 'link.json')),
      /is a link, nothing was written/,
    ],
    ['a link to nowhere', 'link.json', (cwd) => symlinkSync('nowhere', join(cwd, 'link.json')), /is a link, nothing was written/],
    ['a device', '/dev/full', () => {}, /is no regular file, nothing was written/],
    ['a name too long', `${'n'.repeat(300)}.json`, () => {}, /the name is too long/],
    ['no file system to write to', '/proc/ai-deps.json', () => {}, /\/proc\/ai-deps\.json: /],
  ])('%s', (_, path, prepare, message) => {
    const cwd = tree(CLINIC);
    prepare(cwd);
    const { code, stdout, stderr } = run(['-o', `json=${path}`, '-o', 'sarif=b.sarif', '-f', 'json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
    expect(stderr).not.toContain('    at ');
    expect(JSON.parse(stdout).schemaVersion).toBe('1');
    expect(JSON.parse(readFileSync(join(cwd, 'b.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(join(cwd, 'package.json'), 'utf8')).toBe(CLINIC['package.json']);
    expect(existsSync(join(cwd, 'no'))).toBe(false);
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('a full disk under a file', ({ skip }) => {
    const cwd = tree(CLINIC);
    const disk = join(cwd, 'disk');
    mkdirSync(disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', disk]).status === 0;
    if (!mounted) return skip();
    try {
      const { code, stderr } = run(['-o', 'json=disk/a.json', '-o', 'sarif=b.sarif'], { cwd });
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^ai-deps: disk\/a\.json: no space is left/) });
      expect(readdirSync(disk)).toEqual([]);
      expect(existsSync(join(cwd, 'b.sarif'))).toBe(true);
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  test('an old report stays whole when the new one fails', () => {
    const cwd = tree(CLINIC);
    writeFileSync(join(cwd, 'a.json'), 'old');
    expect(run(['-o', 'json=a.json', '--max-score', 'x'], { cwd }).code).toBe(2);
    expect(readFileSync(join(cwd, 'a.json'), 'utf8')).toBe('old');
  });
});

describe('stdout', () => {
  test('full: exit 2 and a sentence', ({ skip }) => {
    if (!existsSync('/dev/full')) return skip();
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [BIN, '-f', 'json', '-o', 'sarif=b.sarif'], {
      cwd: tree(CLINIC),
      env: cleanEnv(),
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/^ai-deps: stdout: no space is left/) });
  });

  test.each([
    ['head -1', '', 0],
    ['head -c 1', '', 0],
    ['true', '', 0],
    ['head -1', '--max-score 1', 1],
  ])('a reader that leaves early (| %s %s): no word about it, and the code stays', (reader, flags, code) => {
    const cwd = newsroom();
    const line = `"$NODE" "$BIN" -f json ${flags} | ${reader} >/dev/null; echo "code \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', line], {
      cwd,
      env: { ...cleanEnv(), NODE: process.execPath, BIN },
      encoding: 'utf8',
    });
    expect(stdout).toBe(`code ${code}\n`);
    expect(stderr).toMatch(code === 0 ? /^$/ : /^gate: .*\n$/);
  });

  test('a slow reader gets every byte', () => {
    const cwd = newsroom();
    const line = '"$NODE" "$BIN" -f json | (sleep 1; cat)';
    const { stdout } = spawnSync('bash', ['--norc', '-c', line], {
      cwd,
      env: { ...cleanEnv(), NODE: process.execPath, BIN },
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    });
    expect(stdout.length).toBeGreaterThan(65_536);
    expect(JSON.parse(stdout).schemaVersion).toBe('1');
  });

  test('an error of the stream that is no closed pipe is told', async () => {
    const broken = Object.assign(new Error('write EIO'), { code: 'EIO' });
    const { code, stderr } = await call(['-f', 'json'], {
      cwd: tree(CLINIC),
      stdout: { write: (_text, done) => done(broken) },
    });
    expect([code, stderr]).toEqual([2, 'ai-deps: stdout: could not be written (EIO)\n  hint: write elsewhere\n']);
  });
});

describe('the same bytes', () => {
  test('from another folder, language, time zone and cache', () => {
    const cwd = tree({ ...CLINIC, 'src/İstanbul-ı.ts': CLINIC['src/triage.ts'] ?? '' });
    const cache = tree({});
    const first = run(['audit', cwd, '-f', 'json'], { cwd: '/' }).stdout;
    expect(JSON.parse(first).schemaVersion).toBe('1');
    const worlds: readonly NodeJS.ProcessEnv[] = [
      { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
      { LANG: 'C' },
      { TZ: 'Pacific/Kiritimati' },
      { TZ: 'America/Los_Angeles' },
      { XDG_CACHE_HOME: cache },
      { XDG_CACHE_HOME: cache },
      { XDG_CACHE_HOME: '/dev/null/none' },
      { HOME: '' },
    ];
    for (const env of worlds) {
      const ran = run(['.', '-f', 'json'], { cwd, env });
      expect({ env, same: ran.stdout === first, stderr: ran.stderr }).toEqual({ env, same: true, stderr: '' });
    }
    expect(readdirSync(cache)).toEqual(['ai-deps']);
  });

  test('of two checkouts', () => {
    const [one, other] = [
      tree({ 'clinic/src/triage.ts': CLINIC['src/triage.ts'] ?? '' }),
      tree({ 'clinic/src/triage.ts': CLINIC['src/triage.ts'] ?? '' }),
    ];
    expect(run(['clinic', '-f', 'json'], { cwd: one }).stdout).toBe(run(['clinic', '-f', 'json'], { cwd: other }).stdout);
  });

  test('--no-cache leaves no cache, and a cache inside the tree is not used', () => {
    const cwd = tree(CLINIC);
    run(['--no-cache'], { cwd, env: { XDG_CACHE_HOME: join(cwd, '../none') } });
    run([], { cwd, env: { HOME: cwd } });
    expect(readdirSync(cwd).sort()).toEqual(['package.json', 'src']);
  });
});

test('no colour and no control byte in a pipe', () => {
  const cwd = tree(CLINIC);
  for (const format of ['table', 'json', 'sarif']) {
    const { stdout, stderr } = run(['-f', format], { cwd });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
    expect(`${stdout}${stderr}`).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f]/);
  }
});
