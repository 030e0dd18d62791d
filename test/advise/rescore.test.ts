/** The rescorer must say what the model says, for any portfolio and any change. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRescorer } from '../../src/advise/rescore.ts';
import type { Portfolio } from '../../src/score/portfolio.ts';
import { score } from '../../src/score/score.ts';
import { capabilities, holds, portfolios, TIMEOUT } from '../score/portfolios.ts';

const MODES = fc.constantFrom('pessimistic' as const, 'optimistic' as const);

test(
  'a changed capability is scored as the model scores it',
  () => {
    holds([portfolios, capabilities(20), fc.nat(), MODES], (portfolio, change, position, unknown) => {
      const victim = portfolio.capabilities[position % portfolio.capabilities.length];
      if (!victim || score(portfolio).value === null) return;
      const { criticality, context } = victim;
      const changed = { ...change, id: victim.id, ...(criticality ? { criticality } : {}), ...(context ? { context } : {}) };
      const weighted = victim.weight === undefined ? changed : { ...changed, weight: victim.weight };
      const whole: Portfolio = {
        ...portfolio,
        capabilities: portfolio.capabilities.map((one) => (one.id === victim.id ? weighted : one)),
      };
      const rescorer = createRescorer(portfolio, unknown);
      const changes = new Map([[victim.id, weighted]]);
      const expected = score(whole, { unknown });
      expect(rescorer.valueAfter(changes)).toBeCloseTo(expected.value ?? Number.NaN, 8);
      expect(rescorer.gradeAfter(changes)).toBe(expected.grade);
      expect(rescorer.valueAfter(new Map())).toBeCloseTo(score(portfolio, { unknown }).value ?? Number.NaN, 8);
    });
  },
  TIMEOUT,
);
