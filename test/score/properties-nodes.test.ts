/** What the model promises about nodes: owners that merge, nodes that are hidden, exposure, shares and loss. */
import { describe, expect, test } from 'vitest';
import { CONTEXT, CRITICALITY, SCORED } from '../../src/score/constants.ts';
import { layers } from '../../src/score/layers.ts';
import type { Nodes } from '../../src/score/portfolio.ts';
import { score } from '../../src/score/score.ts';
import { whatIf } from '../../src/score/what-if.ts';
import {
  beforeAndAfter,
  CLOUDS,
  change,
  choose,
  EPSILON,
  everyRoute,
  firstAbove,
  holds,
  isKnown,
  isSame,
  known,
  OPERATORS,
  type PortfolioDraft,
  portfolios,
  roll,
  type ScoredLayer,
  TIMEOUT,
  weightOf,
} from './portfolios.ts';

const total = ({ capabilities }: PortfolioDraft) =>
  Math.max(
    1,
    capabilities.reduce((weight, one) => weight + weightOf(one), 0),
  );

/** `from` becomes `to`; parts of a cloud add up. */
function merged(nodes: Nodes | undefined, [from, to]: readonly [string, string], layer: ScoredLayer): Nodes | undefined {
  if (!isKnown(nodes)) return nodes;
  const { [from]: moved, ...rest } = nodes;
  if (moved === undefined) return nodes;
  const held = rest[to] ?? 0;
  return { ...rest, [to]: layer === 'cloud' ? Math.min(1, held + moved) : Math.max(held, moved) };
}

const merge = (layer: 'operator' | 'cloud', pair: readonly [string, string]) => (draft: PortfolioDraft) => {
  for (const route of everyRoute(draft)) {
    const nodes = merged(route[layer], pair, layer);
    if (nodes) route[layer] = nodes;
  }
};

/** Whether one capability needs both in series: then two single points really become one. */
function areInSeries({ capabilities }: PortfolioDraft, layer: ScoredLayer, pair: readonly string[]): boolean {
  return capabilities.some(({ legs }) => {
    const names = legs.flatMap(({ routes: [primary] }) => Object.keys(isKnown(primary[layer]) ? primary[layer] : {}));
    return pair.every((name) => names.includes(name));
  });
}

describe('owners', { timeout: TIMEOUT }, () => {
  test.each([
    ['operator', OPERATORS],
    ['cloud', CLOUDS],
  ] as const)('P11 merging two %ss lowers nothing', (layer, names) => {
    holds([portfolios, roll, roll], ({ groups: _groups, ...portfolio }, one, other) => {
      const pair = [names[one % names.length] ?? '', names[other % names.length] ?? ''] as const;
      if (pair[0] === pair[1] || areInSeries(portfolio, layer, pair)) return;
      const [before, after] = beforeAndAfter(portfolio, merge(layer, pair));
      expect(firstAbove(before, after)).toBeUndefined();
    });
  });

  test('P11 a group acts like one operator', () => {
    holds([portfolios, roll, roll], ({ groups: _groups, ...portfolio }, one, other) => {
      const pair = [OPERATORS[one % OPERATORS.length] ?? '', OPERATORS[other % OPERATORS.length] ?? ''] as const;
      const grouped = score({ ...portfolio, groups: { [`operator:${pair[0]}`]: pair[1] } });
      expect(isSame(grouped, score(change(portfolio, merge('operator', pair))))).toBe(true);
    });
  });
});

describe('hiding', { timeout: TIMEOUT }, () => {
  test.each(SCORED)("P12 hiding a primary's %s lowers nothing", (layer) => {
    holds([portfolios, roll], (portfolio, dice) => {
      if (layer === 'jurisdiction' && !portfolio.home) return;
      const [before, after] = beforeAndAfter(portfolio, (draft) => {
        const [primary] = choose(choose(draft.capabilities, dice).legs, dice).routes;
        const [hidden, ...rest] = isKnown(primary[layer]) ? Object.entries(primary[layer]) : [];
        if (hidden) primary[layer] = { ...Object.fromEntries(rest), unknown: layer === 'cloud' ? hidden[1] : 1 };
      });
      expect(firstAbove(before, after)).toBeUndefined();
    });
  });

  test.each(SCORED)("P12 hiding a fallback's %s lowers nothing", (layer) => {
    holds([portfolios, roll], (portfolio, dice) => {
      const [before, after] = beforeAndAfter(portfolio, (draft) => {
        const [, fallback] = choose(choose(draft.capabilities, dice).legs, dice).routes;
        if (fallback) fallback[layer] = 'unknown';
      });
      expect(firstAbove(before, after)).toBeUndefined();
    });
  });

  test('P12 hiding a family lowers nothing', () => {
    holds([portfolios, roll], (portfolio, dice) => {
      const [before, after] = beforeAndAfter(portfolio, (draft) => {
        delete choose(choose(draft.capabilities, dice).legs, dice).routes[0].family;
      });
      expect(firstAbove(before, after)).toBeUndefined();
    });
  });
});

