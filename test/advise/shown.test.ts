/** How many ways out are shown, of which capabilities, and in which order. */
import { describe, expect, test } from 'vitest';
import { advise } from '../../src/advise/advise.ts';
import { capability, leg } from '../condition/hand-made.ts';
import { finding, newsroom, titles } from './newsroom.ts';

const CHAT = [capability('chat', [leg('gpt')], { sites: ['call'] })];

function planB(...given: Parameters<typeof newsroom>) {
  return advise(newsroom(...given)).planB;
}

describe('what is shown', () => {
  test('nothing where nothing carries weight', () => {
    expect(planB([capability('trial', [leg('gpt')], { context: 'test', weight: 0 })])).toEqual([]);
  });

  test('nothing for what weighs nothing beside what does', () => {
    const trial = capability('trial', [leg('gpt')], { context: 'test', weight: 0 });
    expect(new Set(planB([...CHAT, trial]).map((plan) => plan.capability))).toEqual(new Set(['chat']));
  });

  test('at most three of a capability and thirty in all, the largest gain first', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      capability(`desk-${index}`, [leg(index % 2 ? 'bedrock' : 'azure-gpt')]),
    );
    const plans = planB(many);
    expect(plans).toHaveLength(30);
    for (const id of new Set(plans.map((plan) => plan.capability)))
      expect(plans.filter((plan) => plan.capability === id).length).toBeLessThanOrEqual(3);
    const gains = plans.map(({ gain }) => gain);
    expect(gains).toEqual([...gains].sort((one, other) => other - one));
  });

  test('of thousands of capabilities the heaviest, and no more work than allowed', () => {
    const weightOf = (index: number) => (index % 100 === 0 ? 3 : 1);
    const many = Array.from({ length: 2000 }, (_, index) =>
      capability(`desk-${index}`, [leg('bedrock')], { weight: weightOf(index) }),
    );
    const heavy = capability('main', [leg('gpt')], { weight: 500 });
    const input = newsroom([...many, heavy], { findings: many.map(({ id }) => finding('concentration/single-operator', id)) });
    const { planB: plans, findings } = advise(input);
    expect(plans[0]?.capability).toBe('main');
    expect(plans.filter((plan) => !/^main$|^desk-0$|00$/.test(plan.capability))).toEqual([]);
    expect(findings[0]?.fixGain).toBeGreaterThanOrEqual(0);
    expect(findings.at(-1)?.fixGain).toBeNull();
  });

  test('a name out of a prototype is a name', () => {
    const hostile = capability('__proto__', [leg('gpt')], { workload: '__proto__', sites: ['call'] });
    expect(titles(planB([hostile]))).toHaveLength(2);
  });
});
