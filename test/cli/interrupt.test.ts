import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { BIN, built, cleanEnv } from './built.ts';
import { CLINIC, tree } from './trees.ts';

beforeAll(built, 300_000);

const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A tree whose audit takes a while. */
function newsroom(): string {
  const source = CLINIC['src/triage.ts'] ?? '';
  const files = Array.from({ length: 300 }, (_, index) => [`src/desk-${index}.ts`, source.replaceAll('triage', `desk${index}`)]);
  return tree({ 'package.json': CLINIC['package.json'] ?? '', ...Object.fromEntries(files) });
}

async function interrupted(cwd: string, signal: NodeJS.Signals, after: number): Promise<End> {
  const child = spawn(process.execPath, [BIN, '-o', 'json=a.json', '-o', 'sarif=b.sarif'], {
    cwd,
    env: cleanEnv(),
    stdio: 'ignore',
  });
  const ended = new Promise<End>((resolve) => child.on('exit', (code, by) => resolve({ code, signal: by })));
  await Promise.race([pause(after), ended]);
  child.kill(signal);
  return ended;
}

test.each(SIGNALS)(
  '%s at any time: nobody waits, and no file is half there',
  async (signal, expected) => {
    const cwd = newsroom();
    // Ended by the system at once, or by ourselves once a file was whole, or not in time.
    const possible = [
      { code: null, signal },
      { code: expected, signal: null },
      { code: 0, signal: null },
    ];
    const ends: End[] = [];
    for (const after of [10, 60, 150, 300, 450, 600, 800, 1000, 1300, 1600]) {
      const end = await interrupted(cwd, signal, after);
      ends.push(end);
      expect(possible).toContainEqual(end);
      for (const name of ['a.json', 'b.sarif']) {
        if (existsSync(join(cwd, name))) expect(() => JSON.parse(readFileSync(join(cwd, name), 'utf8'))).not.toThrow();
      }
      expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    }
    expect(ends.filter(({ code }) => code !== 0).length).toBeGreaterThan(2);
  },
  120_000,
);

test.each(SIGNALS)('%s: a shell sees %d', (signal, code) => {
  // With job control, or the shell would start it with interrupts ignored.
  const line = `"$NODE" "$BIN" >/dev/null & sleep 0.2; kill -${signal.slice(3)} $!; wait $!; echo "code $?"`;
  const { stdout } = spawnSync('bash', ['--norc', '-m', '-c', line], {
    cwd: newsroom(),
    env: { ...cleanEnv(), NODE: process.execPath, BIN },
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  expect(stdout).toBe(`code ${code}\n`);
});
