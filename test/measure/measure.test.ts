import { describe, expect, test } from 'vitest';
import { type MeasureOptions, measure } from '../../src/measure/measure.ts';
import type { LayerRow } from '../../src/model/report.ts';
import { capability, claude, desk, gpt, leg } from './support-desk.ts';

const options: MeasureOptions = { home: ['EU'], asOf: '2026-11-20', unknown: 'pessimistic' };
const measured = measure(desk, options);

function row(layer: string, { layers } = measured): LayerRow {
  return layers.find((one) => one.layer === layer) ?? expect.fail(`no ${layer}`);
}

/** Weight of what is scored: chat 1, search 2, review bot 0.25. */
const TOTAL = 3.25;

describe('score', () => {
  test('the whole', () => {
    expect(measured.score.vector).toMatch(/^AIDEPS:1\/.*\/H:EU\/D:2026-11-20\/U:8$/);
    expect(measured.score.grade).toBe('D');
    expect(measured.score.caps.map(({ reason }) => reason)).toEqual(['unprotected-majority', 'untested-failover']);
  });

  test('each workload alone, also those without AI', () => {
    expect([...measured.workloads].map(([id, { score, totalWeight }]) => [id, score.grade, totalWeight])).toEqual([
      ['ci', 'B', 0.25],
      ['desk', 'D', 3],
      ['docs', '-', 0],
      ['warehouse', '-', 0],
    ]);
    expect(measured.workloads.get('warehouse')?.score.value).toBeNull();
  });

  test('optimistic is never worse', () => {
    const low = measure(desk, { ...options, unknown: 'optimistic' });
    expect(low.score.value).toBe(measured.score.low);
    expect(low.score.value ?? Number.NaN).toBeLessThan(measured.score.value ?? Number.NaN);
  });
});

describe('layers', () => {
  test('all ten, from the code outwards', () => {
    const all = ['sdk', 'gateway', 'operator', 'model', 'maker', 'cloud', 'region', 'jurisdiction', 'host', 'virtualization'];
    expect(measured.layers.map(({ layer }) => layer)).toEqual(all);
  });

  test('exposure counts the fallback, share does not', () => {
    const { shares, ...numbers } = row('operator');
    expect(numbers).toEqual({
      layer: 'operator',
      totalWeight: 3,
      hhi: 10000,
      effective: 1,
      exposureNorm: expect.closeTo(2.25 / TOTAL, 9),
      unknownShare: 0,
    });
    expect(shares).toEqual([
      { node: 'operator:openai', name: 'OpenAI', weight: 3, share: 1, exposure: expect.closeTo(2.25 / TOTAL, 9) },
    ]);
  });

  test('the store burns with its region, whatever the routes do', () => {
    const { shares } = row('region');
    expect(shares[0]).toMatchObject({ node: 'region:aws:me-central-1', name: 'AWS UAE', exposure: expect.closeTo(2 / TOTAL, 9) });
  });

  test('shares are in order of exposure, share and id', () => {
    for (const { shares } of measured.layers) {
      const sorted = [...shares].sort((a, b) => b.exposure - a.exposure || b.share - a.share || (a.node < b.node ? -1 : 1));
      expect(shares).toEqual(sorted);
    }
    expect(row('cloud').shares.map(({ node }) => node)).toEqual(['cloud:azure', 'cloud:openai:other-cloud']);
  });

  test('missing nodes are a row of their own and add to the most exposed foreign country', () => {
    const { shares, unknownShare } = row('jurisdiction');
    expect(unknownShare).toBeCloseTo(0.25 / TOTAL, 9);
    expect(shares.map(({ node, name, exposure }) => [node, name, exposure])).toEqual([
      ['jurisdiction:US', 'United States', 1],
      ['jurisdiction:unknown', 'unknown', 0],
    ]);
  });

  test('workloads without AI are in the layer of hosts', () => {
    expect(row('host').shares.map(({ node, share }) => [node, share])).toEqual([
      ['host:aws:me-central-1', 0.75],
      ['host:own:dubai', 0.25],
    ]);
    expect(row('virtualization').shares.map(({ name }) => name)).toEqual(['VMware']);
  });

  test('a layer without nodes has no concentration', () => {
    expect(row('gateway')).toEqual({
      layer: 'gateway',
      totalWeight: 0,
      hhi: null,
      effective: null,
      exposureNorm: 0,
      unknownShare: 0,
      shares: [],
    });
  });

  test('an owner without a node of its own is called after its services', () => {
    const own = measure({ ...desk, capabilities: [capability('desk/chat', [leg('chat', claude)])] }, options);
    expect(row('operator', own).shares[0]).toMatchObject({ node: 'operator:amazon', name: 'Amazon Bedrock', exposure: 1 });
    expect(own.exposureOf('operator:aws-bedrock')).toBe(1);
    expect(own.exposureOf('operator:amazon')).toBe(1);
  });
});

test('exposureOf knows every node on which something rests', () => {
  expect(measured.exposureOf('maker:openai')).toBeCloseTo(2.25 / TOTAL, 9);
  expect(measured.exposureOf('operator:aws-bedrock')).toBe(0);
  expect(measured.exposureOf('operator:nobody')).toBe(0);
});

test('no AI at all gives null, a dash and ten empty layers', () => {
  const empty = measure({ ...desk, routes: [gpt], capabilities: [], workloads: [] }, options);
  expect(empty.score).toMatchObject({ value: null, grade: '-', caps: [] });
  expect(empty.layers.every(({ hhi, shares }) => hhi === null && shares.length === 0)).toBe(true);
});
