import { describe, expect, test } from 'vitest';
import { compileRules } from '../../src/condition/compile.ts';
import type { Facts } from '../../src/condition/facts.ts';
import type { Linked } from '../../src/model/graph.ts';
import type { Rule } from '../../src/model/rule.ts';
import { weigh } from '../../src/weigh/weigh.ts';
import { capability, facts, fallback, leg, linked, place, route, rule, SITUATION } from '../condition/hand-made.ts';
import { builtInRules } from '../condition/rule-files.ts';

const FEATURES: Readonly<Record<string, { rule: string; p: number }>> = {
  batch: { rule: 'lock-in/platform-objects', p: 0.2 },
  files: { rule: 'lock-in/platform-objects', p: 0.25 },
  thinking: { rule: 'portability/provider-parameters', p: 0.1 },
  'strict-schema': { rule: 'portability/provider-parameters', p: 0.05 },
  threads: { rule: 'lock-in/server-threads', p: 0.6 },
};
const FACTS = facts({
  feature: (id) => {
    const known = FEATURES[id];
    return known === undefined ? null : { name: id, ...known };
  },
});

function weighed(graph: Linked, rules: readonly Rule[], known: Facts = FACTS) {
  return weigh(graph, compileRules(rules), { facts: known, situation: SITUATION });
}

function factors(graph: Linked, rules: readonly Rule[] = builtInRules(), known: Facts = FACTS) {
  return weighed(graph, rules, known).capabilities.map((entry) =>
    entry.factors.map(({ factor, p, confidence }) => [factor, p, confidence]),
  );
}

const CHAT = { routes: [route('openai', { how: 'config' })] };
const using = (features: Readonly<Record<string, readonly string[]>>) =>
  linked({ ...CHAT, evidence: [place('e1')], capabilities: [capability('c', [leg('openai')], { features })] });

describe('factors', () => {
  test('a rule with p gives one factor, by its id', () => {
    expect(factors(using({ threads: ['e1'] }))).toEqual([[['lock-in/server-threads', 0.6, 1]]]);
  });

  test('objects without a common p count one by one', () => {
    expect(factors(using({ batch: ['e1'], files: ['e1'] }))).toEqual([
      [
        ['lock-in/platform-objects#batch', 0.2, 1],
        ['lock-in/platform-objects#files', 0.25, 1],
      ],
    ]);
  });

  test('a rule that names its factor type takes the strongest feature', () => {
    expect(factors(using({ 'strict-schema': ['e1'], thinking: ['e1'] }))).toEqual([[['provider-parameters', 0.1, 1]]]);
    expect(factors(using({ 'strict-schema': ['e1'] }))).toEqual([[['provider-parameters', 0.05, 1]]]);
  });

  test('confidence is literal 1, resolved 0.9 or heuristic 0.6', () => {
    const at = (confidence: number) => {
      const graph = linked({ routes: [route('openai', { confidence })], capabilities: [capability('c', [leg('openai')])] });
      return factors(graph)
        .flat()
        .map((entry) => entry[2]);
    };
    expect([at(1), at(0.95), at(0.9), at(0.81)]).toEqual([[1], [0.9], [0.9], [0.6]]);
  });

  test('each type counts once: the heavier leg stays, with the places of both', () => {
    const tuned = (id: string, openWeights: boolean) => route(id, { tuned: true, how: 'config', openWeights, evidence: [id] });
    const graph = linked({
      routes: [tuned('open', true), tuned('closed', false)],
      capabilities: [capability('rag', [leg('open'), leg('closed')])],
    });
    const [rag] = weighed(graph, builtInRules()).capabilities;
    expect(rag?.factors).toEqual([
      {
        ruleId: 'lock-in/fine-tuned-model',
        factor: 'fine-tuned-model',
        dimension: 'lockIn',
        p: 0.6,
        confidence: 1,
        evidence: ['closed', 'open'],
      },
    ]);
  });

  test('the base factor that link put there stays', () => {
    const base = { ruleId: 'api-shape', factor: 'api-shape', dimension: 'lockIn', p: 0.25, confidence: 1, evidence: [] } as const;
    const graph = linked({ ...CHAT, capabilities: [capability('c', [leg('openai')], { factors: [base] })] });
    expect(weighed(graph, builtInRules()).capabilities[0]?.factors).toEqual([base]);
  });

  test('a fault of a fallback is no lifecycle factor', () => {
    const known = facts({
      retirement: (operator) =>
        operator === 'anthropic'
          ? { shutdown: '2026-01-05', replacement: null, days: -319, announced: true, earliestDays: null }
          : null,
    });
    const graph = linked({
      routes: [route('openai', { how: 'config' }), route('anthropic')],
      capabilities: [capability('c', [leg('openai', { fallbacks: [fallback('anthropic', 0.75)] })])],
    });
    expect(factors(graph, builtInRules(), known)).toEqual([[]]);
  });
});

