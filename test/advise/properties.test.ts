/** Whatever the graph: the numbers shown are the model's, nothing shown is a loss, and nothing given is touched. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adviseInDetail } from '../../src/advise/advise.ts';
import type { AdviseInput } from '../../src/advise/scene.ts';
import type { Capability, Leg } from '../../src/model/graph.ts';
import { score } from '../../src/score/score.ts';
import { capability, fallback, leg } from '../condition/hand-made.ts';
import { holds, TIMEOUT } from '../score/portfolios.ts';
import { finding, newsroom, valueWith } from './newsroom.ts';

const ROUTES = ['azure-gpt', 'bedrock', 'claude', 'embedding', 'gpt', 'gpt-3.5', 'gulf', 'own-llama', 'routed', 'vertex'];

const fallbacks = fc
  .tuple(fc.constantFrom(...ROUTES), fc.constantFrom('tested', 'auto', 'manual', 'dead'), fc.constantFrom(1, 1, 0.5, 0))
  .map(([to, kind, compat]) => fallback(to, { tested: 0.95, auto: 0.75, manual: 0.35, dead: 0 }[kind], { class: kind, compat }));

const legs: fc.Arbitrary<Leg> = fc
  .tuple(fc.constantFrom(...ROUTES), fc.array(fallbacks, { maxLength: 2 }), fc.constantFrom('chat', 'chat', 'rerank'))
  .map(([primary, rest, operation]) =>
    leg(primary, { fallbacks: rest, operation: primary === 'embedding' ? 'embeddings' : operation }),
  );

const factors = fc.subarray([
  { ruleId: 'base/api-shape', factor: 'shape', dimension: 'lockIn', p: 0.25, confidence: 1, evidence: ['client'] },
  { ruleId: 'lock-in/server-threads', factor: 'threads', dimension: 'lockIn', p: 0.6, confidence: 0.9, evidence: ['call'] },
  { ruleId: 'lifecycle/retired-model', factor: 'retired', dimension: 'lifecycle', p: 0.9, confidence: 1, evidence: ['client'] },
] as const);

const extra = fc.subarray([
  { layer: 'region', node: 'region:aws:eu-west-1', k: 1, ruleId: 'region/state-in-one-region' },
  { layer: 'cloud', node: 'cloud:aws', k: 0.5, ruleId: 'made/store' },
] as const);

const capabilities: fc.Arbitrary<readonly Capability[]> = fc
  .array(
    fc.record({
      legs: fc.array(legs, { minLength: 1, maxLength: 3 }),
      weight: fc.constantFrom(0, 0.25, 1, 1, 3),
      factors,
      extra,
      features: fc.constantFrom({}, { threads: ['call'] }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((all) => all.map(({ legs: own, ...rest }, index) => capability(`desk-${index}`, own, rest)));

const RULES = [
  'concentration/single-operator',
  'gateway/dead-fallback',
  'gateway/untested-failover',
  'lifecycle/retired-model',
  'lock-in/server-threads',
  'made/store',
  'region/pinned-endpoint',
  'region/state-in-one-region',
];

const SUBJECTS = [
  'desk-0',
  'desk-0#1',
  'desk-1',
  'desk-0>claude',
  'operator:openai',
  'layer:operator',
  'region:aws:eu-west-1',
  'workload:shop',
];

const findings = fc.array(
  fc.tuple(fc.constantFrom(...RULES), fc.constantFrom(...SUBJECTS)).map(([rule, subject]) => finding(rule, subject)),
  { maxLength: 6 },
);

const homes = fc.constantFrom<readonly string[]>([], ['EU'], ['US']);
const modes = fc.constantFrom('pessimistic' as const, 'optimistic' as const);

function inputOf(
  all: readonly Capability[],
  found: AdviseInput['findings'],
  more: { home: readonly string[]; unknown: AdviseInput['unknown'] },
) {
  return newsroom(all, { ...more, findings: found });
}

test(
  'a gain is the value before less the value after, by the model, and never a loss',
  () => {
    holds([capabilities, findings, homes, modes], (all, found, home, unknown) => {
      const input = inputOf(all, found, { home, unknown });
      const { portfolio } = input.measured;
      const before = score(portfolio, { unknown }).value;
      const { planned, findings: mended } = adviseInDetail(input);
      for (const { entry, option } of planned) {
        const after = valueWith(portfolio, [option.changed], unknown);
        expect(entry.before).toBe(before);
        expect(entry.after).toBeCloseTo(after.value ?? Number.NaN, 8);
        expect(entry.gain).toBe(entry.before - entry.after);
        expect(entry.gain).toBeGreaterThan(0.05);
        expect(entry.grade).toBe(after.grade);
      }
      for (const { fixGain } of mended) {
        if (fixGain === null) continue;
        expect(fixGain).toBeGreaterThanOrEqual(0);
        expect(fixGain).toBeLessThanOrEqual(before ?? 0);
      }
    });
  },
  TIMEOUT,
);

test(
  'the order of capabilities changes nothing, and what is given stays as it is',
  () => {
    holds([capabilities, findings, homes], (all, found, home) => {
      const input = inputOf(all, found, { home, unknown: 'pessimistic' });
      const copy = JSON.stringify([input.linked, input.measured.portfolio, input.findings]);
      const shown = (one: AdviseInput) =>
        adviseInDetail(one).planned.map(({ entry }) => [entry.capability, entry.title, entry.grade, entry.files, entry.caveats]);
      const there = shown(input);
      expect(JSON.stringify([input.linked, input.measured.portfolio, input.findings])).toBe(copy);
      expect(shown(inputOf([...all].reverse(), found, { home, unknown: 'pessimistic' }))).toEqual(there);
    });
  },
  TIMEOUT,
);
