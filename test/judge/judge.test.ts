import { describe, expect, test } from 'vitest';
import { compileRules } from '../../src/condition/compile.ts';
import { type JudgeOptions, judge } from '../../src/judge/judge.ts';
import type { Linked } from '../../src/model/graph.ts';
import type { Rule } from '../../src/model/rule.ts';
import {
  capability,
  facts,
  fallback,
  inventory,
  leg,
  linked,
  node,
  numbers,
  place,
  route,
  rule,
  SITUATION,
} from '../condition/hand-made.ts';
import { builtInRules } from '../condition/rule-files.ts';

const RULE = rule({ id: 'shop/alone' });

function judged(graph: Linked, rules: readonly Rule[] = [RULE], parts: Partial<JudgeOptions> = {}) {
  return judge(graph, compileRules(rules), {
    facts: facts(),
    situation: SITUATION,
    numbers: numbers(),
    suppressions: [],
    directives: [],
    gate: {},
    ...parts,
  });
}

function shop(parts: Parameters<typeof capability>[2] = {}, rest: Partial<Linked> = {}): Linked {
  return linked({
    routes: [route('openai')],
    evidence: [place('e1')],
    capabilities: [capability('shop/chat', [leg('openai')], { sites: ['e1'], ...parts })],
    ...rest,
  });
}

describe('severity', () => {
  const severity = (parts: Parameters<typeof capability>[2], of: Partial<Rule> = {}) =>
    judged(shop(parts), [rule({ severity: 'high', ...of })]).findings.map((finding) => finding.severity);

  test('is the rule’s own for a standard capability', () => expect(severity({})).toEqual(['high']));
  test('rises one step for a critical one', () => expect(severity({ criticality: 'critical', weight: 3 })).toEqual(['critical']));
  test('cannot rise above critical', () =>
    expect(severity({ criticality: 'critical', weight: 3 }, { severity: 'critical' })).toEqual(['critical']));
  test('falls to info where the weight is 0', () => expect(severity({ context: 'test', weight: 0 })).toEqual(['info']));
  test('falls to info in a test of a critical capability', () =>
    expect(severity({ context: 'test', criticality: 'critical', weight: 0 })).toEqual(['info']));
  test('of a policy holds in any context', () =>
    expect(severity({ context: 'test', weight: 0 }, { effect: 'policy' })).toEqual(['high']));
  test('of a level wins over the rule’s', () =>
    expect(severity({}, { levels: [{ when: 'weight > 0', severity: 'low' }] })).toEqual(['low']));

  test('of infrastructure without AI stays', () => {
    const regions = [
      {
        id: 'me-central-1',
        key: 'r',
        context: 'production',
        confidence: 1,
        how: 'literal',
        evidence: [],
        path: 'main.tf',
        line: 1,
        cloud: 'aws',
        region: 'me-central-1',
        country: 'AE',
        role: 'deploy',
      },
    ] as const;
    const known = facts({
      region: () => ({
        name: 'UAE',
        country: 'AE',
        jurisdiction: 'AE',
        pair: null,
        risk: { event: 'zones impaired', state: 'disrupted', date: '2026-05-01', source: 'status page' },
      }),
    });
    const { findings } = judged(linked({ inventory: inventory({ regions }) }), builtInRules(), { facts: known });
    expect(findings.map((finding) => [finding.ruleId, finding.severity, finding.subject])).toEqual([
      ['region/elevated-risk', 'high', 'region:aws:me-central-1'],
    ]);
  });
});

