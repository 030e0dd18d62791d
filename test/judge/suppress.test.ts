import { describe, expect, test } from 'vitest';
import { compileRules } from '../../src/condition/compile.ts';
import { matchesGlob } from '../../src/condition/globs.ts';
import { judge } from '../../src/judge/judge.ts';
import { nearestName } from '../../src/judge/nearest.ts';
import type { DirectiveText } from '../../src/judge/suppress.ts';
import type { Suppression } from '../../src/model/config.ts';
import type { Linked } from '../../src/model/graph.ts';
import { capability, facts, leg, linked, node, numbers, place, route, rule, SITUATION } from '../condition/hand-made.ts';

const ALONE = rule({ id: 'shop/alone', severity: 'high' });
const NODES = rule({ id: 'shop/dominant', each: 'node' });

function graph(sites: readonly string[] = ['e1']): Linked {
  return linked({
    nodes: [node('operator:openai')],
    routes: [route('openai', { evidence: ['e1'] })],
    evidence: [place('e1'), place('e2', { path: 'test/answer.test.ts' })],
    capabilities: [capability('shop/chat', [leg('openai')], { sites })],
  });
}

interface Written {
  readonly directives?: readonly DirectiveText[];
  readonly suppressions?: readonly Suppression[];
  readonly sites?: readonly string[];
}

function judged({ directives = [], suppressions = [], sites = ['e1'] }: Written) {
  return judge(graph(sites), compileRules([ALONE, NODES]), {
    facts: facts(),
    situation: SITUATION,
    numbers: numbers(),
    suppressions,
    directives,
    gate: { failOn: 'high' },
  });
}

function suppressedBy(written: Written) {
  return judged(written).findings.find((finding) => finding.ruleId === 'shop/alone')?.suppressed;
}

function reasons(written: Written): readonly string[] {
  return judged(written).problems.map((problem) => problem.reason);
}

/** The call stands at line 7, column 3. */
function comment(text: string, line: number, column: number, ownLine?: boolean): DirectiveText {
  const at = { path: 'src/answer.ts', line, column, endLine: line, endColumn: column + text.length };
  return ownLine === undefined ? { text, at } : { text, at, ownLine };
}

describe('an inline suppression', () => {
  const TEXT = 'shop/alone -- pilot until spring';

  test('on its own line speaks of the next', () => {
    expect(suppressedBy({ directives: [comment(TEXT, 6, 3)] })).toEqual({ by: 'inline', reason: 'pilot until spring' });
  });

  test('behind code speaks of its own line', () => {
    expect(suppressedBy({ directives: [comment(TEXT, 7, 40)] })).toBeDefined();
  });

  test('reaches no further', () => {
    for (const line of [5, 8]) expect(suppressedBy({ directives: [comment(TEXT, line, 3)] })).toBeUndefined();
    expect(suppressedBy({ directives: [comment(TEXT, 6, 40, false)] })).toBeUndefined();
    expect(suppressedBy({ directives: [comment(TEXT, 7, 1, true)] })).toBeUndefined();
  });

  test('takes its group out of the gate and leaves the finding in the list', () => {
    const result = judged({ directives: [comment(TEXT, 6, 3)] });
    expect(result.gate.passed).toBe(true);
    expect(judged({}).gate.passed).toBe(false);
    expect(result.findings).toHaveLength(judged({}).findings.length);
  });

  test('of another rule does nothing and is unused', () => {
    const directives = [comment('shop/dominant -- no', 6, 3)];
    expect(suppressedBy({ directives })).toBeUndefined();
    expect(reasons({ directives })).toEqual(['unused-suppression']);
  });

  test('cannot answer for a supplier of the whole tree', () => {
    const result = judged({ directives: [comment('shop/dominant -- no', 6, 3)] });
    expect(result.findings.filter((finding) => finding.suppressed)).toEqual([]);
  });

  test('of several rules is checked rule by rule', () => {
    expect(reasons({ directives: [comment('shop/alone, shop/dominant -- both', 6, 3)] })).toEqual(['unused-suppression']);
  });

  test('that is malformed is a problem and suppresses nothing', () => {
    const directives = [comment('shop/alone', 6, 3)];
    expect(suppressedBy({ directives })).toBeUndefined();
    expect(judged({ directives }).problems).toEqual([
      {
        path: 'src/answer.ts',
        reason: 'malformed-suppression',
        message: 'src/answer.ts:6: ai-deps-ignore has no reason; write -- and why it is ignored; nothing is suppressed',
      },
    ]);
  });

  test('of an unknown rule names the nearest', () => {
    expect(judged({ directives: [comment('shop/alon -- slip', 6, 3)] }).problems.map((problem) => problem.message)).toEqual([
      'src/answer.ts:6: there is no rule shop/alon; did you mean shop/alone?',
    ]);
  });
});

