/** Which ways out are shown, how they are worded, in which order, and that their numbers are the model's. */
import { describe, expect, test } from 'vitest';
import { advise, adviseInDetail } from '../../src/advise/advise.ts';
import type { AdviseInput } from '../../src/advise/scene.ts';
import { capability, fallback, leg } from '../condition/hand-made.ts';
import { newsroom, type Situation, titles, valueWith } from './newsroom.ts';

const CHAT = [capability('chat', [leg('gpt')], { sites: ['call'] })];

function planB(input: AdviseInput) {
  return advise(input).planB;
}

/** Plans of one capability with these legs. */
function plansFor(legs: Parameters<typeof capability>[1], situation: Situation = {}) {
  return planB(newsroom([capability('desk', legs)], situation));
}

describe('a chat on one supplier', () => {
  const [supplier, machines, ...rest] = planB(newsroom(CHAT));

  test('can fall back to another supplier or to its own machines', () => {
    expect([supplier?.action, machines?.action, rest]).toEqual(['add-fallback', 'own-host', []]);
    expect(supplier).toMatchObject({
      capability: 'chat',
      leg: 0,
      title: 'automatic fallback to Claude at Anthropic',
      to: { operator: 'anthropic', model: 'claude-sonnet-5', region: null },
      grade: 'B',
      files: ['src/answer.ts'],
      caveats: ['prompts need evals'],
    });
    expect(machines?.title).toBe('fallback to open weights on your own host');
    expect(machines?.to).toEqual({ operator: null, model: 'llama-3.3-70b', region: null });
  });

  test('gains what the independent score says', () => {
    const input = newsroom(CHAT);
    for (const { entry, option } of adviseInDetail(input).planned) {
      const { value, grade } = valueWith(input.measured.portfolio, [option.changed]);
      expect(entry.before).toBe(input.measured.score.value);
      expect(entry.after).toBeCloseTo(value ?? Number.NaN, 9);
      expect(entry.gain).toBeCloseTo(entry.before - (value ?? Number.NaN), 9);
      expect(entry.grade).toBe(grade);
    }
  });

  test('home wins over what is abroad', () => {
    expect(titles(planB(newsroom(CHAT, { home: ['EU'] })))).toContain('automatic fallback to Mistral at Mistral AI');
  });

  test('a supplier that the workload already calls wins over a new one', () => {
    const other = capability('summary', [leg('claude')]);
    const plans = planB(newsroom([...CHAT, other], { home: ['EU', 'US'] })).filter((plan) => plan.capability === 'chat');
    expect(titles(plans)).toContain('automatic fallback to Claude at Anthropic');
  });

  test('a package that is not installed yet makes the manifest one of the files', () => {
    const input = newsroom(CHAT);
    const entry = {
      id: 'openai',
      key: 'openai',
      context: 'production',
      confidence: 1,
      how: 'literal',
      evidence: [],
      path: 'package.json',
      line: 3,
    } as const;
    const declared = {
      ...entry,
      ecosystem: 'npm',
      name: 'openai',
      version: '6.0.0',
      role: 'sdk',
      manifest: 'package.json',
      used: true,
      providers: ['openai'],
      range: '^6.0.0',
      group: 'runtime',
      locked: true,
      deprecated: false,
      replacement: null,
    };
    const withPackage = { ...input, linked: { ...input.linked, inventory: { ...input.linked.inventory, packages: [declared] } } };
    const files = planB(withPackage).map((plan) => [plan.action, plan.files]);
    expect(files).toEqual([
      ['add-fallback', ['package.json', 'src/answer.ts']],
      ['own-host', ['src/answer.ts']],
    ]);
  });

  test('threads and hosted agents go only half the way', () => {
    const bound = [capability('chat', [leg('gpt')], { features: { threads: ['call'] } })];
    const gainOf = (input: AdviseInput) => planB(input).find(({ action }) => action === 'add-fallback')?.gain ?? 0;
    expect(gainOf(newsroom(bound))).toBeLessThan(gainOf(newsroom(CHAT)));
    expect(planB(newsroom(bound)).find(({ action }) => action === 'add-fallback')?.caveats).toContain(
      'threads and hosted agents stay behind',
    );
  });
});

describe('fallbacks that are there', () => {
  test('a correlated one is to be replaced, and a test of it comes last', () => {
    const plans = plansFor([leg('gpt', { fallbacks: [fallback('azure-gpt', 0.75)] })]);
    expect(titles(plans)).toEqual([
      'fallback to open weights on your own host',
      'independent fallback to Claude at Anthropic instead of Azure OpenAI',
      'test the failover to Azure OpenAI',
    ]);
  });

  test('of an independent one only a test is left to gain', () => {
    expect(titles(plansFor([leg('gpt', { fallbacks: [fallback('claude', 0.75)] })]))[0]).toBe('test the failover to Anthropic');
  });

  test('what is independent and tested is left alone', () => {
    expect(plansFor([leg('gpt', { fallbacks: [fallback('claude', 0.95), fallback('own-llama', 0.95)] })])).toEqual([]);
  });
});

