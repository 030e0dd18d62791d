import { describe, expect, test } from 'vitest';
import { editDistance } from '../../src/errors.ts';
import { losses, worstPerLayer } from '../../src/measure/losses.ts';
import { measure } from '../../src/measure/measure.ts';
import { nearest } from '../../src/measure/nearest-names.ts';
import { expand, unmatched } from '../../src/measure/selectors.ts';
import { capability, claude, desk, facts, gpt, leg } from './support-desk.ts';

const options = { home: ['EU'], asOf: '2026-11-20', unknown: 'pessimistic' } as const;
const measured = measure(desk, options);

function lose(...lost: string[]) {
  const scenarios = [{ id: 'what-if', title: 'What if', lose: lost }];
  const [block = expect.fail('no block')] = losses(desk, measured.portfolio, { scenarios, facts, unknown: 'pessimistic' });
  return { ...block, states: Object.fromEntries(block.capabilities.map(({ id, state }) => [id, state])) };
}

describe('losses', () => {
  test('exposure is a part of one, rows are in order of id', () => {
    const { scenario, title, lost, exposure, unknown, infrastructure, capabilities } = lose('provider:openai');
    expect({ scenario, title, lost, unknown, infrastructure }).toEqual({
      scenario: 'what-if',
      title: 'What if',
      lost: ['provider:openai'],
      unknown: 0,
      infrastructure: 0,
    });
    expect(exposure).toBeCloseTo(2.25 / 3.25, 9);
    expect(capabilities).toEqual([
      { id: 'ci/review', state: 'ok', loss: 0 },
      { id: 'desk/chat', state: 'failover', loss: 0.25 },
      { id: 'desk/search', state: 'dark', loss: 1 },
      { id: 'workload:warehouse', state: 'ok', loss: 0 },
    ]);
  });

  test('the Gulf takes the host and the store with it', () => {
    expect(lose('region:aws:me-central-1').states).toMatchObject({
      'desk/chat': 'dark',
      'desk/search': 'dark',
      'ci/review': 'ok',
    });
  });

  test('a licence change hurts the warehouse, not the AI', () => {
    expect(lose('virtualization:vmware@0.25')).toMatchObject({
      exposure: 0,
      infrastructure: 0.25,
      states: { 'workload:warehouse': 'at-risk' },
    });
  });

  test('an unknown country may be the lost one', () => {
    const { unknown, states } = lose('jurisdiction:CN');
    expect(states['ci/review']).toBe('unknown');
    expect(unknown).toBeCloseTo(0.25 / 3.25, 9);
  });

  test('a group id stands for its services', () => {
    const portfolio = measure({ ...desk, capabilities: [capability('desk/chat', [leg('chat', claude)])] }, options).portfolio;
    const scenarios = [{ id: 'aws-global', title: 'AWS', lose: ['operator:amazon'] }];
    expect(losses(desk, portfolio, { scenarios, facts, unknown: 'pessimistic' })[0]).toMatchObject({ exposure: 1 });
  });

  test('nothing to lose is null, not zero', () => {
    const portfolio = measure({ ...desk, capabilities: [], workloads: [] }, options).portfolio;
    const scenarios = [{ id: 'gulf', title: 'Gulf', lose: ['region:aws:me-central-1'] }];
    const [block] = losses(desk, portfolio, { scenarios, facts, unknown: 'pessimistic' });
    expect(block).toMatchObject({ exposure: null, unknown: null, infrastructure: null, capabilities: [] });
  });
});

describe('selectors by country', () => {
  test('expand to the nodes of the graph, each once and in order', () => {
    expect(expand(['operator[hq=US]', 'operator:openai'], desk, facts)).toEqual(['operator:aws-bedrock', 'operator:openai']);
    expect(expand(['provider[hq=US]@0.25'], desk, facts)).toEqual([
      'maker:anthropic@0.25',
      'maker:openai@0.25',
      'operator:aws-bedrock@0.25',
      'operator:openai@0.25',
    ]);
  });

  test('an API ban spares open weights, an origin ban does not', () => {
    expect(expand(['operator[hq=CN]'], desk, facts)).toEqual([]);
    expect(expand(['maker[origin=CN]'], desk, facts)).toEqual(['maker:alibaba', 'model:qwen3-8b']);
    expect(lose('operator[hq=CN]').states['ci/review']).toBe('ok');
    expect(lose('maker[origin=CN]').states['ci/review']).toBe('dark');
  });

  test('the graph itself may know the country', () => {
    expect(expand(['maker[hq=CN]'], desk, { hqOf: () => undefined })).toEqual(['maker:alibaba']);
  });
});

