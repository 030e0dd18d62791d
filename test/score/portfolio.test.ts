import { describe, expect, test } from 'vitest';
import { clouds } from '../../src/score/clouds.ts';
import { layers } from '../../src/score/layers.ts';
import { type Portfolio, parsePortfolio } from '../../src/score/portfolio.ts';
import { PortfolioError } from '../../src/score/portfolio-error.ts';
import { score } from '../../src/score/score.ts';
import { whatIf } from '../../src/score/what-if.ts';

const chat = { id: 'chat', routes: [{ operator: { openai: 1 } }] };
const withRoute = (route: unknown) => ({ capabilities: [chat, { id: 'search', routes: [{ operator: { openai: 1 } }, route] }] });

describe('an input that does not have the form is refused, with the very field', () => {
  test.each<[string, unknown, string]>([
    ['unknown field of a route', withRoute({ kapa: 1 }), 'capabilities[1].routes[1]: unknown field "kapa"'],
    ['unknown field of a capability', { capabilities: [{ ...chat, wieght: 1 }] }, 'capabilities[0]: unknown field "wieght"'],
    [
      'unknown field of a leg',
      { capabilities: [{ id: 'rag', legs: [{ routes: [{}], name: 'x' }] }] },
      'capabilities[0].legs[0]: unknown field "name"',
    ],
    ['unknown field of the portfolio', { capabilities: [], owner: 'me' }, 'unknown field "owner"'],
    ['a prototype is no field', JSON.parse('{"capabilities":[],"__proto__":{}}'), 'unknown field "__proto__"'],
    ['an inherited name is no field', withRoute({ constructor: 1 }), 'capabilities[1].routes[1]: unknown field "constructor"'],
    [
      'NaN',
      withRoute({ operator: { openai: Number.NaN } }),
      'capabilities[1].routes[1].operator.openai: must be a number from 0 to 1, not NaN',
    ],
    [
      'negative k',
      withRoute({ cloud: { aws: -0.1 } }),
      'capabilities[1].routes[1].cloud.aws: must be a number from 0 to 1, not -0.1',
    ],
    [
      'k above 1',
      withRoute({ region: { 'aws:eu-west-1': 2 } }),
      'capabilities[1].routes[1].region["aws:eu-west-1"]: must be a number from 0 to 1, not 2',
    ],
    [
      'k as text',
      withRoute({ maker: { openai: '1' } }),
      'capabilities[1].routes[1].maker.openai: must be a number from 0 to 1, not "1"',
    ],
    ['kappa above 1', withRoute({ kappa: 1.2 }), 'capabilities[1].routes[1].kappa: must be a number from 0 to 1, not 1.2'],
    [
      'nodes as text',
      withRoute({ operator: 'openai' }),
      'capabilities[1].routes[1].operator: must be nodes with their k, or "unknown", not "openai"',
    ],
    ['nodes as null', withRoute({ operator: null }), 'capabilities[1].routes[1].operator: must be an object, not null'],
    ['blank node name', withRoute({ operator: { ' ': 1 } }), 'capabilities[1].routes[1].operator[" "]: must be a name, not " "'],
    ['blank family', withRoute({ family: '' }), 'capabilities[1].routes[1].family: must be a name, not ""'],
    ['retired as text', withRoute({ retired: 'yes' }), 'capabilities[1].routes[1].retired: must be true or false, not "yes"'],
    ['route as text', withRoute('openai'), 'capabilities[1].routes[1]: must be an object, not "openai"'],
    ['duplicate id', { capabilities: [chat, chat] }, 'capabilities[1]: duplicate id "chat"'],
    ['no id', { capabilities: [{ routes: [] }] }, 'capabilities[0]: field "id" is missing'],
    ['no capabilities', {}, 'field "capabilities" is missing'],
    ['capabilities as object', { capabilities: { chat } }, 'capabilities: must be a list, not an object'],
    [
      'a leg without route',
      { capabilities: [{ id: 'rag', legs: [{ routes: [] }] }] },
      'capabilities[0].legs[0].routes: must not be empty',
    ],
    ['both forms of routes', { capabilities: [{ ...chat, legs: [] }] }, 'capabilities[0]: has both routes and legs'],
    [
      'no such criticality',
      { capabilities: [{ ...chat, criticality: 'huge' }] },
      'capabilities[0].criticality: must be critical, important, standard or experimental, not "huge"',
    ],
    [
      'inherited criticality',
      { capabilities: [{ ...chat, criticality: 'toString' }] },
      'capabilities[0].criticality: must be critical, important, standard or experimental, not "toString"',
    ],
    [
      'infinite weight',
      { capabilities: [{ ...chat, weight: Number.POSITIVE_INFINITY }] },
      'capabilities[0].weight: must be a number from 0 to 1000000000, not Infinity',
    ],
    [
      'factor above 1',
      { capabilities: [{ ...chat, lockIn: [0.1, 3] }] },
      'capabilities[0].lockIn[1]: must be a number from 0 to 1, not 3',
    ],
    ['a day that does not exist', { asOf: '2026-02-30', capabilities: [] }, 'asOf: must be a date, not "2026-02-30"'],
    ['a home that breaks the vector', { home: ['US/U:0'], capabilities: [] }, 'home[0]: must be a country code, not "US/U:0"'],
    ['a group of no layer', { groups: { bedrock: 'amazon' }, capabilities: [] }, 'groups.bedrock: "bedrock" is not a node id'],
    [
      'a group called unknown',
      { groups: { 'operator:x': 'unknown' }, capabilities: [] },
      'groups["operator:x"]: no group may be called "unknown"',
    ],
    ['a list', [], 'must be an object, not a list'],
  ])('%s', (_, input, message) => {
    const refusal = expect.objectContaining({ name: 'PortfolioError', message });
    expect(() => parsePortfolio(input)).toThrow(PortfolioError);
    expect(() => parsePortfolio(input)).toThrow(refusal);
  });

  test('score, layers and whatIf all check', () => {
    const broken: Portfolio = { capabilities: [{ id: 'chat', weight: Number.NaN }] };
    for (const run of [() => score(broken), () => layers(broken), () => whatIf(broken, [])]) expect(run).toThrow(PortfolioError);
  });

  test('a message never repeats a long value', () => {
    expect(() => parsePortfolio({ ['x'.repeat(1e6)]: 1, capabilities: [] })).toThrow(/^unknown field "x{60}…"$/);
  });
});

