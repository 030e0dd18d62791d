import { expect, test } from 'vitest';
import { heldVersion, isWithin } from '../../src/condition/versions.ts';

test.each([
  ['1.82.7', '>=1.0', '1.82.7'],
  [null, '==1.82.7', '1.82.7'],
  [null, '1.82.7', '1.82.7'],
  [null, '== 1.82.7', '1.82.7'],
  [null, 'v1.2.3', '1.2.3'],
  [null, '^1.82.7', undefined],
  [null, '==1.82.*', undefined],
  [null, '>=1,<2', undefined],
  [null, '', undefined],
])('locked %s, declared %s: %s is installed', (version, range, held) => expect(heldVersion({ version, range })).toBe(held));

test.each([
  ['0.28.1', '>=0.27', true],
  ['1.30.1', '<1', false],
  [null, '^3.2.1', true],
  [null, '>=0.27,<1', true],
  [null, '~=0.28', true],
  [null, '==0.28.*', true],
  [null, '>=0.27', false],
  [null, '*', false],
  [null, 'latest', false],
  [null, 'git+https://example.org/openai', false],
  [null, '', false],
])('locked %s, declared %s: all of it before 4.0.0 or not', (version, range, expected) =>
  expect(isWithin({ version, range }, range === '^3.2.1' ? '<4.0.0' : '<1.0.0')).toBe(expected),
);
