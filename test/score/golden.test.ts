import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { forEachLayer } from '../../src/score/constants.ts';
import { type LayerNumbers, layers } from '../../src/score/layers.ts';
import type { Portfolio } from '../../src/score/portfolio.ts';
import { type Score, score } from '../../src/score/score.ts';
import { type WhatIf, whatIf } from '../../src/score/what-if.ts';

interface Golden {
  readonly input: Portfolio;
  readonly expected: Score & { readonly layers: Record<string, unknown> };
  readonly scenarios: Readonly<Record<string, WhatIf & { readonly lost: readonly string[] }>>;
}

const golden: Record<string, Golden> = JSON.parse(readFileSync(new URL('./golden.json', import.meta.url), 'utf8'));

describe.each(Object.entries(golden))('%s', (_, { input, expected, scenarios }) => {
  test('score, caps and vector', () => {
    const { layers: _layers, ...numbers } = expected;
    expect(rounded(score(input))).toEqual(rounded(numbers));
  });

  test('layers', () => {
    expect(rounded(asGolden(layers(input)))).toEqual(rounded(expected.layers));
  });

  test.each(Object.entries(scenarios))('what if: %s', (_scenario, { lost, ...loss }) => {
    expect(rounded(whatIf(input, lost))).toEqual(rounded(loss));
  });
});

/** The golden numbers are doubles of another addition order: equal to nine decimals is equal. */
function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, item) => (typeof item === 'number' ? Math.round(item * 1e9) / 1e9 : item)));
}

function asGolden(rows: Record<string, LayerNumbers>): unknown {
  return forEachLayer((layer) => {
    const { weight: _weight, totalWeight: _total, share, exposure, ...numbers } = rows[layer] ?? expect.fail(`no layer ${layer}`);
    return { ...numbers, share: Object.fromEntries(share), exposure: Object.fromEntries(exposure) };
  });
}
