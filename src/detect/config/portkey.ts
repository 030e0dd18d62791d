// https://portkey.ai/docs/api-reference/inference-api/config-object
import type { Observed, Vocabulary } from '../../model/observed.ts';
import { parseJson } from '../../parse/json.ts';
import { trouble } from '../../parse/parsed.ts';
import { defineDetector, type SourceText } from '../../plugin.ts';
import { isStrategyOrTarget, portkeyRoutes } from './yaml/portkey.ts';

export default defineDetector({
  id: 'config/portkey',
  docs: 'https://portkey.ai/docs/api-reference/inference-api/config-object',
  kinds: [
    'portkey.json',
    'portkey*.json',
    '*portkey.json',
    '*portkey-config.json',
    '*portkey_config.json',
    '*portkeyconfig.json',
  ],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: (source, vocabulary) => readPortkey(source, vocabulary),
});

function readPortkey({ text, kind }: SourceText, vocabulary: Vocabulary): Observed {
  const parsed = parseJson(text);
  const tools = { classifies: (value: string) => vocabulary.classifies(value), kind };
  const declarations = parsed.documents.flatMap((document) => portkeyRoutes(document, tools, isStrategyOrTarget));
  return { ...(declarations.length > 0 ? { declarations } : {}), ...trouble(parsed) };
}