describe('what the form allows', () => {
  test('undefined fields are absent, "unknown" is one missing node', () => {
    const written = score({ capabilities: [{ id: 'chat', routes: [{ operator: { unknown: 1 } }] }] });
    const short = parsePortfolio({
      home: undefined,
      capabilities: [{ id: 'chat', weight: undefined, routes: [{ operator: 'unknown' }] }],
    });
    expect(score(short)).toEqual(written);
  });

  test('a node may be called __proto__', () => {
    const portfolio = parsePortfolio(JSON.parse('{"capabilities":[{"id":"__proto__","routes":[{"operator":{"__proto__":1}}]}]}'));
    expect([...layers(portfolio).operator.exposure]).toEqual([['__proto__', 1]]);
    expect(whatIf(portfolio, ['operator:__proto__']).rows).toEqual([{ id: '__proto__', state: 'dark', loss: 1 }]);
  });

  test('routes: [] is infrastructure only', () => {
    const portfolio = { capabilities: [{ id: 'warehouse', routes: [], host: { 'aws:me-central-1': 1 } }] };
    expect(score(portfolio)).toMatchObject({ value: null, grade: '-', vector: 'AIDEPS:1/C:-/L:-/R:-/J:-/M:-/H:-/D:-/U:-' });
    expect(whatIf(portfolio, ['region:aws:me-central-1'])).toMatchObject({ exposure: null, infrastructure: 100 });
  });

  test('fifty thousand capabilities are no problem', () => {
    const capabilities = Array.from({ length: 50_000 }, (_, index) => ({ ...chat, id: `service-${index}` }));
    expect(score({ capabilities }).dimensions.concentration).toBeCloseTo(100 * Math.sqrt(0.4), 6);
  });
});

describe('options', () => {
  const hidden: Portfolio = {
    asOf: '2026-11-20',
    home: ['EU', 'AE'],
    capabilities: [{ id: 'chat', routes: [{ jurisdiction: 'unknown' }] }],
  };

  test('the vector names home, date, unknown weight and mode', () => {
    expect(score(hidden, { asOf: '2027-01-01' }).vector).toBe(
      'AIDEPS:1/C:0.0/L:0.0/R:0.0/J:100.0/M:0.0/H:AE+EU/D:2026-11-20/U:100',
    );
    expect(score(hidden, { unknown: 'optimistic' }).vector).toBe(
      'AIDEPS:1/C:0.0/L:0.0/R:0.0/J:0.0/M:0.0/H:AE+EU/D:2026-11-20/U:100/X:optimistic',
    );
  });

  test('asOf of the options serves a portfolio without one', () => {
    expect(score({ capabilities: [] }, { asOf: '2027-01-01' }).vector).toContain('/D:2027-01-01/');
  });
});

describe('lost selectors', () => {
  const portfolio: Portfolio = {
    capabilities: [
      {
        id: 'chat',
        routes: [{ operator: { vertex: 1 }, model: { 'claude-sonnet-4@20250514': 1 }, region: { 'gcp:global': 0.4 } }],
      },
    ],
  };

  test('a version behind @ is part of a name, not a part of the loss', () => {
    expect(whatIf(portfolio, ['model:claude-sonnet-4@20250514']).exposure).toBe(100);
    expect(whatIf(portfolio, ['model:claude-sonnet-4']).exposure).toBe(0);
  });

  test.each([
    ['operator:vertex@0.25', 25],
    ['operator:vert*', 100],
    ['provider:vertex', 100],
    ['region:*@.5', 20],
    ['operator:mistral', 0],
  ])('%s costs %d %%', (selector, percent) => {
    expect(whatIf(portfolio, [selector]).exposure).toBeCloseTo(percent, 9);
  });

  test.each(['vertex', 'operatr:vertex', 'operator:', ''])('%j is refused', (selector) => {
    expect(() => whatIf(portfolio, [selector])).toThrow(PortfolioError);
  });
});

describe('clouds', () => {
  test('relations are divided by their number, the rest is a node of its own', () => {
    const hostedOn = [
      { cloud: 'aws', relation: 'primary' },
      { cloud: 'gcp', relation: 'named' },
      { cloud: 'oci', relation: 'named' },
    ] as const;
    expect(clouds('anthropic', hostedOn)).toEqual({ aws: 0.6, gcp: 0.2, oci: 0.2 });
    expect(clouds('openai', [{ cloud: 'azure', relation: 'primary' }])).toEqual({ azure: 0.6, 'openai:other-cloud': 0.4 });
    expect(clouds('google-ai', [{ cloud: 'gcp', relation: 'sole' }])).toEqual({ gcp: 1 });
  });

  test('no fact is an unknown cloud, not another one', () => {
    expect(clouds('newcomer', [])).toEqual({ unknown: 1 });
  });
});