describe('lifecycle by days to shutdown', () => {
  const at = (days: number | null, announced = true) => {
    const known = facts({ retirement: () => ({ shutdown: null, replacement: null, days, announced, earliestDays: null }) });
    return factors(using({}), builtInRules(), known)
      .flat()
      .map(([factor, p]) => `${factor} ${p}`);
  };
  test.each([
    [-1, ['lifecycle/retired-model 0.9']],
    [0, ['lifecycle/retired-model 0.9']],
    [1, ['lifecycle/shutdown-soon 0.7']],
    [30, ['lifecycle/shutdown-soon 0.7']],
    [31, ['lifecycle/shutdown-soon 0.5']],
    [90, ['lifecycle/shutdown-soon 0.5']],
    [91, ['lifecycle/deprecated-model 0.35']],
    [null, ['lifecycle/deprecated-model 0.35']],
  ])('%s days: %j', (days, expected) => {
    expect(at(days)).toEqual(expected);
  });

  test('a promise to keep a model until a date is no end', () => {
    expect(at(null, false)).toEqual([]);
  });
});

describe('edges', () => {
  const bucket = {
    id: 'r',
    type: 'aws_opensearchserverless_collection',
    name: 'recipes',
    layer: 'store',
    region: 'region:aws:me-central-1',
    attributes: {},
    replicated: false,
    capabilities: ['c'],
    workload: 'shop',
    context: 'production',
    evidence: ['e1'],
  } as const;
  const graph = (replicated: boolean) => linked({ ...using({}), resources: [{ ...bucket, replicated }] });
  const known = facts({
    region: (_cloud, id) => ({ name: id, country: 'AE', jurisdiction: 'AE', pair: null, risk: null }),
  });

  test('state in one region adds that region to what reads it', () => {
    const result = weighed(graph(false), builtInRules(), known);
    expect(result.capabilities[0]?.extra).toEqual([
      { layer: 'region', node: 'region:aws:me-central-1', k: 1, ruleId: 'region/state-in-one-region' },
    ]);
    expect(result.nodes).toEqual([
      { id: 'region:aws:me-central-1', layer: 'region', name: 'AWS me-central-1, AE', known: true, jurisdiction: 'AE' },
    ]);
    expect(result.edges).toEqual([{ from: 'c', to: 'region:aws:me-central-1', k: 1, evidence: ['e1'] }]);
  });

  test('replicated state adds nothing', () => {
    const result = weighed(graph(true), builtInRules(), known);
    expect([result.capabilities[0]?.extra, result.nodes, result.edges]).toEqual([[], [], []]);
  });

  test('weighing twice from the same graph gives the same graph, and leaves the first as it was', () => {
    const before = graph(false);
    const copy = structuredClone(before);
    expect(weighed(before, builtInRules(), known)).toEqual(weighed(before, [...builtInRules()].reverse(), known));
    expect(before).toEqual(copy);
  });
});

test('rules of other effects weigh nothing', () => {
  expect(factors(using({}), [rule({ effect: 'metric', p: 0.9 }), rule({ effect: 'info' })])).toEqual([[]]);
});
