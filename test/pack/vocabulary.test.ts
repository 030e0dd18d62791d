import { performance } from 'node:perf_hooks';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Vocabulary } from '../../src/model/observed.ts';
import { loadCatalog } from '../../src/pack/catalog.ts';
import type { CompiledPack } from '../../src/pack/compiled.ts';
import { vocabularyOf } from '../../src/pack/vocabulary.ts';
import { vocabularyDataOf } from '../../src/pack/words.ts';
import { compileFixtures } from './newsroom.ts';

let pack: CompiledPack;
let vocabulary: Vocabulary;
beforeAll(async () => {
  pack = await compileFixtures('newsroom');
  vocabulary = vocabularyOf(loadCatalog(pack));
});

describe('words', () => {
  test('come from hosts, imports, names, paths, images and families', () => {
    expect(vocabulary.words).toEqual(
      expect.arrayContaining([
        'api.openai.com',
        'eu.api.openai.com',
        '.openai.azure.',
        'bedrock',
        '-aiplatform.googleapis.com',
        "'openai'",
        '"openai"',
        "'openai/",
        '"openai/',
        'openai_api_key',
        'ollama_',
        '_ollama',
        '/openai/deployments/',
        'ollama/ollama',
        'claude-',
      ]),
    );
  });

  test('leave out what is everywhere: HTTP clients, bare domains, undistinctive paths, ambiguous families', () => {
    for (const word of ["'got'", '.amazonaws.com', '/api/chat', 'sonar', 'openai']) expect(vocabulary.words).not.toContain(word);
  });

  test('are lower case, sorted, and four characters or longer', () => {
    expect(vocabulary.words).toEqual([...vocabulary.words].sort());
    expect(vocabulary.words.filter((word) => word !== word.toLowerCase() || word.length < 4)).toEqual([]);
  });
});

describe('has', () => {
  test.each([
    ["import OpenAI from 'OpenAI';", true],
    ['const url = "https://api.openai.com/v1"', true],
    ['process.env.OPENAI_API_KEY', true],
    ['claude-', true],
    ['x', false],
    ['import got from "got"', false],
    ['https://s3.eu-west-1.amazonaws.com', false],
    ['an open air concert', false],
  ])('%s', (text, expected) => expect(vocabulary.has(text)).toBe(expected));

  test('agrees with a plain search', () => {
    const texts = vocabulary.words.flatMap((word) => [word, word.slice(0, -1), `é${word}`, word.toUpperCase(), word.slice(1)]);
    for (const text of texts) {
      const expected = vocabulary.words.some((word) => text.toLowerCase().includes(word));
      expect([text, vocabulary.has(text)]).toEqual([text, expected]);
    }
  });

  test('a megabyte of almost-words takes no longer than a blink', () => {
    const text = "'openai_claude'api.openai.co".repeat(40_000);
    const start = performance.now();
    expect(vocabulary.has(text)).toBe(false);
    expect(performance.now() - start).toBeLessThan(400);
  });
});

describe('classifies', () => {
  test.each([
    'gpt-4o',
    'eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2',
    'eu-west-1',
    'api.openai.com',
    'https://api.openai.com/v1',
    'http://localhost:11434',
    'localhost:11434',
    'https://desk.openai.azure.com/openai/deployments/night',
    'wss://live.press.example/session',
    '10.0.0.7:8000',
  ])('keeps %s', (value) => expect(vocabulary.classifies(value)).toBe(true));

  test.each([
    '',
    'hunter2',
    'hunter2.summer',
    'correct horse battery staple',
    'sonar-pro',
    'true',
    '1.5',
    'sk-proj-abcdefghijklmnop',
    'https://api.openai.com/v1?key=abc',
    'https://user:pass@api.openai.com',
    'https://api.openai.com/@user',
    'https://hooks.press.example/services/T00000000/B00000000/XyZ12aBc34DeF56gHi78JkL9',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc',
    'AKIAIOSFODNN7EXAMPLE',
    'AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY',
    'hf_abcdefghijklmnop',
    'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    'gpt-4o-9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c',
    'claude-sk-ant-api03-secret',
    '0123456789abcdef0123456789abcdef.openai.azure.com',
    `gpt-4o${'x'.repeat(400)}`,
  ])('drops %j', (value) => expect(vocabulary.classifies(value)).toBe(false));
});

describe('digest', () => {
  test('a new retirement keeps it, a new region or word changes it', () => {
    const digestOf = (changed: CompiledPack): string => vocabularyDataOf(changed).digest;
    expect(digestOf({ ...pack, retirements: [] })).toBe(vocabulary.digest);
    expect(digestOf({ ...pack, regions: pack.regions.slice(1) })).not.toBe(vocabulary.digest);
    expect(digestOf({ ...pack, providers: pack.providers.slice(1) })).not.toBe(vocabulary.digest);
  });
});
