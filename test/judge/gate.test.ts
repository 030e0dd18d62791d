import { describe, expect, test } from 'vitest';
import { evaluateGate, type GateInput } from '../../src/judge/gate.ts';
import { groupFindings } from '../../src/judge/groups.ts';
import type { Finding } from '../../src/model/report.ts';
import type { Severity } from '../../src/model/rule.ts';

function finding(parts: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'region/pinned-endpoint',
    code: 'REG-01',
    severity: 'high',
    confidence: 1,
    message: 'chat is pinned',
    subject: 'shop/chat',
    group: 'shop operator:amazon',
    fingerprint: 'f',
    evidence: [],
    fix: '',
    fixGain: null,
    ...parts,
  };
}

function gate(parts: Partial<GateInput>): readonly string[] {
  const { passed, reasons } = evaluateGate({ score: { value: 59.6, grade: 'D' }, groups: [], policyFindings: [], ...parts });
  expect(passed).toBe(reasons.length === 0);
  return reasons;
}

const suppressed = { by: 'inline', reason: 'agreed' };

describe('--max-score', () => {
  test.each([
    [78.2, 60, ['risk 78.2 is above --max-score 60']],
    [60, 60, []],
    [59.999, 60, []],
    [60.04, 60, ['risk 60.04 is above --max-score 60']],
    [60.0000001, 60, ['risk 60.0000001 is above --max-score 60']],
    [0, 0, []],
    [null, 0, []],
  ])('%s against %d', (value, maxScore, expected) => {
    expect(gate({ score: { value, grade: 'D' }, maxScore })).toEqual(expected);
  });
});

describe('--max-grade', () => {
  test.each([
    ['C', 'C', []],
    ['B', 'C', []],
    ['D', 'C', ['grade D is worse than --max-grade C']],
    ['F', 'A', ['grade F is worse than --max-grade A']],
    ['-', 'A', []],
  ] as const)('%s against %s', (grade, maxGrade, expected) => {
    expect(gate({ score: { value: 1, grade }, maxGrade })).toEqual(expected);
  });
});

describe('--fail-on', () => {
  const count = (severities: readonly Severity[], failOn: Severity) =>
    gate({ groups: groupFindings(severities.map((severity, index) => finding({ severity, group: `g${index}` }))), failOn })
      .length;
  test.each([
    [['medium', 'low'], 'high', 0],
    [['high'], 'high', 1],
    [['critical'], 'high', 1],
    [['info'], 'info', 1],
    [[], 'info', 0],
  ] as const)('%j at %s', (severities, failOn, expected) => {
    expect(count(severities, failOn)).toBe(expected);
  });

  test('counts groups, not findings', () => {
    const groups = groupFindings([finding(), finding({ severity: 'medium' }), finding({ group: 'news operator:openai' })]);
    expect(gate({ groups, failOn: 'medium' })).toEqual([
      '2 groups of findings are at or above --fail-on medium; the worst: chat is pinned (region/pinned-endpoint)',
    ]);
  });

  test('a suppressed head hands its group to the next finding', () => {
    const groups = groupFindings([finding({ suppressed }), finding({ severity: 'low', message: 'wide' })]);
    expect(groups.map((group) => [group.head.message, group.suppressed])).toEqual([['wide', false]]);
    expect(gate({ groups, failOn: 'high' })).toEqual([]);
    expect(gate({ groups, failOn: 'low' })).toHaveLength(1);
  });

  test('a group that is suppressed as a whole does not count', () => {
    expect(gate({ groups: groupFindings([finding({ suppressed })]), failOn: 'info' })).toEqual([]);
  });
});

describe('policy', () => {
  test('trips without any limit', () => {
    expect(gate({ policyFindings: [finding({ ruleId: 'jurisdiction/banned-origin', message: 'made in CN' })] })).toEqual([
      'policy jurisdiction/banned-origin: made in CN',
    ]);
  });

  test('is silent where it is suppressed', () => {
    expect(gate({ policyFindings: [finding({ suppressed })] })).toEqual([]);
  });
});

test('limits are independent, and every reason is given', () => {
  const groups = groupFindings([finding()]);
  expect(gate({ score: { value: 78.2, grade: 'F' }, groups, maxScore: 60, maxGrade: 'C', failOn: 'high' })).toHaveLength(3);
});
