/** What mending a finding gains. */
import { describe, expect, test } from 'vitest';
import { advise } from '../../src/advise/advise.ts';
import type { Capability } from '../../src/model/graph.ts';
import type { Finding } from '../../src/model/report.ts';
import type { Portfolio } from '../../src/score/portfolio.ts';
import { capability, fallback, leg } from '../condition/hand-made.ts';
import { finding, newsroom, type Situation, valueWith } from './newsroom.ts';

function gains(
  capabilities: readonly Capability[],
  findings: readonly Finding[],
  situation: Situation = {},
): readonly (number | null)[] {
  return advise(newsroom(capabilities, { ...situation, findings })).findings.map(({ fixGain }) => fixGain);
}

/** Gain of a hand-made change, by the model. */
function gainBy(
  capabilities: readonly Capability[],
  change: (one: Portfolio['capabilities'][number]) => Portfolio['capabilities'][number],
) {
  const { portfolio, score } = newsroom(capabilities).measured;
  return (score.value ?? Number.NaN) - (valueWith(portfolio, portfolio.capabilities.map(change)).value ?? Number.NaN);
}

const THREADS = {
  ruleId: 'lock-in/server-threads',
  factor: 'threads',
  dimension: 'lockIn',
  p: 0.6,
  confidence: 1,
  evidence: ['call'],
} as const;
const UNBOUNDED = {
  ruleId: 'manifests/unbounded-range',
  factor: 'range',
  dimension: 'lifecycle',
  p: 0.25,
  confidence: 0.9,
  evidence: ['manifest'],
} as const;
const BASE = {
  ruleId: 'base/api-shape',
  factor: 'api-shape',
  dimension: 'lockIn',
  p: 0.1,
  confidence: 1,
  evidence: ['client'],
} as const;
const STORE = { layer: 'region', node: 'region:aws:eu-west-1', k: 1, ruleId: 'region/state-in-one-region' } as const;

describe('factors and edges', () => {
  const story = [capability('desk', [leg('gpt')], { factors: [BASE, THREADS, UNBOUNDED] }), capability('other', [leg('claude')])];

  test('a factor goes, by the capability it is about', () => {
    const [gain] = gains(story, [finding('lock-in/server-threads', 'desk')]);
    expect(gain).toBeCloseTo(
      gainBy(story, (one) => (one.id === 'desk' ? { ...one, lockIn: [0.1] } : one)),
      9,
    );
    expect(gain).toBeGreaterThan(1);
  });

  test('a factor of a package goes, by its places', () => {
    const [gain] = gains(story, [finding('manifests/unbounded-range', 'package:npm:openai', { evidence: ['manifest'] })]);
    expect(gain).toBeCloseTo(
      gainBy(story, (one) => ({ ...one, lifecycle: [] })),
      9,
    );
  });

  test('a factor of another place stays', () => {
    expect(gains(story, [finding('manifests/unbounded-range', 'package:npm:left-pad', { evidence: ['elsewhere'] })])).toEqual([
      0,
    ]);
  });

  test('an edge goes, and the region of the route itself stays', () => {
    const pinned = [capability('desk', [leg('gpt', { fallbacks: [fallback('bedrock', 0.75)] })], { extra: [STORE] })];
    const [gain] = gains(pinned, [finding('region/state-in-one-region', 'desk')]);
    const without =
      newsroom([capability('desk', [leg('gpt', { fallbacks: [fallback('bedrock', 0.75)] })])]).measured.score.value ?? 0;
    expect(gain).toBeCloseTo((newsroom(pinned).measured.score.value ?? 0) - without, 9);
    expect(gain).toBeGreaterThan(1);
  });
});

