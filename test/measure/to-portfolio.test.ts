import { expect, test } from 'vitest';
import { toPortfolio } from '../../src/measure/to-portfolio.ts';
import type { Capability, Linked } from '../../src/model/graph.ts';
import { score } from '../../src/score/score.ts';
import { capability, claude, desk, fallback, gpt, leg, workload } from './support-desk.ts';

const portfolioOf = (linked: Linked) => toPortfolio(linked, { home: ['EU'], asOf: '2026-11-20' });

function capabilityOf(linked: Linked, id: string) {
  return portfolioOf(linked).capabilities.find((one) => one.id === id) ?? expect.fail(`no ${id}`);
}

const withSearch = (more: Partial<Capability>): Linked => ({
  ...desk,
  capabilities: desk.capabilities.map((one) => (one.id === 'desk/search' ? { ...one, ...more } : one)),
});

test('a capability keeps its routes, without the layer in the names', () => {
  expect(capabilityOf(desk, 'desk/chat')).toEqual({
    id: 'desk/chat',
    criticality: 'standard',
    context: 'production',
    weight: 1,
    legs: [
      {
        routes: [
          {
            operator: { openai: 1 },
            maker: { openai: 1 },
            cloud: { azure: 0.6, 'openai:other-cloud': 0.4 },
            region: { 'openai:global': 0.4 },
            jurisdiction: { US: 1 },
            sdk: { 'npm:openai': 1 },
            model: { 'gpt-4o': 1 },
            gateway: {},
            virtualization: {},
            family: 'gpt',
            destinations: [],
            retired: false,
          },
          {
            operator: { 'aws-bedrock': 1 },
            maker: { anthropic: 1 },
            cloud: { aws: 1 },
            region: { 'aws:eu-west-1': 0.5 },
            jurisdiction: { US: 1 },
            sdk: {},
            model: { 'claude-sonnet-4': 1 },
            gateway: {},
            virtualization: {},
            family: 'claude',
            destinations: ['aws:eu-west-1', 'aws:eu-central-1'],
            kappa: 0.75,
            compat: 1,
          },
        ],
      },
    ],
    lockIn: [0.1, 0.1 * 0.9],
    lifecycle: [0.2],
    host: { 'aws:me-central-1': 1 },
    virtualization: {},
  });
});

test('an unknown node keeps no reason, only its name', () => {
  expect(capabilityOf(desk, 'ci/review').legs?.[0]?.routes[0]).toMatchObject({
    operator: {},
    maker: {},
    jurisdiction: { unknown: 1 },
  });
});

test('services of one owner are grouped, clouds keep their names', () => {
  expect(portfolioOf(desk)).toMatchObject({ asOf: '2026-11-20', home: ['EU'], groups: { 'operator:aws-bedrock': 'amazon' } });
  expect(Object.keys(portfolioOf(desk).groups ?? {})).toEqual(['operator:aws-bedrock']);
});

test('a store in one region is needed by every route of the legs that rest on a region', () => {
  const regions = capabilityOf(desk, 'desk/search').legs?.map(({ routes }) => routes.map(({ region }) => region));
  expect(regions).toEqual([
    [{ 'openai:global': 0.4, 'aws:me-central-1': 1 }],
    [
      { 'openai:global': 0.4, 'aws:me-central-1': 1 },
      { 'aws:eu-west-1': 0.5, 'aws:me-central-1': 1 },
    ],
  ]);
});

test('where no leg rests on the layer of an extra node, all do', () => {
  const linked = withSearch({ extra: [{ layer: 'gateway', node: 'gateway:litellm', k: 1, ruleId: 'gateway/in-path' }] });
  const gateways = capabilityOf(linked, 'desk/search').legs?.flatMap(({ routes }) => routes.map(({ gateway }) => gateway));
  expect(gateways).toEqual([{ litellm: 1 }, { litellm: 1 }, { litellm: 1 }]);
});

test('only the leg that rests on the layer gets the extra node', () => {
  const bare = { ...gpt, id: 'route:bare', nodes: {} };
  const linked = { ...withSearch({ legs: [leg('embeddings', bare), leg('chat', gpt)] }), routes: [...desk.routes, bare] };
  expect(capabilityOf(linked, 'desk/search').legs?.map(({ routes }) => routes[0]?.region)).toEqual([
    {},
    { 'openai:global': 0.4, 'aws:me-central-1': 1 },
  ]);
});

test('an extra host node belongs to the workload, so that no fallback helps', () => {
  const linked = withSearch({ extra: [{ layer: 'host', node: 'host:aws:eu-west-1', k: 0.5, ruleId: 'region/second-host' }] });
  expect(capabilityOf(linked, 'desk/search').host).toEqual({ 'aws:me-central-1': 1, 'aws:eu-west-1': 0.5 });
});

test('a retired primary is marked, a retired fallback is not', () => {
  const retired = [
    { ...gpt, retired: true },
    { ...claude, retired: true },
  ];
  const routes = capabilityOf({ ...desk, routes: [...desk.routes.slice(1, 2), ...retired, ...desk.routes.slice(3)] }, 'desk/chat')
    .legs?.[0]?.routes;
  expect(routes?.map((route) => route.retired)).toEqual([true, undefined]);
});

test('workloads without AI that counts are infrastructure, if they run anywhere', () => {
  expect(portfolioOf(desk).capabilities.map(({ id }) => id)).toEqual([
    'ci/review',
    'desk/chat',
    'desk/search',
    'warehouse/trial',
    'workload:warehouse',
  ]);
  expect(capabilityOf(desk, 'workload:warehouse')).toEqual({
    id: 'workload:warehouse',
    weight: 1,
    host: { 'own:dubai': 1 },
    virtualization: { vmware: 1 },
  });
});

test('names from the audited tree can be anything', () => {
  const odd = {
    ...gpt,
    id: 'route:odd',
    model: 'model:__proto__',
    nodes: { operator: [{ node: 'operator: ', k: 1 }], region: [{ node: 'region:\u0000', k: 1 }] },
  };
  const linked = {
    ...desk,
    routes: [odd],
    capabilities: [capability('workload:a', [leg('chat', odd)]), capability('__proto__', [leg('chat', odd, [fallback(odd)])])],
    workloads: [workload('a', { host: [{ node: 'host:__proto__', k: 1, evidence: [] }] })],
  };
  const portfolio = portfolioOf(linked);
  expect(portfolio.capabilities.map(({ id }) => id)).toEqual(['workload:a', '__proto__', 'workload:a~']);
  expect(portfolio.capabilities[0]?.legs?.[0]?.routes[0]?.operator).toEqual({ unknown: 1 });
  // Operator unknown and one pinned region: 0.30 of 0.40 and 0.20 in full.
  expect(score(portfolio).value).toBeCloseTo(100 * Math.sqrt(0.3 * 0.4 + 0.2), 9);
});

test('a route that is not there is a bug, and says so', () => {
  expect(() => portfolioOf({ ...desk, routes: [] })).toThrow('the graph has no route route:qwen');
});
