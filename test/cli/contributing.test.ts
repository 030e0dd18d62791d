import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { call } from './in-process.ts';
import { tree } from './trees.ts';

const GUIDE = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');
const EXAMPLE = /## Add a provider in five minutes[\s\S]*?```yaml\n([\s\S]*?)```/.exec(GUIDE)?.[1] ?? '';

const FILES = {
  'my-pack/catalog/providers/alpine-models.yml': EXAMPLE,
  'app/package.json': '{ "name": "app", "type": "module", "dependencies": { "openai": "^6.0.0" } }',
  'app/src/ask.ts': `import OpenAI from 'openai';
const client = new OpenAI({ baseURL: 'https://ch-zrh-1.api.alpine-models.example/v1' });
export const ask = () => client.chat.completions.create({ model: 'alpine-1', messages: [] });
`,
};

test('the provider of the guide passes the check, is shown, and is found in code', async () => {
  const cwd = tree(FILES);
  expect(await call(['catalog', 'check', 'my-pack'], { cwd })).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/1 providers\s+Nothing is wrong\./),
  });
  const shown = await call(['catalog', 'show', 'alpine-models', '--rules', 'my-pack'], { cwd });
  expect(shown.stdout).toMatch(/Alpine Models[\s\S]*country CH/);
  const { stdout } = await call(['audit', 'app', '--rules', 'my-pack', '--format', 'json', '--no-cache'], { cwd });
  const report: { inventory: { providers: { id: string; roles: string[] }[] } } = JSON.parse(stdout);
  expect(report.inventory.providers).toContainEqual(expect.objectContaining({ id: 'alpine-models', roles: ['operator'] }));
});

test('the same entry, taken away or replaced by a pack', async () => {
  const cwd = tree({
    ...FILES,
    'without/catalog/providers/alpine-models.yml': 'disabled: true\n',
    'moved/catalog/providers/alpine-models.yml': EXAMPLE.replaceAll(/alpine-models(\\?\.example)/g, 'alpine$1'),
  });
  const operators = async (...packs: readonly string[]): Promise<readonly string[]> => {
    const rules = packs.flatMap((pack) => ['--rules', pack]);
    const { stdout } = await call(['audit', 'app', ...rules, '--format', 'json', '--no-cache'], { cwd });
    const report: { inventory: { providers: { id: string }[] } } = JSON.parse(stdout);
    return report.inventory.providers.map(({ id }) => id);
  };
  expect(await operators('my-pack')).toContain('alpine-models');
  expect(await operators('my-pack', 'without')).not.toContain('alpine-models');
  expect(await operators('my-pack', 'moved')).not.toContain('alpine-models');
});
