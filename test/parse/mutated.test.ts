import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import dotenv from '../../src/detect/config/dotenv.ts';
import tsconfig from '../../src/detect/config/tsconfig.ts';
import compose from '../../src/detect/infra/compose.ts';
import terraform from '../../src/detect/infra/terraform.ts';
import npm from '../../src/detect/manifest/npm.ts';
import npmLock from '../../src/detect/manifest/npm-lock.ts';
import pnpmLock from '../../src/detect/manifest/pnpm-lock.ts';
import pnpmWorkspace from '../../src/detect/manifest/pnpm-workspace.ts';
import yarnLock from '../../src/detect/manifest/yarn-lock.ts';
import { testVocabulary } from '../detect/test-vocabulary.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/detectors');
const DETECTORS = [dotenv, tsconfig, compose, terraform, npm, npmLock, pnpmLock, pnpmWorkspace, yarnLock];
const PIECES = [
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  ':',
  ',',
  '=',
  '#',
  '//',
  '/*',
  '${',
  '<<EOT\n',
  '&a ',
  '*a',
  '<<: ',
  '\n',
  '\r',
  '\t',
  '\0',
  '\uFEFF',
  '\uD800',
  '@',
  '- ',
  '!x ',
  '\\',
];

interface Edit {
  readonly at: number;
  readonly drop: number;
  readonly put: string;
}

const edits = fc.array(fc.record({ at: fc.nat(2000), drop: fc.nat(40), put: fc.constantFrom(...PIECES) }), {
  minLength: 1,
  maxLength: 6,
});

function mutated(text: string, changes: readonly Edit[]): string {
  let result = text;
  for (const { at, drop, put } of changes) {
    const start = at % (result.length + 1);
    result = result.slice(0, start) + put + result.slice(start + drop);
  }
  return result;
}

/** Every input of a detector's fixtures, with its file extension as far as that is a kind. */
function inputs(id: string): readonly { readonly text: string; readonly kind: string }[] {
  return readdirSync(join(FIXTURES, id), { recursive: true, encoding: 'utf8' })
    .filter((path) => basename(path) !== 'expected.txt' && basename(path).includes('.'))
    .map((path) => ({
      text: readFileSync(join(FIXTURES, id, path), 'utf8'),
      kind: /(\.tfvars(?:\.json)?|\.tf)$/.exec(path)?.[0] ?? basename(path),
    }));
}

describe.each(DETECTORS.map((detector) => [detector.id, detector] as const))('%s', (id, detector) => {
  test('reads whatever a careless edit leaves, and says the same twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...inputs(id)), edits, async ({ text, kind }, changes) => {
        const source = { text: mutated(text, changes), kind };
        const first = JSON.stringify(await detector.observe(source, testVocabulary));
        expect(JSON.stringify(await detector.observe(source, testVocabulary))).toBe(first);
      }),
      { numRuns: 1500, seed: 7 },
    );
  });
});
