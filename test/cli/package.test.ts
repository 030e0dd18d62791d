import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { built } from './built.ts';
import { CLINIC, tree } from './trees.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

beforeAll(built, 300_000);

function npm(args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync('npm', [...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, npm_config_loglevel: 'error' },
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')}: ${stderr}`);
  return stdout;
}

describe('the package', () => {
  test('packs what it needs and nothing else, installs without scripts, and runs', () => {
    const folder = tree({});
    const [packed] = JSON.parse(npm(['pack', ROOT, '--json', '--ignore-scripts', '--pack-destination', folder], folder));
    const paths: readonly string[] = packed.files.map(({ path }: { path: string }) => path);
    expect(packed.size).toBeLessThan(5_000_000);
    expect(
      paths.filter(
        (path) => !/^(?:bin|dist|rules)\/|^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md)$/.test(path),
      ),
    ).toEqual([]);
    expect(paths).toEqual(
      expect.arrayContaining(['bin/ai-deps.js', 'dist/cli.js', 'dist/pack.json', 'rules/schema/config.schema.json', 'LICENSE']),
    );
    expect(paths.filter((path) => path.endsWith('.wasm'))).not.toEqual([]);

    const project = tree({
      'package.json': '{ "name": "ward", "private": true }',
      'clinic/src/triage.ts': CLINIC['src/triage.ts'] ?? '',
    });
    npm(['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', join(folder, packed.filename)], project);
    const ran = spawnSync('npx', ['--no-install', 'ai-deps', 'audit', 'clinic', '-f', 'json', '--as-of', '2026-11-20'], {
      cwd: project,
      encoding: 'utf8',
    });
    expect({ code: ran.status, stderr: ran.stderr.replaceAll(/^npm warn .*\n/gm, '') }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(ran.stdout);
    expect(report.tool.version).toBe(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version);
    expect(report.inventory.providers.map(({ id }: { id: string }) => id)).toContain('openai');
  }, 300_000);
});
