import { expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import { tree } from '../cli/trees.ts';

const SERVERS = {
  mcpServers: {
    files: {
      command: 'npx',
      args: ['-y', '@clinic/files@1.4.0', '--token', 'sk-clinic-1234567890'],
      env: { FILES_KEY: 'hush-hush' },
    },
    wards: { url: 'https://mcp.clinic.example/sse?key=hush-hush' },
  },
};
const WORKFLOW = `on: pull_request
jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: anthropics/claude-code-action@v1
`;

const TREE = {
  'package.json': '{ "devDependencies": { "@openai/codex": "^1.0.0" } }',
  '.github/workflows/review.yml': WORKFLOW,
  '.mcp.json': JSON.stringify(SERVERS),
  '.cursor/rules/wards.mdc': 'Write short names.',
  'services/letters/CLAUDE.md': 'Letters are kind.',
  'docs/cursor.md': 'We do not use it.',
  'src/CLAUDE.md.ts': 'export const name = "none";',
};

test('assistants, servers and actions are listed, with no word of their keys and no effect on the score', async () => {
  const report = await audit({ root: tree(TREE), asOf: '2026-11-20' });
  expect(report.inventory.tools.map(({ key, kind, runs, host, path }) => [key, kind, runs, host, path])).toEqual([
    ['claude-code', 'assistant', null, null, 'services/letters/CLAUDE.md'],
    ['codex', 'assistant', null, null, 'package.json'],
    ['cursor', 'assistant', null, null, '.cursor/rules/wards.mdc'],
    ['mcp', 'protocol', null, null, '.mcp.json'],
    ['mcp:files .mcp.json', 'mcp-server', 'npm:@clinic/files', null, '.mcp.json'],
    ['mcp:wards .mcp.json', 'mcp-server', null, 'mcp.clinic.example', '.mcp.json'],
  ]);
  expect(report.inventory.tools.every(({ context }) => context === 'tooling')).toBe(true);
  expect(JSON.stringify(report)).not.toMatch(/hush|sk-clinic/);
  expect([report.score.value, report.inventory.providers]).toEqual([null, []]);
});
