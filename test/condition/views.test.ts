import { describe, expect, test } from 'vitest';
import { FIELDS } from '../../src/condition/fields.ts';
import type { Linked } from '../../src/model/graph.ts';
import type { Each } from '../../src/model/rule.ts';
import {
  capability,
  elements,
  facts,
  fallback,
  inventory,
  leg,
  linked,
  node,
  numbers,
  place,
  route,
  SITUATION,
  view,
} from './hand-made.ts';

const ENTRY = { context: 'production', confidence: 1, how: 'literal', evidence: ['e1'], path: 'src/answer.ts', line: 7 } as const;

const WHOLE: Linked = linked({
  nodes: [node('operator:openai'), node('region:aws:eu-central-1'), node('virtualization:vmware')],
  routes: [route('openai', { evidence: ['e1'] }), route('anthropic')],
  capabilities: [
    capability(
      'shop/chat',
      [
        leg('openai', {
          fallbacks: [fallback('anthropic', 0.75)],
          stores: [{ id: 's', provider: 'pinecone', hosted: true, evidence: ['e1'] }],
        }),
      ],
      { sites: ['e1'] },
    ),
  ],
  workloads: [{ id: 'shop', path: '', kind: 'npm', host: [], virtualization: [] }],
  evidence: [place('e1')],
  clients: [
    {
      id: 'c',
      provider: 'openai',
      sdk: 'openai',
      regionHow: 'none',
      baseUrlHow: 'none',
      modelHow: 'literal',
      workload: 'shop',
      context: 'production',
      capabilities: ['shop/chat'],
      evidence: ['e1'],
    },
  ],
  resources: [
    {
      id: 'r',
      type: 'aws_s3_bucket',
      name: 'docs',
      layer: 'store',
      attributes: {},
      replicated: false,
      capabilities: ['shop/chat'],
      workload: 'shop',
      context: 'production',
      evidence: ['e1'],
    },
  ],
  inventory: inventory({
    gateways: [{ ...ENTRY, id: 'openrouter', key: 'g', name: 'OpenRouter', deployment: 'hosted', behind: [] }],
    models: [{ ...ENTRY, id: 'openai-large-1', key: 'm', maker: 'openai', family: null, openWeights: null, operators: [] }],
    regions: [{ ...ENTRY, id: 'eu-central-1', key: 'r', cloud: 'aws', region: 'eu-central-1', country: 'DE', role: 'deploy' }],
    packages: [
      {
        ...ENTRY,
        id: 'openai',
        key: 'p',
        ecosystem: 'npm',
        name: 'openai',
        version: null,
        role: 'sdk',
        manifest: 'package.json',
        used: true,
        providers: ['openai'],
        range: '>=4',
        group: 'runtime',
        locked: false,
        deprecated: false,
        replacement: null,
      },
    ],
  }),
});

describe.each(Object.keys(FIELDS) as Each[])('the view of a %s', (each) => {
  test('has exactly the documented fields, and null only where documented', () => {
    const table: Readonly<Record<string, { nullable: boolean }>> = FIELDS[each];
    const found = elements(WHOLE, each, { numbers: numbers() });
    expect(found.length).toBeGreaterThan(0);
    for (const element of found) {
      expect(Object.keys(element.view).sort()).toEqual([...Object.keys(table), 'home', 'policy', 'asOf'].sort());
      const absent = Object.keys(element.view).filter((name) => element.view[name] === null);
      expect(absent.filter((name) => table[name]?.nullable !== true)).toEqual([]);
      expect(Object.values(element.view)).not.toContain(undefined);
    }
  });
});

describe('residual loss of a leg', () => {
  const loss = (legParts: Parameters<typeof leg>[1]) => {
    const routes = [
      route('openai'),
      route('anthropic'),
      route('azure-openai', { nodes: { maker: [{ node: 'maker:openai', k: 1 }] } }),
    ];
    return view(linked({ routes, capabilities: [capability('shop/chat', [leg('openai', legParts)])] }), 'leg').operatorLoss;
  };

  test('is 1 without a fallback and with one of the same operator', () => {
    expect(loss({})).toBe(1);
    expect(loss({ fallbacks: [fallback('openai', 0.95)] })).toBe(1);
  });

  test('counts the best fallback only', () => {
    expect(loss({ fallbacks: [fallback('anthropic', 0.75)] })).toBeCloseTo(0.25);
    expect(
      loss({ fallbacks: [fallback('anthropic', 0.35), fallback('anthropic', 0.35), fallback('anthropic', 0.35)] }),
    ).toBeCloseTo(0.65);
  });

  test('gives no credit where the fallback is unknown', () => {
    const unknown = route('elsewhere', { nodes: { operator: [{ unknown: 'env' }] } });
    const graph = linked({
      routes: [route('openai'), unknown],
      capabilities: [capability('shop/chat', [leg('openai', { fallbacks: [fallback('elsewhere', 0.95)] })])],
    });
    expect(view(graph, 'leg').operatorLoss).toBe(1);
    expect(view(graph, 'capability').soleOperators).toEqual(['openai']);
  });

  test('joins services of one owner', () => {
    const graph = linked({
      nodes: [node('operator:aws-bedrock', { group: 'amazon' }), node('operator:aws-sagemaker', { group: 'amazon' })],
      routes: [route('aws-bedrock'), route('aws-sagemaker')],
      capabilities: [capability('shop/chat', [leg('aws-bedrock', { fallbacks: [fallback('aws-sagemaker', 0.95)] })])],
    });
    expect(view(graph, 'capability').soleOperators).toEqual(['amazon']);
    expect(view(graph, 'fallback').shared).toEqual(['operator amazon']);
    expect(elements(graph, 'node').map((element) => element.id)).toEqual(['operator:amazon']);
  });
});

