import type { Vocabulary } from '../../src/model/observed.ts';

const WORDS = [
  'anthropic',
  'azure',
  'bedrock',
  'claude',
  'cohere',
  'deepseek',
  'embedding',
  'gemini',
  'gpt-',
  'groq',
  'langchain',
  'litellm',
  'llama',
  'mistral',
  'ollama',
  'openai',
  'vertex',
];
const MODEL = /^(?:[a-z]+\/)?(?:gpt|claude|gemini|mistral|llama|text-embedding)[a-z0-9.:-]*$/i;
const REGION = /^[a-z]{2}-[a-z]+-\d$|^(?:europe|us|asia)-[a-z]+\d$/;
const HOST = /^(?:https?:\/\/)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:\/[a-z0-9/._-]*)?$/i;

/** A small catalog, so that fixtures of detectors do not change when the real one does. */
export const testVocabulary: Vocabulary = {
  digest: 'test',
  words: WORDS,
  has: (text) => WORDS.some((word) => text.toLowerCase().includes(word)),
  classifies: (value) => MODEL.test(value) || REGION.test(value) || HOST.test(value),
};