describe('groups and fingerprints', () => {
  test('findings of one workload and operator group are one group, headed by the worst', () => {
    const rules = [rule({ id: 'shop/low', severity: 'low' }), rule({ id: 'shop/bad', severity: 'critical', each: 'leg' })];
    const { groups } = judged(shop({}, { nodes: [node('operator:openai', { group: 'openai-group' })] }), rules);
    expect(groups.map(({ key, head, facets }) => [key, head.ruleId, facets.map((facet) => facet.ruleId)])).toEqual([
      ['shop operator:openai-group', 'shop/bad', ['shop/low']],
    ]);
  });

  test('a finding about several workloads is its own group', () => {
    const graph = shop({}, { nodes: [node('operator:openai')] });
    const both = {
      ...graph,
      capabilities: [...graph.capabilities, capability('news/chat', [leg('openai')], { workload: 'news' })],
    };
    expect(judged(both, [rule({ each: 'node' })]).findings.map((finding) => finding.group)).toEqual(['operator:openai']);
  });

  test('moving a line or renaming a file changes no fingerprint', () => {
    const at = (parts: Parameters<typeof place>[1]) =>
      judged(shop({}, { evidence: [place('e1', parts)] })).findings[0]?.fingerprint;
    expect(at({ line: 70, endLine: 70 })).toBe(at({}));
    expect(at({ path: 'src/elsewhere.ts' })).toBe(at({}));
    expect(at({})).toMatch(/^[0-9a-f]{16}$/);
  });

  test('rule, workload and subject each change it', () => {
    const prints = [
      judged(shop()),
      judged(shop(), [rule({ id: 'shop/other' })]),
      judged(shop({ workload: 'news' })),
      judged(shop({ id: 'shop/chat-2' })),
    ].map((result) => result.findings[0]?.fingerprint);
    expect(new Set(prints).size).toBe(4);
  });

  test('equal subjects are told apart by their order', () => {
    const client = (line: number) =>
      ({
        id: `c${line}`,
        provider: 'openai',
        regionHow: 'none',
        baseUrlHow: 'none',
        modelHow: 'none',
        workload: 'shop',
        context: 'production',
        capabilities: [],
        evidence: [`e${line}`],
      }) as const;
    const graph = linked({ evidence: [place('e1', { line: 1 }), place('e9', { line: 9 })], clients: [client(9), client(1)] });
    const { findings } = judged(graph, [rule({ each: 'client' })]);
    expect(new Set(findings.map((finding) => finding.fingerprint)).size).toBe(2);
    const turned = judged({ ...graph, clients: [client(1), client(9)] }, [rule({ each: 'client' })]);
    expect(turned.findings).toEqual(findings);
  });

  test('the order of rules and capabilities changes nothing', () => {
    const routes = [route('openai'), route('mistral')];
    const capabilities = [capability('a', [leg('openai')]), capability('b', [leg('mistral')])];
    const one = judged(linked({ routes, capabilities }), builtInRules());
    const other = judged(linked({ routes, capabilities: [...capabilities].reverse() }), [...builtInRules()].reverse());
    expect(other.findings).toEqual(one.findings);
    expect(other.groups).toEqual(one.groups);
  });
});

describe('findings', () => {
  test('of a factor about features stand at the features', () => {
    const known = facts({ feature: () => ({ name: 'threads', rule: 'lock-in/server-threads', p: 0.6 }) });
    const graph = shop(
      { features: { threads: ['e2'] } },
      { evidence: [place('e1'), place('e2', { line: 20, confidence: 0.6 })] },
    );
    const found = judged(graph, builtInRules(), { facts: known }).findings.find(
      (finding) => finding.ruleId === 'lock-in/server-threads',
    );
    expect(found).toMatchObject({ evidence: ['e2'], confidence: 0.6, severity: 'high', fixGain: null });
  });

  test('name thing and number', () => {
    const graph = linked({
      nodes: [node('operator:openai', { name: 'OpenAI' })],
      routes: [route('openai')],
      capabilities: [capability('a', [leg('openai')]), capability('b', [leg('openai')])],
    });
    const { findings } = judged(graph, builtInRules(), { numbers: numbers({ 'operator:openai': 0.625 }) });
    expect(findings.find((finding) => finding.ruleId === 'concentration/dominant-operator')?.message).toBe(
      'OpenAI can take 62.5 % of the AI workload with it',
    );
  });

  test('are silent about an only capability dominating', () => {
    const graph = shop({}, { nodes: [node('operator:openai')] });
    const ids = judged(graph, builtInRules(), { numbers: numbers({ 'operator:openai': 1 }) }).findings.map(
      (finding) => finding.ruleId,
    );
    expect(ids).not.toContain('concentration/dominant-operator');
    expect(ids).toContain('concentration/single-operator');
  });

  test('an automatic fallback elsewhere silences the sole supplier and asks for a test', () => {
    const graph = linked({
      routes: [route('openai'), route('anthropic')],
      capabilities: [capability('a', [leg('openai', { fallbacks: [fallback('anthropic', 0.75)] })])],
    });
    const ids = judged(graph, builtInRules()).findings.map((finding) => finding.ruleId);
    expect(ids).not.toContain('concentration/single-operator');
    expect(ids).toContain('gateway/untested-failover');
  });

  test('carry a note for each rule that fired', () => {
    expect(judged(shop(), [RULE, rule({ id: 'shop/never', when: 'false' })]).rules.map((note) => note.id)).toEqual([
      'shop/alone',
    ]);
  });
});

test('the gate sees policy findings and the limits', () => {
  const policy = rule({ id: 'shop/policy', effect: 'policy', message: 'not allowed' });
  expect(judged(shop(), [policy], { gate: { maxScore: 50 } }).gate).toEqual({
    passed: false,
    reasons: ['risk 59.6 is above --max-score 50', 'policy shop/policy: not allowed'],
  });
});
