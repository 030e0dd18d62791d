import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrefilter } from '../../src/collect/prefilter.ts';

function matches(words: readonly string[], text: string): boolean {
  const bytes = Buffer.from(text, 'utf8');
  return createPrefilter(words).matches(bytes, bytes.length);
}

test('says what a naive search says', () => {
  const word = fc.stringMatching(/^[abc]{1,6}$/);
  const text = fc.stringMatching(/^[abcABC ]{0,40}$/);
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), text, (words, haystack) => {
      const folded = haystack.toLowerCase();
      expect(matches(words, haystack)).toBe(words.some((needle) => folded.includes(needle)));
    }),
    { numRuns: 3000 },
  );
});

test('says what a naive search says of arbitrary bytes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, maxLength: 4, unit: 'binary' }), { maxLength: 5 }),
      fc.uint8Array({ maxLength: 60 }),
      (words, bytes) => {
        const fold = (part: Uint8Array) => Buffer.from(part.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte)));
        const folded = fold(bytes);
        // Non-ASCII letters are folded in the words alone, so the words of this test are folded beforehand.
        const lower = words.map((word) => word.toLowerCase());
        expect(createPrefilter(lower).matches(bytes, bytes.length)).toBe(
          lower.some((word) => folded.includes(fold(Buffer.from(word)))),
        );
      },
    ),
    { numRuns: 1000 },
  );
});

test('a word that is the start, the middle or the end of another is found alone', () => {
  const words = ['gpt-4o', 'gpt', 'pt-4'];
  expect(['xgptx', 'pt-4', 'GPT-4O', 'gp t-4o'].map((text) => matches(words, text))).toEqual([true, true, true, false]);
});

test('no words, empty words and empty text find nothing', () => {
  expect(matches([], 'openai')).toBe(false);
  expect(matches([''], 'openai')).toBe(false);
  expect(matches(['openai'], '')).toBe(false);
});

test('bytes behind the given length are not looked at', () => {
  const bytes = Buffer.from('open openai');
  expect(createPrefilter(['openai']).matches(bytes, 10)).toBe(false);
});