describe('remedies that are moves', () => {
  const chat = [capability('chat', [leg('gpt')])];
  const best = Math.max(...advise(newsroom(chat)).planB.map(({ gain }) => gain));

  test.each([
    ['concentration/single-operator', 'chat'],
    ['concentration/dominant-operator', 'operator:openai'],
    ['concentration/concentrated-operators', 'layer:operator'],
    ['concentration/hidden-cloud-overlap', 'chat'],
    ['jurisdiction/foreign-switch-off', 'jurisdiction:US'],
    ['open-weight/no-open-option', 'chat'],
  ])('%s: the best fallback', (rule, subject) => {
    expect(gains(chat, [finding(rule, subject)])[0]).toBeCloseTo(best, 9);
  });

  test('a supplier of several capabilities: the best fallback of each, all at once', () => {
    const two = [capability('chat', [leg('gpt')]), capability('summary', [leg('gpt')])];
    const [gain] = gains(two, [finding('concentration/dominant-operator', 'operator:openai')]);
    const single = Math.max(...advise(newsroom(two)).planB.map((plan) => plan.gain));
    expect(gain).toBeGreaterThan(single);
    expect(gain).toBeCloseTo(best, 9);
  });

  test('a gateway: a way round it', () => {
    const [gain] = gains([capability('chat', [leg('routed')])], [finding('gateway/hosted-single-point', 'gateway:openrouter')]);
    expect(gain).toBeGreaterThan(20);
  });

  test('an untested failover: the test', () => {
    const story = [capability('chat', [leg('gpt', { fallbacks: [fallback('claude', 0.75)] })])];
    const tested = [capability('chat', [leg('gpt', { fallbacks: [fallback('claude', 0.95)] })])];
    const value = (capabilities: readonly Capability[]) => newsroom(capabilities).measured.score.value ?? 0;
    expect(gains(story, [finding('gateway/untested-failover', 'chat')])[0]).toBeCloseTo(value(story) - value(tested), 9);
  });

  test.each([
    ['region/pinned-endpoint', 'desk'],
    ['region/everything-in-one', 'region:aws:eu-west-1'],
  ])('%s: a second entry', (rule, subject) => {
    const story = [capability('desk', [leg('bedrock')])];
    const plan = advise(newsroom(story)).planB.find(({ action }) => action === 'second-region');
    expect(gains(story, [finding(rule, subject)])[0]).toBeCloseTo(plan?.gain ?? Number.NaN, 9);
  });

  test('a correlated fallback: another target', () => {
    const story = [capability('chat', [leg('gpt', { fallbacks: [fallback('azure-gpt', 0.75)] })])];
    expect(gains(story, [finding('concentration/correlated-fallback', 'chat>azure-gpt')])[0]).toBeGreaterThan(20);
  });

  test('a dead fallback: the same one, alive', () => {
    const dead = { class: 'dead', kappa: 0 } as const;
    const story = [capability('chat', [leg('gpt', { fallbacks: [fallback('claude', 0, dead)] })])];
    const alive = [capability('chat', [leg('gpt', { fallbacks: [fallback('claude', 0.75)] })])];
    const value = (capabilities: readonly Capability[]) => newsroom(capabilities).measured.score.value ?? 0;
    expect(gains(story, [finding('gateway/dead-fallback', 'chat>claude')])[0]).toBeCloseTo(value(story) - value(alive), 9);
  });

  test('a dead fallback to the very same endpoint: another one', () => {
    const dead = { class: 'dead', kappa: 0 } as const;
    const same = [capability('chat', [leg('gpt', { fallbacks: [fallback('gpt', 0, dead)] })])];
    expect(gains(same, [finding('gateway/dead-fallback', 'chat>gpt')])[0]).toBeCloseTo(best, 9);
  });

  test('one leg of two is mended alone, and saves nothing while the other stands on the same supplier', () => {
    const rag = [capability('rag', [leg('embedding', { operation: 'embeddings' }), leg('gpt')])];
    const [onLeg, onAll] = gains(rag, [
      finding('concentration/dual-lock', 'rag#2'),
      finding('concentration/single-operator', 'rag'),
    ]);
    expect(onLeg).toBeCloseTo(0, 6);
    expect(onAll).toBeGreaterThan(5);
  });
});

describe('what cannot be modelled', () => {
  const chat = [capability('chat', [leg('gpt')]), capability('trial', [leg('gpt')], { context: 'test', weight: 0 })];

  test.each([
    ['residency/leaves-geography', 'gpt'],
    ['region/implicit-region', 'client:openai:openai'],
    ['region/everything-in-one', 'host:aws:eu-west-1'],
    ['region/pinned-endpoint', 'chat'],
    ['manifests/declared-never-used', 'package:npm:openai'],
    ['concentration/single-operator', 'nobody'],
    ['toString', '__proto__'],
  ])('%s of %s: null', (rule, subject) => {
    expect(gains(chat, [finding(rule, subject)])).toEqual([null]);
  });

  test('what weighs nothing gains nothing', () => {
    expect(gains(chat, [finding('concentration/single-operator', 'trial')])).toEqual([0]);
  });

  test('without a score there is no gain, and findings keep their order', () => {
    const trial = [capability('trial', [leg('gpt')], { context: 'test', weight: 0 })];
    const input = newsroom(trial, { findings: [finding('b', 'trial'), finding('a', 'trial', { fixGain: 3 })] });
    expect(advise(input).findings.map(({ ruleId, fixGain }) => [ruleId, fixGain])).toEqual([
      ['b', null],
      ['a', null],
    ]);
  });
});
