import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/pack/config.ts';

const EXAMPLE = /<!-- example: ([a-z-]+) -->\n```\n([\s\S]*?)```/;

test('the report in the README is the one the example prints', () => {
  const readme = readFileSync('README.md', 'utf8');
  const [, story = '', shown = ''] = EXAMPLE.exec(readme) ?? [];
  expect(shown).toBe(readFileSync(`fixtures/projects/${story}/golden/terminal.txt`, 'utf8'));
});

test('the first two commands of the README are the example and the check that CI runs', () => {
  const [, commands = ''] = /```\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
  const [first = '', second = ''] = commands.trim().split('\n');
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(first).toContain('npm run example');
  expect(Object.keys(scripts)).toContain('example');
  expect(readFileSync('.ci/run', 'utf8')).toContain(second);
});

test('the configuration in the README is accepted as it stands', async () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));
  writeFileSync(join(folder, 'ai-deps.yml'), yaml);
  const { config } = await loadConfig(folder);
  expect(config.gate.maxScore).toBe(60);
  expect(config.declared).toHaveLength(1);
});
