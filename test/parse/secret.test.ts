import { describe, expect, test } from 'vitest';
import compose from '../../src/detect/infra/compose.ts';
import { interpolate } from '../../src/parse/interpolation.ts';
import { withoutSecrets } from '../../src/parse/secret.ts';
import { testVocabulary } from '../detect/test-vocabulary.ts';

const AT = { line: 1, column: 1, endLine: 1, endColumn: 1 };

function cleaned(text: string): string {
  return JSON.stringify(withoutSecrets({ kind: 'text', text, at: AT }, testVocabulary.classifies));
}

describe('a text', () => {
  test.each([
    'sk-proj-Zx81hdkwqpLmNb72',
    'curl -H "x-api-key: Zx81hdkwqpLmNb72"',
    'serve --api-key Zx81hdkwqpLmNb72',
    'https://bot:Zx81hdkwqpLmNb72@gateway.example/v1',
    'https://gateway.example/v1?sig=Zx81hdkwqpLmNb72',
    'Zx81hdkwqpLmNb72Zx81hdkwqpLmNb72aB',
  ])('%s is not kept whole', (text) => {
    expect(cleaned(text)).not.toContain('hdkwqpLm');
  });

  test.each([
    'gpt-4o',
    'anthropic.claude-3-5-sonnet-20241022-v2:0',
    'ghcr.io/berriai/litellm:main-stable',
    'vllm serve mistralai/Mistral-7B-Instruct-v0.3 --max-model-len 8192',
    'https://clinic.openai.azure.com/openai/deployments/triage',
    'projects/newsroom/locations/europe-west1/publishers/google/models/gemini-2.5-pro',
  ])('%s is', (text) => {
    expect(cleaned(text)).toContain(text);
  });

  test('of two megabytes is dropped, in no time', () => {
    const start = performance.now();
    expect(cleaned('key '.repeat(500_000))).toContain('too-long');
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

test('a sensitive name hides its value, unless that means something to the audit', async () => {
  const text = 'services:\n  a:\n    environment:\n      AUTH_TOKEN: rye-and-wheat\n      KEY_MODEL: gpt-4o\n';
  const { declarations } = await compose.observe({ text, kind: 'compose.yml' }, testVocabulary);
  expect(JSON.stringify(declarations)).not.toContain('rye');
  expect(JSON.stringify(declarations)).toContain('gpt-4o');
});

test.each([`\${`, `\${A`, `\${A:-`, '$', '$$', `\${A:-\${B:-\${C`, `\${1}`, '}', `\${A:-x}}`, `\${A:-`.repeat(5000)])(
  '%j is read to its end',
  (text) => {
    expect(interpolate(text, AT).at).toEqual(AT);
  },
);

test('what a variable is replaced with is one of two', () => {
  expect(interpolate(`\${A:+on}`, AT)).toMatchObject({ kind: 'choice', of: [{ text: 'on' }, { text: '' }] });
});
