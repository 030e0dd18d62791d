import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { BIN, built, cleanEnv } from './built.ts';
import { CLINIC, tree } from './trees.ts';

beforeAll(built, 300_000);

/** Packages by name, and our own source files, that a run of the bundle loads. */
function loaded(
  args: readonly string[],
  cwd: string,
): { readonly packages: readonly string[]; readonly sources: readonly string[] } {
  const trace = join(cwd, 'trace.txt');
  const register = fileURLToPath(new URL('trace/register.mjs', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, ['--import', register, BIN, ...args], {
    cwd,
    env: { ...cleanEnv(), TRACE: trace },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const urls = [...new Set(existsSync(trace) ? readFileSync(trace, 'utf8').split('\n') : [])];
  const packages = urls.flatMap((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []);
  // The bundle is not minified: each chunk names the files it was made of.
  const chunks = urls.filter((url) => url.includes('/dist/')).map((url) => readFileSync(fileURLToPath(url), 'utf8'));
  const sources = chunks.flatMap((text) => [...text.matchAll(/^\/\/ (src\/\S+)$/gm)].map(([, path = '']) => path));
  return { packages: [...new Set(packages)].sort(), sources };
}

describe('what is not needed is not loaded', () => {
  test.each(['--help', 'help', 'audit --help', 'score --help'])('%s: commander alone', (line) => {
    const { packages, sources } = loaded(line.split(' '), tree({}));
    expect(packages).toEqual(['commander']);
    expect(sources).toContain('src/cli.ts');
    expect(sources.filter((path) => /^src\/(?!cli\.ts|errors\.ts|commands\/io\.ts)/.test(path))).toEqual([]);
  });

  test('--version: the pack, and no parser', () => {
    const { packages, sources } = loaded(['--version'], tree({}));
    expect(packages).toEqual(['commander']);
    expect(sources).not.toContain('src/audit.ts');
    expect(sources.filter((path) => /^src\/(?:detect|parse|collect|resolve|report)\//.test(path))).toEqual([]);
  });

  test('a tree without AI: no compiler, no grammar', () => {
    const { packages, sources } = loaded(['audit', '.', '-f', 'json'], tree({ 'src/sum.ts': 'export const sum = 1 + 1;\n' }));
    expect(packages).not.toContain('ts-morph');
    expect(packages).not.toContain('web-tree-sitter');
    expect(packages).not.toContain('ajv');
    expect(packages).not.toContain('chalk');
    expect(sources).toContain('src/audit.ts');
  });

  test('a tree with TypeScript that calls a model: the compiler', () => {
    const { packages } = loaded(['audit', '.', '-f', 'json'], tree(CLINIC));
    expect(packages).toContain('ts-morph');
    expect(packages).not.toContain('web-tree-sitter');
  });
});
