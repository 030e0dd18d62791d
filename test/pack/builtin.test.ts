import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type LoadedCatalog, loadCatalog } from '../../src/pack/catalog.ts';
import { type CompiledPack, TABLE_NAMES } from '../../src/pack/compiled.ts';
import { compileBuiltin, packOf } from '../../src/pack/load.ts';
import { packedText, unpack } from '../../src/pack/packed.ts';
import { MATCH_LIMIT, matchingWork, patternProblem, pumpTexts } from '../../src/pack/pattern-check.ts';
import { parsePattern } from '../../src/pack/pattern-syntax.ts';
import { brokenReferences } from '../../src/pack/references.ts';
import { vocabularyOf } from '../../src/pack/vocabulary.ts';
import { hostWords } from '../../src/pack/words.ts';

const UNSOURCED = new Set(['rules', 'scenarios']);

let pack: CompiledPack;
let catalog: LoadedCatalog;
beforeAll(async () => {
  // Schemas, ids, paths and patterns are checked on the way; a violation fails here and names its file.
  pack = await compileBuiltin();
  catalog = loadCatalog(pack);
});

describe('facts', () => {
  test('every reference leads somewhere', () => expect(brokenReferences(pack)).toEqual([]));

  test('every fact, nested ones too, has a source, a date and says whether it is verified', () => {
    const lacking: string[] = [];
    const visit = (value: unknown, at: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const provenance = ['source', 'date', 'verified'].filter((key) => key in value);
      if (provenance.length > 0 && provenance.length < 3) lacking.push(at);
      for (const [key, child] of Object.entries(value)) visit(child, `${at}.${key}`);
    };
    for (const table of TABLE_NAMES.filter((name) => !UNSOURCED.has(name))) {
      for (const [index, entry] of pack[table].entries()) {
        if (!('source' in entry)) lacking.push(`${table}.${index}`);
        visit(entry, `${table}.${index}`);
      }
    }
    expect(lacking).toEqual([]);
  });

  test('nothing is verified by general knowledge', () => {
    const wrong: string[] = [];
    const visit = (value: unknown, at: string): void => {
      if (typeof value !== 'object' || value === null) return;
      if ('verified' in value && value.verified && 'source' in value && value.source === 'general knowledge') wrong.push(at);
      for (const [key, child] of Object.entries(value)) visit(child, `${at}.${key}`);
    };
    for (const { id, ...fields } of [...pack.providers, ...pack.clouds]) visit(fields, id);
    expect(wrong).toEqual([]);
  });

  test('a group has one owner', () => {
    const owners = new Map<string, Set<string>>();
    for (const { group, owner } of [...pack.providers, ...pack.clouds]) {
      if (group && owner) owners.set(group, (owners.get(group) ?? new Set()).add(owner.name));
    }
    expect([...owners].filter(([, names]) => names.size > 1).map(([group, names]) => [group, ...names])).toEqual([]);
  });

  test('the rule a feature names exists', () => {
    const rules = new Set(pack.rules.map((rule) => rule.id));
    expect(
      pack.features.filter(({ rule }) => rule !== undefined && !rules.has(rule)).map(({ id, rule }) => `${id}: ${rule}`),
    ).toEqual([]);
  });

  test('rule codes are unique', () => {
    const codes = pack.rules.map((rule) => rule.code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  test('the constants are complete', () => {
    expect(Object.values(pack.scoring.apiShape).every((p) => p > 0 && p < 1)).toBe(true);
    expect(pack.scoring.confidence).toMatchObject({ literal: 1, constant: 0.9, 'sdk-default': 0.9, heuristic: 0.6 });
  });
});

describe('hosts', () => {
  test('a whole host name belongs to one provider', () => {
    const wrong = pack.providers.flatMap(({ id, hosts }) =>
      hosts
        .filter((host) => catalog.host(host)?.provider.id !== id)
        .map((host) => `${host}: ${id} or ${catalog.host(host)?.provider.id}`),
    );
    expect(wrong).toEqual([]);
  });

  test('a file that names a host passes the prefilter', () => {
    const { has } = vocabularyOf(catalog);
    const runners = pack.providers.filter(({ kind }) => kind !== 'weight-hub');
    const hosts = runners.flatMap((provider) => [...provider.hosts, ...provider.residency.map(({ host }) => host)]);
    expect(hosts.filter((host) => host.includes('.') && !has(`https://${host}/v1`))).toEqual([]);
    const patterns = pack.providers.flatMap(({ id, hostPatterns }) => hostPatterns.map((pattern) => `${id}: ${pattern}`));
    expect(patterns.filter((line) => hostWords(line.slice(line.indexOf(': ') + 2)).length === 0)).toEqual([]);
  });
});

test('a hub of weights is known and runs nothing', () => {
  const url = 'https://huggingface.co/openai/whisper-small/resolve/main/model.safetensors';
  expect(catalog.host('huggingface.co')?.provider.kind).toBe('weight-hub');
  expect(catalog.endpoint(url, [])).toBeUndefined();
  expect(catalog.endpoint('https://router.huggingface.co/v1', [])?.provider.id).toBe('huggingface-inference');
});

test.each([
  ['https://aip.baidubce.com/rpc/2.0/tts/v1/create', 'baidu-speech'],
  ['https://aip.baidubce.com/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/ernie', 'baidu-qianfan'],
  [
    'https://clinic.cognitiveservices.azure.com/formrecognizer/documentModels/prebuilt-read:analyze',
    'azure-document-intelligence',
  ],
  ['https://clinic.cognitiveservices.azure.com/openai/deployments/triage/chat/completions', 'azure-openai'],
])('services of one company behind one host are told apart by path: %s', (url, id) =>
  expect(catalog.endpoint(url, [])?.provider.id).toBe(id),
);

describe('patterns', () => {
  test('take work in step with the length of the hardest texts made of their own parts', () => {
    const patterns = [
      ...pack.providers.flatMap(({ id, hostPatterns }) => hostPatterns.map((pattern) => ({ id, pattern }))),
      ...pack.families.flatMap(({ id, pattern, open }) =>
        [pattern, ...(open === undefined ? [] : [open])].map((text) => ({ id, pattern: text })),
      ),
    ];
    const refused = patterns.filter(({ pattern }) => patternProblem(pattern) !== undefined);
    const steep = patterns.filter(({ pattern }) => growthOf(pattern) > LINEAR);
    expect([patterns.length > 200, refused, steep]).toEqual([true, [], []]);
  });

  // The measure itself tells a bad pattern from a good one.
  test.each([
    ['gpt-[\\w.-]+', true],
    ['[a-z]*[a-z]*-1', false],
  ])('%s is linear: %s', (pattern, isLinear) => expect(growthOf(pattern) <= LINEAR).toBe(isLinear));
});

// Twice the text may take twice the work, and what the fixed parts cost once; twice two is quadratic.
const LINEAR = 2.5;

/** Steps of the hardest text over the steps of one half as long. */
function growthOf(pattern: string): number {
  const node = parsePattern(pattern);
  const hardest = (length: number): number =>
    Math.max(1, ...[...pumpTexts(node, length)].map((text) => matchingWork(node, text)));
  return hardest(MATCH_LIMIT) / hardest(MATCH_LIMIT / 2);
}

describe('model families', () => {
  test('every example is of its family, wherever it is not ambiguous even without context', () => {
    const wrong = pack.families.flatMap((family) =>
      family.examples
        .map((example) => ({ example, found: catalog.model(example, family.ambiguous)?.family?.id }))
        .filter(({ found }) => found !== family.id)
        .map(({ example, found }) => `${family.id}: ${example} is ${found}`),
    );
    expect(wrong).toEqual([]);
  });

  test('a family that counts everywhere has words for the prefilter, and its examples hold one', () => {
    const wrong = pack.families.flatMap(({ id, ambiguous, words, examples }) => {
      if (ambiguous) return words.length === 0 ? [] : [`${id}: ambiguous, yet has words`];
      if (words.length === 0) return [`${id}: no words`];
      return examples
        .filter((example) => !words.some((word) => example.toLowerCase().includes(word)))
        .map((example) => `${id}: ${example}`);
    });
    expect(wrong).toEqual([]);
  });
});

test('every id of the catalog is a value that may be kept', () => {
  const { classifies } = vocabularyOf(catalog);
  const ids = [
    ...pack.families.filter(({ ambiguous }) => !ambiguous).flatMap(({ examples }) => examples),
    ...pack.regions.map(({ id }) => id),
    ...pack.providers.flatMap(({ hosts }) => hosts.filter((host) => host.includes('.')).map((host) => `https://${host}/v1`)),
  ];
  expect(ids.filter((id) => !classifies(id))).toEqual([]);
});

test('the compiled pack is JSON, and read back it says the same', () => {
  const text = packedText(pack);
  expect(Object.keys(JSON.parse(text).providers)).toEqual(pack.providers.map(({ id }) => id));
  const read = unpack(Buffer.from(text, 'latin1'));
  for (const name of TABLE_NAMES) expect(read[name]).toEqual(pack[name]);
  const looked = (rows: ReadonlyMap<string, unknown>, keys: Iterable<string>) => Array.from(keys, (key) => rows.get(key));
  for (const [name, rows] of Object.entries({ ...pack.rows, ...pack.indexes })) {
    const keys = [...rows.keys(), '', '"', '{', 'nothing'];
    // Some by search, then the rest by line.
    const again: ReadonlyMap<string, unknown> =
      { ...unpack(Buffer.from(text, 'latin1')).rows, ...unpack(Buffer.from(text, 'latin1')).indexes }[name] ?? new Map();
    expect(looked(again, keys)).toEqual(looked(rows, keys));
  }
  expect(packedText(read)).toBe(text);
});

test('a lookup in the compiled pack parses the rows it needs alone', () => {
  const parsed: string[] = [];
  const parse = vi.spyOn(JSON, 'parse').mockImplementation((text) => {
    parsed.push(text);
    return parseJson(text);
  });
  const { catalog: loaded } = packOf(unpack(Buffer.from(packedText(pack), 'latin1')));
  expect(loaded.host('api.openai.com')?.provider.id).toBe('openai');
  expect(loaded.package('npm', 'openai')?.name).toBe('openai');
  expect(loaded.surfaces.imported('javascript', 'openai').map(({ id }) => id)).toContain('javascript/openai');
  parse.mockRestore();
  expect(parsed.filter((text) => text.includes('"hosts":['))).toHaveLength(1);
  expect(parsed.filter((text) => text.includes('"ecosystem":'))).toHaveLength(1);
});

const parseJson = JSON.parse;

describe('ports', () => {
  test.each([
    ['http://localhost:4000', 'litellm'],
    ['http://localhost:4000/v1', 'litellm'],
    ['http://localhost:4000/v1/chat/completions', 'litellm'],
    ['http://localhost:11434/api', 'ollama'],
    ['http://localhost:11434/api/tags', 'ollama'],
    ['http://localhost:4000/api/bookings', undefined],
    ['http://localhost:4000/\u0000', undefined],
  ])('%s', (url, id) => expect(catalog.endpoint(url, [])?.provider.id).toBe(id));
});
