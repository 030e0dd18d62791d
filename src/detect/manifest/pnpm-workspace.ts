// https://pnpm.io/pnpm-workspace_yaml
import type { Observed } from '../../model/observed.ts';
import { trouble } from '../../parse/parsed.ts';
import { textsOf, valueAt } from '../../parse/record.ts';
import { defineDetector } from '../../plugin.ts';

export default defineDetector({
  id: 'manifest/pnpm-workspace',
  docs: 'https://pnpm.io/pnpm-workspace_yaml',
  kinds: ['pnpm-workspace.yaml'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }) => readWorkspace(text),
});

async function readWorkspace(text: string): Promise<Observed> {
  const { parseYaml } = await import('../../parse/yaml.ts');
  const parsed = parseYaml(text);
  const workspaces = textsOf(valueAt(parsed.documents[0], 'packages'));
  return { manifest: { ecosystem: 'npm', workspaces, entries: [], aliases: {} }, ...trouble(parsed) };
}
