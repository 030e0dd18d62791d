/** What the model promises about numbers: bounds, order, weights, protection and legs. */
import { describe, expect, test } from 'vitest';
import { SCORED } from '../../src/score/constants.ts';
import { score } from '../../src/score/score.ts';
import {
  beforeAndAfter,
  capabilities,
  change,
  choose,
  EPSILON,
  everyRoute,
  factor,
  fallbacks,
  firstAbove,
  holds,
  isKnown,
  isSame,
  legs,
  numbersOf,
  type PortfolioDraft,
  portfolios,
  roll,
  TIMEOUT,
  weightOf,
} from './portfolios.ts';

type Edit = (draft: PortfolioDraft) => void;

const neverRaises = (portfolio: PortfolioDraft, edit: Edit) => {
  const [before, after] = beforeAndAfter(portfolio, edit);
  expect(firstAbove(after, before)).toBeUndefined();
  return { before, after };
};
const neverLowers = (portfolio: PortfolioDraft, edit: Edit) => {
  const [before, after] = beforeAndAfter(portfolio, edit);
  expect(firstAbove(before, after)).toBeUndefined();
};
const changesNothing = (portfolio: PortfolioDraft, edit: Edit) => {
  const [before, after] = beforeAndAfter(portfolio, edit);
  expect(isSame(before, after), `${numbersOf(before)} and ${numbersOf(after)}`).toBe(true);
};
const rank = (grade: string) => 'ABCDF'.indexOf(grade);

describe('numbers', { timeout: TIMEOUT }, () => {
  test('P1 lie between 0 and 100', () => {
    holds([portfolios], (portfolio) => {
      for (const number of numbersOf(score(portfolio))) {
        expect(number).toBeGreaterThanOrEqual(0);
        expect(number).toBeLessThanOrEqual(100);
      }
    });
  });

  test('P2 the order of capabilities, legs and fallbacks changes nothing', () => {
    holds([portfolios], (portfolio) => {
      changesNothing(portfolio, (draft) => {
        draft.capabilities.reverse();
        for (const { legs: all } of draft.capabilities) {
          all.reverse();
          for (const leg of all) leg.routes = [leg.routes[0], ...leg.routes.slice(1).reverse()];
        }
      });
    });
  });

  test('P2 renaming nodes changes nothing', () => {
    const renamed = (name: string) => (name === 'unknown' ? name : `x${[...name].reverse().join('')}`);
    holds([portfolios], ({ groups: _groups, ...portfolio }) => {
      changesNothing(portfolio, (draft) => {
        for (const route of everyRoute(draft)) {
          route.family = `x${route.family}`;
          for (const layer of ['operator', 'maker', 'cloud', 'region'] as const) {
            const nodes = route[layer];
            if (isKnown(nodes)) route[layer] = Object.fromEntries(Object.entries(nodes).map(([name, k]) => [renamed(name), k]));
          }
        }
      });
    });
  });

  test('P3 a repeated known leg changes nothing', () => {
    holds([portfolios, roll], (portfolio, dice) => {
      changesNothing(portfolio, (draft) => {
        const { legs: all } = choose(draft.capabilities, dice);
        const leg = choose(all, dice);
        if (SCORED.every((layer) => isKnown(leg.routes[0][layer]))) all.push(structuredClone(leg));
      });
    });
  });

  test('P4 scaling all weights of 1 and more changes nothing', () => {
    holds([portfolios], (portfolio) => {
      const weighted = (by: number) => (draft: PortfolioDraft) => {
        for (const [index, capability] of draft.capabilities.entries()) capability.weight = (1 + index) * by;
      };
      expect(isSame(score(change(portfolio, weighted(1))), score(change(portfolio, weighted(3))))).toBe(true);
    });
  });

  test('P7 a capability without weight changes nothing', () => {
    holds([portfolios, capabilities(0), roll], (portfolio, added, dice) => {
      const context = choose(['test', 'docs', 'example', 'generated'] as const, dice);
      changesNothing(portfolio, (draft) => void draft.capabilities.push({ ...added, context }));
    });
  });

  test('P7 hosts, own gateways, SDKs and workloads without AI change nothing', () => {
    holds([portfolios, roll], (portfolio, dice) => {
      const own = { host: { 'aws:us-east-1': 1 }, virtualization: { vmware: 1 } };
      const served = change(portfolio, (draft) => {
        const capability = choose(draft.capabilities, dice);
        Object.assign(capability, own);
        Object.assign(capability.legs[0].routes[0], {
          gateway: { litellm: 1 },
          sdk: { 'npm:openai': 1 },
          model: { 'gpt-4o': 1 },
        });
      });
      const beside = { ...portfolio, capabilities: [...portfolio.capabilities, { id: 'warehouse', ...own }] };
      expect(isSame(score(portfolio), score(served))).toBe(true);
      expect(isSame(score(portfolio), score(beside))).toBe(true);
    });
  });

  test('P10 whatever is added, a capability alone keeps half of its own danger', () => {
    holds([portfolios, capabilities(0)], (portfolio, added) => {
      const diluted = numbersOf(score(change(portfolio, (draft) => void draft.capabilities.push(added)))).slice(1);
      for (const capability of portfolio.capabilities) {
        const alone = numbersOf(score({ ...portfolio, capabilities: [{ ...capability, weight: 1 }] })).slice(1);
        const share = 0.5 * Math.min(1, weightOf(capability));
        for (const [at, number] of diluted.entries()) expect(number).toBeGreaterThanOrEqual(share * (alone[at] ?? 0) - 1e-7);
      }
    });
  });
});

