import { describe, expect, test } from 'vitest';
import { compileRules } from '../../src/condition/compile.ts';
import { UserError } from '../../src/errors.ts';
import type { Rule } from '../../src/model/rule.ts';
import { capability, elements, leg, linked, numbers, route, rule, SITUATION } from './hand-made.ts';
import { builtInRules } from './rule-files.ts';

function problemOf(parts: Partial<Rule>): string {
  try {
    compileRules([rule(parts)]);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return '';
}

const GRAPH = linked({ routes: [route('openai')], capabilities: [capability('shop/chat', [leg('openai')])] });

function matches(parts: Partial<Rule>): boolean {
  const [compiled] = compileRules([rule(parts)]);
  const [element] = elements(GRAPH, parts.each ?? 'capability', { numbers: numbers() });
  return compiled !== undefined && element !== undefined && compiled.match(element) !== null;
}

test('every built-in rule compiles', () => {
  expect(compileRules(builtInRules()).length).toBeGreaterThan(45);
});

test('built-in rules have their own codes', () => {
  const codes = builtInRules().map((entry) => entry.code);
  expect(new Set(codes).size).toBe(codes.length);
});

describe('a condition is refused at load', () => {
  test.each([
    ['legs +', /^rules\/shop\/no-single-supplier\.yml: when: /],
    ['legs', /gives double, not bool/],
    ['legz > 1', /Unknown variable: legz/],
    ['operation > 3', /no such overload/],
    ['operation.matches("(a+)+$")', /matches/],
    ['models.exists(a, models.exists(b, models.exists(c, a == b && b == c)))', /more than 2 deep/],
    ['models[0] == "x"', /uses \[\]/],
    ['has(policy.banOrigins)', /has|calls/],
    ['policy.banned == "x"', /No such key/],
    ['legs / 2.0 > 1.0', /uses \//],
  ])('%s', (when, expected) => {
    expect(problemOf({ when })).toMatch(expected);
  });

  test('a flag that may be absent needs a comparison', () => {
    expect(problemOf({ each: 'leg', when: '!openWeights' })).toMatch(/fails where a fact is absent/);
    expect(problemOf({ each: 'leg', when: 'openWeights != true' })).toBe('');
  });

  test('the level at fault is named', () => {
    expect(problemOf({ levels: [{ when: 'true' }, { when: 'legs' }] })).toMatch(/levels\[1\]\.when: gives double/);
  });

  test('so are a missing dimension, a missing node and a p above 1', () => {
    expect(problemOf({ effect: 'factor', p: 0.5 })).toMatch(/dimension: missing/);
    expect(problemOf({ effect: 'edge' })).toMatch(/adds: missing/);
    expect(problemOf({ effect: 'factor', dimension: 'lockIn', p: 1.5 })).toMatch(/p: 1.5 is outside/);
  });

  test('a message may only name fields of its element', () => {
    expect(problemOf({ message: '{label} in {regionn}' })).toMatch(/message: capability has no field \{regionn\}/);
  });
});

describe('absent facts', () => {
  test('are neither below nor above a number', () => {
    expect(matches({ each: 'leg', when: 'shutdownDays <= 90' })).toBe(false);
    expect(matches({ each: 'leg', when: 'shutdownDays > 90' })).toBe(false);
    expect(matches({ each: 'leg', when: 'shutdownDays == null' })).toBe(true);
  });

  test('start with nothing and are in no list', () => {
    expect(matches({ each: 'leg', when: 'gateway.startsWith("open")' })).toBe(false);
    expect(matches({ each: 'leg', when: 'makerOrigin in policy.banOrigins' })).toBe(false);
  });
});

describe('levels and messages', () => {
  const [compiled] = compileRules([
    rule({
      each: 'node',
      when: 'exposure >= 0.25',
      severity: 'high',
      levels: [
        { when: 'exposure < 0.3', severity: 'low', p: 0.1 },
        { when: 'exposure < 0.5', severity: 'medium' },
      ],
      message: '{name}: {exposure} by {operators}, at home {home}, {foreign}',
    }),
  ]);
  const graph = linked({ nodes: [{ id: 'operator:openai', layer: 'operator', name: 'OpenAI', known: true }] });
  const situation = { ...SITUATION, home: ['EU'] };
  const at = (exposure: number) => elements(graph, 'node', { situation, numbers: numbers({ 'operator:openai': exposure }) })[0];

  test.each([
    [0.2, null],
    [0.25, 'low'],
    [0.3, 'medium'],
    [0.5, 'high'],
  ])('exposure %d is %s: the first level that holds', (exposure, severity) => {
    const element = at(exposure);
    expect(element && compiled?.match(element)?.severity).toBe(severity ?? undefined);
  });

  test('a share prints as percent, a list with commas, an absent fact as unknown', () => {
    const element = at(0.625);
    expect(element && compiled?.message(element)).toBe('OpenAI: 62.5 % by none, at home EU, unknown');
  });
});