describe('a pinned region', () => {
  test('Bedrock: the profile of its geography, and a retry where nothing has happened', () => {
    const plan = plansFor([leg('bedrock')]).find(({ action }) => action === 'second-region');
    expect(plan).toMatchObject({
      title: 'second entry region through an eu. profile',
      to: { operator: 'aws-bedrock', model: 'anthropic.claude-sonnet-5', region: 'aws:eu-central-1' },
      files: ['src/client.ts'],
      caveats: ['check that the model has an eu. profile', 'retry in eu-central-1'],
    });
  });

  test('Bedrock in the Gulf, which has no profile: away', () => {
    const plan = plansFor([leg('gulf')]).find(({ action }) => action === 'second-region');
    expect([plan?.title, plan?.to.region]).toEqual(['second entry region through an eu. profile', 'aws:eu-west-1']);
    expect(plan?.caveats).toContain('leaves the present geography');
  });

  test('Azure: a deployment type by its name, and the paired region', () => {
    expect(titles(plansFor([leg('azure-gpt')]))).toContain('DataZoneStandard deployment and a retry in northeurope');
  });

  test('Vertex: a location by its name', () => {
    expect(titles(plansFor([leg('vertex')]))).toContain('location "eu" and a retry in europe-west1');
  });

  test('one without scopes in the catalog: nothing', () => {
    expect(plansFor([leg('gpt')]).filter(({ action }) => action === 'second-region')).toEqual([]);
  });

  test('a store that lies in one region keeps it, whatever the model does', () => {
    const extra = [{ layer: 'region', node: 'region:aws:eu-west-1', k: 1, ruleId: 'region/state-in-one-region' }] as const;
    const input = newsroom([capability('desk', [leg('bedrock')], { extra })]);
    expect(planB(input).map(({ action }) => action)).not.toContain('second-region');
    for (const { option } of adviseInDetail(input).planned)
      for (const { region } of option.changed.legs?.[0]?.routes ?? []) expect(region).toMatchObject({ 'aws:eu-west-1': 1 });
  });
});

describe('a hosted gateway', () => {
  test('can be bypassed at the maker', () => {
    const plans = plansFor([leg('routed')]);
    const bypass = plans.find(({ action }) => action === 'bypass-gateway');
    expect(bypass).toMatchObject({
      title: 'direct route to Anthropic beside OpenRouter',
      to: { operator: 'anthropic', model: 'claude-sonnet-5' },
    });
    expect(titles(plans)).toContain('automatic fallback to Mistral at Mistral AI');
  });
});

describe('a retired model', () => {
  test('is replaced by the last of its replacements, and loses its factor', () => {
    const factor = {
      ruleId: 'lifecycle/retired-model',
      factor: 'retired',
      dimension: 'lifecycle',
      p: 0.9,
      confidence: 1,
      evidence: ['client'],
    } as const;
    const input = newsroom([capability('desk', [leg('gpt-3.5')], { factors: [factor] })]);
    const planned = adviseInDetail(input).planned.find(({ entry }) => entry.action === 'replace-retired');
    expect(planned?.entry.title).toBe('replace gpt-3.5 by gpt-6');
    expect(planned?.option.changed).toMatchObject({ lifecycle: [] });
    expect(planned?.option.changed.legs?.[0]?.routes[0]?.retired).toBe(false);
  });
});

describe('embeddings', () => {
  const EMBED = leg('embedding', { operation: 'embeddings' });

  test('move as a whole: no other model reads their vectors', () => {
    const [plan, ...rest] = planB(newsroom([capability('index', [EMBED], { operation: 'embeddings' })]));
    expect(rest).toEqual([]);
    expect(plan).toMatchObject({
      action: 'own-host',
      title: 'move embeddings to open weights on your own host',
      to: { operator: null, model: 'bge-m3', region: null },
    });
    expect(plan?.caveats).toContain('every vector has to be embedded again');
  });

  test('in series with a chat only a move on both legs helps', () => {
    const plans = planB(newsroom([capability('rag', [EMBED, leg('gpt')])]));
    expect(titles(plans)).toEqual([
      'move embeddings to open weights on your own host; automatic fallback to Claude at Anthropic',
      'move embeddings to open weights on your own host; fallback to open weights on your own host',
    ]);
  });
});
