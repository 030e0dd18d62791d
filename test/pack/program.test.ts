import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../bin/ai-deps.js', import.meta.url));

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'program-'));
  await mkdir(join(base, 'bin'));
  await mkdir(join(base, 'dist'));
  await copyFile(PROGRAM, join(base, 'bin/ai-deps.js'));
  await writeFile(join(base, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rm(base, { recursive: true }));

async function run(main: string, ...args: readonly string[]) {
  await writeFile(join(base, 'dist/cli.js'), `export async function main(args) { ${main} }`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(base, 'bin/ai-deps.js'), ...args], {
    encoding: 'utf8',
    maxBuffer: 8_000_000,
  });
  return { status, stdout, stderr };
}

test('the exit code is what main says', async () => {
  expect(await run('return args.length;', 'audit', '.')).toEqual({ status: 2, stdout: '', stderr: '' });
  expect(await run('return 0;')).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('a long report reaches a pipe whole', async () => {
  const { status, stdout } = await run("process.stdout.write('x'.repeat(3_000_000)); return 1;");
  expect([status, stdout.length]).toEqual([1, 3_000_000]);
});

test('a bug is one line with the address for reports, and a stack only on request', async () => {
  const bug = "throw new TypeError('the crane fell\\nover');";
  const line = 'ai-deps: internal error: the crane fell; please report at https://github.com/ai-deps/ai-deps/issues\n';
  expect(await run(bug)).toEqual({ status: 2, stdout: '', stderr: line });
  const debug = await run(bug, '--debug');
  expect(debug.status).toBe(2);
  expect(debug.stderr).toContain('at main (');
});