describe('the end of a suppression', () => {
  const until = (date: string) => ({ directives: [comment(`shop/alone until=${date} -- pilot`, 6, 3)] });

  test.each([
    ['2026-11-19', false, ['expired-suppression']],
    ['2026-11-20', true, ['expiring-suppression']],
    ['2026-12-04', true, ['expiring-suppression']],
    ['2026-12-05', true, []],
  ])('%s: suppressed %s, told %j', (date, holds, told) => {
    expect(suppressedBy(until(date)) !== undefined).toBe(holds);
    expect(reasons(until(date))).toEqual(told);
  });

  test('stands in the finding', () => {
    expect(suppressedBy(until('2027-03-31'))).toEqual({ by: 'inline', reason: 'pilot', until: '2027-03-31' });
  });
});

describe('a suppression in ai-deps.yml', () => {
  const entry = (parts: Partial<Suppression> = {}): Suppression => ({
    rule: 'shop/alone',
    paths: [],
    reason: 'accepted',
    ...parts,
  });
  const with_ = (parts: Partial<Suppression>, sites?: readonly string[]) =>
    suppressedBy({ suppressions: [entry(parts)], ...(sites === undefined ? {} : { sites }) });

  test('holds everywhere without paths, and names its owner', () => {
    expect(with_({ owner: 'ml-team' })).toEqual({ by: 'config (ml-team)', reason: 'accepted' });
  });

  test('holds in its paths', () => {
    expect(with_({ paths: ['src/**'] })).toBeDefined();
    expect(with_({ paths: ['test/**'] })).toBeUndefined();
  });

  test('of test paths does not silence what production does too', () => {
    expect(with_({ paths: ['test/**'] }, ['e2'])).toBeDefined();
    expect(with_({ paths: ['test/**'] }, ['e1', 'e2'])).toBeUndefined();
  });

  test('may name one finding', () => {
    const fingerprint = judged({}).findings.find((finding) => finding.ruleId === 'shop/alone')?.fingerprint ?? '';
    expect(with_({ fingerprint })).toBeDefined();
    expect(with_({ fingerprint: '0000000000000000' })).toBeUndefined();
  });

  test('may name a whole layer’s finding', () => {
    const { findings } = judged({ suppressions: [entry({ rule: 'shop/dominant' })] });
    expect(findings.filter((finding) => finding.suppressed).map((finding) => finding.ruleId)).toEqual(['shop/dominant']);
  });

  test.each([
    ['without a reason', { reason: '  ' }, ['malformed-suppression']],
    ['with a date that is none', { until: 'spring' }, ['malformed-suppression']],
    ['that has ended', { until: '2026-01-01' }, ['expired-suppression']],
    ['of an unknown rule', { rule: 'shop/lonely' }, ['unknown-rule']],
  ])('%s suppresses nothing and says so', (_name, parts, told) => {
    expect(with_(parts)).toBeUndefined();
    expect(reasons({ suppressions: [entry(parts)] })).toEqual(told);
  });
});

describe('globs of paths', () => {
  test.each([
    ['src/**', 'src/a/b.ts', true],
    ['src/', 'src/a/b.ts', true],
    ['src/*', 'src/a/b.ts', false],
    ['src/*.ts', 'src/b.ts', true],
    ['**/b.ts', 'src/a/b.ts', true],
    ['**/b.ts', 'b.ts', true],
    ['**/b.ts', 'src/a-b.ts', false],
    ['src/**/b.ts', 'src/b.ts', true],
    ['./src/b.ts', 'src/b.ts', true],
    ['src/?.ts', 'src/b.ts', true],
    ['src/?.ts', 'src/bb.ts', false],
    ['src', 'src/b.ts', false],
    ['src/b.ts', 'src/bxts', false],
  ])('%s on %s: %s', (glob, path, expected) => {
    expect(matchesGlob(glob, path)).toBe(expected);
  });

  test('a hostile glob takes no more than its turn', () => {
    expect(matchesGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(2000))).toBe(false);
    expect(matchesGlob(`${'**/'.repeat(200)}b`, 'a/'.repeat(1000))).toBe(false);
  });
});

test('a name too far from all is left alone', () => {
  expect(nearestName('weather/rain', ['shop/alone'])).toBe(null);
  expect(nearestName('alone', ['shop/alone'])).toBe('shop/alone');
});
