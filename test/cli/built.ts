/** The built program: bin/ai-deps.js over a dist/ that is not older than its sources. */
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Path of the program. */
export const BIN = join(root, 'bin/ai-deps.js');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Builds where dist/ is stale. Test files run side by side: one builds, the others wait. */
export async function built(): Promise<void> {
  const lock = join(tmpdir(), `ai-deps-build-${Buffer.from(root).toString('hex').slice(-40)}`);
  for (;;) {
    if (isFresh()) return;
    try {
      mkdirSync(lock);
      break;
    } catch {
      // A lock of a run that was killed must not hold up all later ones.
      if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 120_000) rmdirSync(lock);
      await pause(100);
    }
  }
  try {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/build.mjs')], { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`the build failed:\n${stderr}`);
  } finally {
    rmdirSync(lock);
  }
}

function isFresh(): boolean {
  if (!existsSync(join(root, 'dist/cli.js')) || !existsSync(join(root, 'dist/pack.json'))) return false;
  const { mtimeMs } = statSync(join(root, 'dist/cli.js'));
  const sources = ['src', 'rules', 'bin'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)),
  );
  return sources.every((path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) <= mtimeMs);
}

/** Runs the built program; no cache, no colours and no home of the person who runs the tests. */
export function run(args: readonly string[], options: SpawnSyncOptions & { readonly cwd?: string } = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    maxBuffer: 64 << 20,
    ...options,
    env: { ...cleanEnv(), ...options.env },
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

/** What every run sees of the environment. */
export function cleanEnv(): Record<string, string> {
  return { PATH: process.env.PATH ?? '', SOURCE_DATE_EPOCH: String(Date.UTC(2026, 10, 20) / 1000) };
}