describe('selectors that name nothing', () => {
  test.each([
    'operator:openai',
    'operator:amazon',
    'provider:openai',
    'provider:anthropic',
    'region:aws:*',
    'region:aws:eu-central-1',
    'host:own:dubai',
    'cloud:aws',
    'operator:*@0.25',
    'maker[origin=CN]',
  ])('%s names something', (selector) => {
    expect(unmatched([selector], desk, facts)).toEqual([]);
  });

  test.each([
    ['operator:opanai', 'operator:openai'],
    ['openai', 'maker:openai'],
    ['region:me-central-1', 'region:aws:me-central-1'],
    ['provider:antropic', 'provider:anthropic'],
    ['operater:openai', 'operator:openai'],
    ['cloud:awz', 'cloud:aws'],
  ])('%s: did you mean %s?', (selector, wanted) => {
    const [problem] = unmatched([selector, 'cloud:aws'], desk, facts);
    expect(problem?.selector).toBe(selector);
    expect(problem?.nearest[0]).toBe(wanted);
    expect(problem?.nearest).toHaveLength(3);
  });

  test('a country without nodes, and an empty graph', () => {
    expect(unmatched(['operator[hq=BR]'], desk, facts)).toHaveLength(1);
    const empty = { ...desk, nodes: [], routes: [], capabilities: [], workloads: [] };
    expect(unmatched(['operator:openai'], empty)).toEqual([{ selector: 'operator:openai', nearest: [] }]);
  });

  test('distance counts letters', () => {
    expect([editDistance('', 'abc'), editDistance('kitten', 'sitting'), editDistance('same', 'same')]).toEqual([3, 3, 0]);
    expect(nearest('x', ['b:x'.repeat(100_000), 'a:x'])[0]).toBe('a:x');
  });
});

describe('the worst node of each layer', () => {
  const worst = worstPerLayer(measured, { unknown: 'pessimistic' });

  test('one block per layer on which something rests', () => {
    expect(worst.map(({ scenario, title }) => [scenario, title])).toEqual([
      ['sdk:npm:openai', 'openai goes away'],
      ['operator:openai', 'OpenAI goes away'],
      ['model:text-embedding-3-small', 'text-embedding-3-small goes away'],
      ['maker:openai', 'OpenAI goes away'],
      ['cloud:azure', 'Azure goes away'],
      ['region:aws:me-central-1', 'AWS UAE goes away'],
      ['jurisdiction:US', 'United States goes away'],
      ['host:aws:me-central-1', 'AWS UAE goes away'],
      ['virtualization:vmware', 'VMware goes away'],
    ]);
  });

  test('each costs at least the exposure of its node', () => {
    const operator = worst.find(({ scenario }) => scenario === 'operator:openai');
    expect(operator).toMatchObject({
      lost: ['operator:openai'],
      exposure: expect.closeTo(measured.exposureOf('operator:openai'), 9),
    });
  });

  test('home is not lost, and a version in a name is not a part', () => {
    const versioned = { ...gpt, model: 'model:gpt-4o@1' };
    const linked = { ...desk, routes: [versioned], capabilities: [capability('desk/chat', [leg('chat', versioned)])] };
    const atHome = worstPerLayer(measure(linked, { ...options, home: ['US'] }), { unknown: 'pessimistic' });
    expect(atHome.map(({ scenario }) => scenario)).not.toContain('jurisdiction:US');
    expect(atHome.find(({ scenario }) => scenario === 'model:gpt-4o@1')).toMatchObject({ exposure: 1 });
  });
});
