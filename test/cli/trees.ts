/** Small trees to audit. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A clinic that calls one model: enough for a score. */
export const CLINIC: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "clinic", "type": "module", "dependencies": { "openai": "^6.0.0" } }\n',
  'src/triage.ts': [
    "import OpenAI from 'openai';",
    '',
    'const openai = new OpenAI();',
    '',
    'export async function triage(note: string) {',
    "  return openai.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: note }] });",
    '}',
    '',
  ].join('\n'),
};

/** Writes files into a folder of their own, which goes away with the test. Its path is real: no links in it. */
export function tree(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'ai-deps-cli-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}