describe('exposure and loss', { timeout: TIMEOUT }, () => {
  test("P13 removing a capability raises no node's absolute exposure", () => {
    holds([known, roll], (portfolio, dice) => {
      if (portfolio.capabilities.length < 2) return;
      const less = change(portfolio, (draft) => void draft.capabilities.splice(dice % draft.capabilities.length, 1));
      const [before, after] = [layers(portfolio), layers(less)];
      for (const layer of SCORED) {
        for (const [node, part] of after[layer].exposure) {
          expect(part * total(less)).toBeLessThanOrEqual((before[layer].exposure.get(node) ?? 0) * total(portfolio) + 1e-7);
        }
      }
    });
  });

  test('P14 losing one scored node costs its exposure', () => {
    holds([known], (portfolio) => {
      const rows = layers(portfolio);
      for (const layer of SCORED) {
        for (const [node, part] of rows[layer].exposure)
          expect(whatIf(portfolio, [`${layer}:${node}`]).exposure).toBeCloseTo(100 * part, 7);
      }
    });
  });

  test('P14 losing more costs no less', () => {
    const some = ['jurisdiction:US', 'cloud:aws'];
    holds([portfolios], (portfolio) => {
      const more = whatIf(portfolio, [...some, 'operator:openai', 'region:*@0.5']);
      expect(whatIf(portfolio, some).exposure ?? Number.NaN).toBeLessThanOrEqual((more.exposure ?? Number.NaN) + EPSILON);
    });
  });

  test("P14 losing the host's only region is dark, whatever the fallbacks", () => {
    holds([portfolios, roll], (portfolio, dice) => {
      const hosted = change(portfolio, (draft) => {
        choose(draft.capabilities, dice).host = { 'aws:me-central-1': 1 };
      });
      const { rows } = whatIf(hosted, ['region:aws:me-central-1']);
      expect(rows[dice % hosted.capabilities.length]).toMatchObject({ state: 'dark', loss: 1 });
    });
  });
});

describe('shares', { timeout: TIMEOUT }, () => {
  test('P15 hhi and effective number are the textbook ones', () => {
    holds([portfolios], (portfolio) => {
      const rows = layers(portfolio);
      for (const layer of SCORED) {
        const { hhi, effective, share } = rows[layer];
        const parts = [...share.values()];
        if (parts.length === 0) {
          expect([hhi, effective]).toEqual([null, null]);
          continue;
        }
        expect(parts.reduce((all, part) => all + part, 0)).toBeCloseTo(1, 7);
        expect(hhi).toBeCloseTo(1e4 * parts.reduce((all, part) => all + part * part, 0), 5);
        expect(effective).toBeCloseTo(1e4 / (hhi ?? Number.NaN), 7);
        expect(effective).toBeLessThanOrEqual(parts.length + EPSILON);
      }
    });
  });

  test('P15 where nothing is protected, exposure is share', () => {
    holds([known], (portfolio) => {
      const bare = change(portfolio, (draft) => {
        for (const [index, capability] of draft.capabilities.entries()) {
          const [primary] = capability.legs[0].routes;
          capability.legs = [{ routes: [{ ...primary, operator: { [OPERATORS[index] ?? 'openai']: 1 } }] }];
        }
      });
      if (bare.capabilities.reduce((weight, one) => weight + weightOf(one), 0) < 1) return;
      const { share, exposure } = layers(bare).operator;
      for (const [node, part] of share) expect(exposure.get(node)).toBeCloseTo(part, 9);
      expect(exposure.size).toBe(share.size);
    });
  });

  test.each(Array.from({ length: 12 }, (_, index) => index + 1))('P16 %i equal unprotected suppliers', (count) => {
    const capabilities = Array.from({ length: count }, (_, index) => ({
      id: `service-${index}`,
      routes: [{ operator: { [`supplier-${index}`]: 1 }, region: { [`region-${index}`]: 1 } }],
    }));
    const { exposureNorm, effective } = layers({ capabilities }).operator;
    expect(exposureNorm).toBeCloseTo(1 / Math.sqrt(count), 9);
    expect(effective).toBeCloseTo(count, 9);
    expect(score({ capabilities }).dimensions.region).toBeCloseTo(100 * Math.max(1 / Math.sqrt(count), 0.5), 7);
  });

  test('weights of criticality and context are those of the model', () => {
    expect([CRITICALITY, CONTEXT]).toEqual([
      { critical: 3, important: 2, standard: 1, experimental: 0.25 },
      { production: 1, tooling: 0.25, test: 0, docs: 0, example: 0, generated: 0 },
    ]);
  });
});