describe('protection', { timeout: TIMEOUT }, () => {
  test.each([0, 30])('P5 adding a fallback (%i %% unknown) raises no number and worsens no letter', (unknowns) => {
    holds([portfolios, fallbacks(unknowns), roll], (portfolio, added, dice) => {
      const { before, after } = neverRaises(portfolio, (draft) => {
        choose(choose(draft.capabilities, dice).legs, dice).routes.push(added);
      });
      expect(rank(after.grade)).toBeLessThanOrEqual(rank(before.grade));
    });
  });

  test('P6 better evidence or a better fit raises nothing', () => {
    holds([portfolios, roll], (portfolio, dice) => {
      neverRaises(portfolio, (draft) => {
        for (const route of choose(choose(draft.capabilities, dice).legs, dice).routes.slice(1)) {
          route.kappa = Math.min(1, (route.kappa ?? 0) + 0.2);
          route.compat = Math.min(1, (route.compat ?? 1) + 0.2);
        }
      });
    });
  });

  test.each(['lockIn', 'lifecycle'] as const)('P8 a %s factor lowers nothing', (dimension) => {
    holds([portfolios, factor, roll], (portfolio, p, dice) => {
      neverLowers(portfolio, (draft) => void choose(draft.capabilities, dice)[dimension].push(p));
    });
  });

  test('P9 open weights raise nothing', () => {
    holds([portfolios, roll], (portfolio, dice) => {
      neverRaises(portfolio, (draft) => {
        choose(choose(draft.capabilities, dice).legs, dice).routes[0].maker = {};
      });
    });
  });

  test('P9 a wider region raises nothing', () => {
    holds([portfolios, roll], (portfolio, dice) => {
      neverRaises(portfolio, (draft) => {
        const [primary] = choose(choose(draft.capabilities, dice).legs, dice).routes;
        if (isKnown(primary.region))
          primary.region = Object.fromEntries(Object.entries(primary.region).map(([name, k]) => [name, k / 2]));
      });
    });
  });

  test('P18 a leg in series lowers nothing', () => {
    holds([portfolios, legs(0), roll], (portfolio, added, dice) => {
      neverLowers(portfolio, (draft) => void choose(draft.capabilities, dice).legs.push(added));
    });
  });

  test('P18 routes are one leg', () => {
    holds([portfolios], (portfolio) => {
      const single = portfolio.capabilities.map(({ legs: [first], ...capability }) => ({ ...capability, legs: [first] }));
      const short = portfolio.capabilities.map(({ legs: [first], ...capability }) => ({ ...capability, routes: first.routes }));
      expect(score({ ...portfolio, capabilities: short })).toEqual(score({ ...portfolio, capabilities: single }));
    });
  });
});

describe('home and letter', { timeout: TIMEOUT }, () => {
  test('P19 without a home, jurisdiction has no influence', () => {
    holds([portfolios], ({ home: _home, ...portfolio }) => {
      const homeless = score(portfolio).value ?? Number.NaN;
      const { value, dimensions } = score({ ...portfolio, home: ['XX'] });
      const rest = (value ?? Number.NaN) ** 2 - 0.15 * (dimensions.jurisdiction ?? Number.NaN) ** 2;
      expect(homeless ** 2 * 0.85).toBeCloseTo(rest, 6);
    });
  });

  test('P20 the letter is the worst of number and caps', () => {
    holds([portfolios], (portfolio) => {
      const { value, grade, caps } = score(portfolio);
      const byNumber = [20, 35, 50, 70].filter((limit) => (value ?? Number.NaN) >= limit).length;
      expect(rank(grade)).toBe(Math.max(byNumber, ...caps.map((cap) => rank(cap.grade))));
    });
  });

  test('P12 low, value and high are in order', () => {
    holds([portfolios], (portfolio) => {
      const { low, value, high } = score(portfolio);
      expect(low ?? Number.NaN).toBeLessThanOrEqual((high ?? Number.NaN) + EPSILON);
      expect(value).toBe(high);
      expect(score(portfolio, { unknown: 'optimistic' }).value).toBe(low);
    });
  });
});
