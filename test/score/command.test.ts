import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runScore } from '../../src/commands/score.ts';
import { UserError } from '../../src/errors.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ai-deps-score-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const golden = new URL('./golden.json', import.meta.url);
const chat = { capabilities: [{ id: 'chat', routes: [{ operator: { openai: 1 }, region: { 'openai:global': 0.4 } }] }] };

function written(content: string | Uint8Array): string {
  const file = join(folder, 'portfolios.json');
  writeFileSync(file, content);
  return file;
}

async function json(content: unknown): Promise<string> {
  const file = written(typeof content === 'string' ? content : JSON.stringify(content));
  return (await runScore({ file, format: 'json', unknown: 'pessimistic', asOf: '2026-11-20' })).stdout;
}

describe('json', () => {
  test('holds exactly the fields of the contract, in full doubles', async () => {
    const cases: Record<string, { input: unknown; expected: Record<string, unknown> }> = JSON.parse(readFileSync(golden, 'utf8'));
    const inputs = Object.fromEntries(Object.entries(cases).map(([id, { input }]) => [id, input]));
    const scores: Record<string, Record<string, unknown>> = JSON.parse(await json(inputs));
    expect(Object.keys(scores)).toEqual(Object.keys(cases));
    for (const [id, { expected }] of Object.entries(cases)) {
      const { layers: _layers, ...fields } = expected;
      expect(Object.keys(scores[id] ?? {})).toEqual(Object.keys(fields));
      expect(scores[id]?.vector).toBe(fields.vector);
    }
    expect(scores.E1?.value).toBeCloseTo(59.59, 2);
  });

  test('keeps the order of ids, numbers and __proto__ among them', async () => {
    const text = await json(
      `{"zebra": ${JSON.stringify(chat)}, "10": ${JSON.stringify(chat)}, "9": ${JSON.stringify(chat)}, "__proto__": ${JSON.stringify(chat)}}`,
    );
    expect([...text.matchAll(/^ {2}"(.+)": \{$/gm)].map(([, id]) => id)).toEqual(['zebra', '10', '9', '__proto__']);
    expect(text).toContain('/D:2026-11-20/');
  });

  test('an empty file of portfolios is an empty object', async () => {
    expect(await json('{}')).toBe('{}\n');
    expect(await json('\ufeff{}')).toBe('{}\n');
  });
});

test('the table shows one line per portfolio', async () => {
  const file = written(JSON.stringify({ shop: chat, 'news\u001b[31mroom': { capabilities: [] } }));
  const { stdout } = await runScore({ file, format: 'table', unknown: 'optimistic' });
  expect(stdout.split('\n')).toEqual([
    'portfolio      grade  value   low  high  capped by                                vector',
    'shop           C       42.3  42.3  42.3  unprotected-majority, untested-failover  AIDEPS:1/C:63.2/L:0.0/R:40.0/J:-/M:0.0/H:-/D:-/U:0/X:optimistic',
    'news\ufffd[31mroom  -          -     -     -  -                                        AIDEPS:1/C:-/L:-/R:-/J:-/M:-/H:-/D:-/U:-/X:optimistic',
    '',
  ]);
});

describe('a file that cannot be scored says what to do', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    [
      'a missing comma',
      '{\n  "shop": {"capabilities": []}\n  "clinic": {}\n}',
      /portfolios\.json:3:3: not JSON: comma expected$/,
    ],
    ['an open brace', '{"shop": {', /portfolios\.json:1:11: not JSON: close brace expected$/],
    ['nothing', '', /portfolios\.json:1:1: not JSON: value expected$/],
    ['a comment', '{} // all', /portfolios\.json:1:4: not JSON: invalid comment token$/],
    ['a trailing comma', '{"shop": {"capabilities": [],}}', /portfolios\.json:1:30: not JSON: property name expected$/],
    [
      'a doubled key',
      '{"shop": {"capabilities": [], "capabilities": []}}',
      /portfolios\.json:1:31: key "capabilities" stands twice in one object$/,
    ],
    ['endless nesting', '['.repeat(200_000), /portfolios\.json:1:65: nests deeper than any portfolio$/],
    ['bytes that are no text', new Uint8Array([0x7b, 0xff, 0x7d]), /portfolios\.json: is not UTF-8 text$/],
    ['a list', '[]', /portfolios\.json: must hold an object, not a list$/],
    ['one bare portfolio', JSON.stringify(chat), /portfolios\.json: holds one portfolio without an id$/],
    [
      'a wrong field',
      '{"shop": {"capabilities": [{"id": "chat", "routes": [{"kapa": 1}]}]}}',
      /: portfolio "shop": capabilities\[0\]\.routes\[0\]: unknown field "kapa"$/,
    ],
    [
      'a number too large for a double',
      '{"shop": {"capabilities": [{"id": "chat", "weight": 1e999}]}}',
      /: portfolio "shop": capabilities\[0\]\.weight: must be a number/,
    ],
    ['too many bytes', ' '.repeat(32 * 1024 * 1024 + 1), /portfolios\.json: is larger than 32 MB$/],
  ])('%s', async (_, content, message) => {
    const refusal = await runScore({ file: written(content), format: 'json', unknown: 'pessimistic' }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(UserError);
    expect(refusal).toMatchObject({ message: expect.stringMatching(message), hint: expect.any(String) });
  });

  test.each([
    ['a missing file', 'nowhere.json', /nowhere\.json: no such file$/],
    ['a folder', '.', /: is a folder$/],
  ])('%s', async (_, file, message) => {
    const refusal = await runScore({ file: join(folder, file), format: 'json', unknown: 'pessimistic' }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ name: 'UserError', message: expect.stringMatching(message) });
  });

  test('a date that is none', async () => {
    await expect(runScore({ file: written('{}'), format: 'json', unknown: 'pessimistic', asOf: 'today' })).rejects.toThrow(
      UserError,
    );
  });
});
