/** Which ids of lists and tables are models the code can run. */
import { expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import { tree } from '../cli/trees.ts';

const PACKAGE = '{ "name": "desk", "version": "1.0.0", "dependencies": { "openai": "5.0.0" } }';

async function modelsIn(source: string): Promise<readonly string[]> {
  const root = tree({ 'package.json': PACKAGE, 'src/desk.ts': source });
  const report = await audit({ root, asOf: '2026-11-20' });
  return report.inventory.models.map(({ id }) => id);
}

test('a list that is only asked whether it holds a model runs none of them', async () => {
  const list = "const SUPPORTED_MODELS = ['gpt-4o', 'gpt-4o-mini'];\n";
  const asked = `${list}export const pick = (ids: string[]) => ids.filter((id) => SUPPORTED_MODELS.includes(id));\n`;
  const offered = `${list}export const menu = () => SUPPORTED_MODELS.map((id) => ({ id }));\n`;
  expect(await modelsIn(asked)).toEqual([]);
  expect(await modelsIn(offered)).toEqual(['gpt-4o', 'gpt-4o-mini']);
});

test('a name for people beside a description is no model', async () => {
  expect(await modelsIn("export const TEXTS = { qwen: { name: 'Qwen-Max', description: 'Speaks many languages' } };\n")).toEqual(
    [],
  );
});

test('null is no model of that name', async () => {
  const source =
    "import OpenAI from 'openai';\nconst run = (model: string | null) => new OpenAI().chat.completions.create({ model, messages: [] });\nexport const go = () => [run('gpt-4o'), run(null)];\n";
  expect(await modelsIn(source)).toEqual(['gpt-4o']);
});

test('a list written as one text holds each of its models', async () => {
  const list = "export const DESK_LLMS = process.env.DESK_LLMS ?? 'anthropic:claude-sonnet-4-5, openai:gpt-5-mini';\n";
  expect(await modelsIn(list)).toEqual(['anthropic:claude-sonnet-4-5', 'openai:gpt-5-mini']);
});

test('the engine of a tool is no model', async () => {
  const source =
    "import OpenAI from 'openai';\nexport const client = new OpenAI();\nexport const search = { engine: 'auto', maxResults: 5 };\n";
  expect(await modelsIn(source)).toEqual([]);
});

test('a record of what was spent names no model', async () => {
  const spent =
    "export const book = (track: (entry: object) => void, cost: number) => track({ model: 'gpt-4o', cost, tokens: 5 });\n";
  expect(await modelsIn(spent)).toEqual([]);
});