describe('residency of a route', () => {
  const REGIONS: Readonly<Record<string, string>> = { 'eu-central-1': 'DE', 'us-east-1': 'US' };
  const known = facts({
    region: (_cloud, id) => {
      const country = REGIONS[id];
      if (country === undefined) return null;
      return { name: id, country, jurisdiction: country === 'DE' ? 'EU' : country, pair: null, risk: null };
    },
  });
  const leaves = (residency: readonly string[], parts: Parameters<typeof route>[1]) => {
    const graph = linked({ routes: [route('bedrock', parts)], capabilities: [capability('c', [leg('bedrock')])] });
    const situation = { ...SITUATION, policy: { ...SITUATION.policy, residency } };
    return view(graph, 'route', { facts: known, situation }).leaves;
  };
  const at = (region: string) => ({ nodes: { region: [{ node: `region:aws:${region}`, k: 1 }] } });

  test.each([
    ['no policy', [], { regionKind: 'global' }, null],
    ['a global endpoint', ['EU'], { regionKind: 'global' }, true],
    ['a pinned region inside', ['EU'], { regionKind: 'pinned', ...at('eu-central-1') }, false],
    ['a pinned region inside, by country', ['DE'], { regionKind: 'pinned', ...at('eu-central-1') }, false],
    ['a pinned region outside', ['EU'], { regionKind: 'pinned', ...at('us-east-1') }, true],
    [
      'a profile that also runs outside',
      ['EU'],
      { regionKind: 'geography', ...at('eu-central-1'), destinations: ['region:aws:us-east-1'] },
      true,
    ],
    [
      'a service that promises a geography',
      ['EU'],
      { regionKind: 'geography', nodes: { region: [{ node: 'region:anthropic:us', k: 0.5 }] } },
      true,
    ],
    ['a place nobody knows', ['EU'], { regionKind: 'pinned', ...at('moon-1') }, null],
  ] as const)('%s', (_name, residency, parts, expected) => {
    expect(leaves(residency, parts)).toBe(expected);
  });
});

describe('small readings', () => {
  test.each([
    ['*', true],
    ['latest', true],
    ['>=4', true],
    ['>=4 <7', false],
    ['^4.2.0', false],
    ['4.x', false],
  ])('range %s: unbounded is %s', (range, expected) => {
    const [entry] = WHOLE.inventory.packages;
    const graph = linked({ inventory: inventory({ packages: entry === undefined ? [] : [{ ...entry, range }] }) });
    expect(view(graph, 'package').unbounded).toBe(expected);
  });

  test.each([
    ['gemini-3-pro-preview', true],
    ['gemini-2.0-flash-exp', true],
    ['grok-beta', true],
    ['gpt-4-1106-preview', true],
    ['explorer-2', false],
  ])('model %s: preview is %s', (modelId, expected) => {
    const graph = linked({ routes: [route('x', { modelId })], capabilities: [capability('c', [leg('x')])] });
    expect(view(graph, 'leg').preview).toBe(expected);
  });

  test('home folds members of the Union to EU', () => {
    const graph = linked({ nodes: [node('jurisdiction:EU')] });
    expect(view(graph, 'node', { situation: { ...SITUATION, home: ['FR'] } }).foreign).toBe(false);
    expect(view(graph, 'node', { situation: { ...SITUATION, home: ['AE'] } }).foreign).toBe(true);
    expect(view(graph, 'node').foreign).toBe(null);
  });

  test('a capability has the features of the resources that serve it', () => {
    const [resource] = WHOLE.resources;
    const resources = resource === undefined ? [] : [{ ...resource, feature: 'kb' }];
    const known = facts({ feature: (id) => ({ name: id, rule: 'lock-in/hosted-vector-store', p: 0.55 }) });
    const found = view({ ...WHOLE, resources }, 'capability', { facts: known });
    expect(found.features).toEqual(['kb']);
    expect(found.featureRules).toEqual(['lock-in/hosted-vector-store']);
  });

  test('a name from a file that JavaScript knows is a name like any other', () => {
    const features: Record<string, readonly string[]> = JSON.parse('{"__proto__": ["e1"], "constructor": ["e1"]}');
    const graph = { ...WHOLE, capabilities: [capability('c', [leg('openai')], { features })] };
    expect(view(graph, 'capability').features).toEqual(['__proto__', 'constructor']);
  });
});
