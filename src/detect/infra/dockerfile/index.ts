// https://docs.docker.com/reference/dockerfile/
import type { Declaration, Observed, Setting, Vocabulary } from '../../../model/observed.ts';
import type { Entry, Expr, Span } from '../../../model/source.ts';
import { interpolate } from '../../../parse/interpolation.ts';
import { parseJson } from '../../../parse/json.ts';
import { textsOf } from '../../../parse/record.ts';
import { redacted, withoutSecrets } from '../../../parse/secret.ts';
import { defineDetector } from '../../../plugin.ts';
import { assignmentsOf, wordsOf } from './assignments.ts';
import { type Instruction, instructionsOf } from './instructions.ts';

const MAX_DEFAULT = 1000;

/** A stage while its instructions are read. */
interface Stage {
  readonly labels: readonly string[];
  readonly entries: Map<string, Entry>;
  readonly at: Span;
}

interface Reading {
  readonly vocabulary: Vocabulary;
  readonly stages: Stage[];
  readonly settings: Setting[];
  /** Build arguments whose default is known, as far as the text has come. */
  readonly defaults: Map<string, string>;
}

export default defineDetector({
  id: 'infra/dockerfile',
  docs: 'https://docs.docker.com/reference/dockerfile/',
  kinds: ['dockerfile', 'dockerfile.*', 'dockerfile-*', '.dockerfile', 'containerfile', 'containerfile.*'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }, vocabulary) => readDockerfile(text, vocabulary),
});

/** Base image and command of each stage; environment and build arguments as settings. Nothing is run, `RUN` is not read. */
function readDockerfile(text: string, vocabulary: Vocabulary): Observed {
  const reading: Reading = { vocabulary, stages: [], settings: [], defaults: new Map() };
  for (const instruction of instructionsOf(text)) take(reading, instruction);
  const declarations = reading.stages.map((stage) => declarationOf(stage, vocabulary));
  return {
    ...(declarations.length > 0 ? { declarations } : {}),
    ...(reading.settings.length > 0 ? { settings: reading.settings } : {}),
  };
}

function take(reading: Reading, instruction: Instruction): void {
  const { keyword, at } = instruction;
  if (keyword === 'FROM') reading.stages.push(stageOf(reading, instruction));
  if (keyword === 'ENV' || keyword === 'ARG') takeAssignments(reading, instruction);
  if (keyword === 'CMD' || keyword === 'ENTRYPOINT') {
    const key = keyword === 'CMD' ? 'command' : 'entrypoint';
    // Of several in one stage the last counts.
    reading.stages.at(-1)?.entries.set(key, { key, value: commandOf(instruction), at });
  }
}

function stageOf(reading: Reading, { rest, at }: Instruction): Stage {
  const words = rest.split(/\s+/);
  const image = words.find((word) => !word.startsWith('--')) ?? '';
  const alias = words[words.findIndex((word) => word.toLowerCase() === 'as') + 1];
  const isNamed = words.some((word) => word.toLowerCase() === 'as') && alias !== undefined;
  const entries = new Map([['from', { key: 'from', value: expand(reading, image, at), at }]]);
  const platform = words.find((word) => word.startsWith('--platform='))?.slice('--platform='.length);
  if (platform) entries.set('platform', { key: 'platform', value: expand(reading, platform, at), at });
  return { labels: isNamed ? [redacted(alias)] : [], entries, at };
}

/** The name always, the value only where it means something to the audit: everything else may be a secret. */
function takeAssignments(reading: Reading, { keyword, rest, at }: Instruction): void {
  for (const { name, text } of assignmentsOf(rest, keyword === 'ARG')) {
    const value = text === undefined ? undefined : expand(reading, text, at);
    const known = value && knownText(value);
    if (keyword === 'ARG' && known !== undefined) reading.defaults.set(name, known);
    const isKept = known !== undefined && reading.vocabulary.classifies(known);
    reading.settings.push(isKept ? { name, value: { kind: 'text', text: known, at }, at } : { name, at });
  }
}

/** The whole text, where every part is known. Arguments made of arguments may double each time: a long one is not. */
function knownText(value: Expr): string | undefined {
  if (value.kind === 'text') return value.text.length > MAX_DEFAULT ? undefined : value.text;
  if (value.kind === 'env') return value.fallback && knownText(value.fallback);
  if (value.kind !== 'join') return undefined;
  const parts = value.parts.map((part) => knownText(part));
  return parts.includes(undefined) ? undefined : knownText({ kind: 'text', text: parts.join(''), at: value.at });
}

/** `["vllm", "serve"]`, or a line for the shell; both as words. Build arguments are gone when it runs. */
function commandOf({ rest, at }: Instruction): Expr {
  const words = rest.startsWith('[') ? textsOf(parseJson(rest).documents[0]) : wordsOf(rest);
  return { kind: 'list', items: words.map((word) => interpolate(word, at)), at };
}

/** Variables as such, with the default of the build argument they name. */
function expand({ defaults }: Reading, text: string, at: Span): Expr {
  const withDefault = (expr: Expr): Expr => {
    if (expr.kind === 'join') return { ...expr, parts: expr.parts.map((part) => withDefault(part)) };
    if (expr.kind !== 'env' || expr.fallback) return expr;
    const fallback = defaults.get(expr.name);
    return fallback === undefined ? expr : { ...expr, fallback: { kind: 'text', text: fallback, at } };
  };
  return withDefault(interpolate(text, at));
}

function declarationOf({ labels, entries, at }: Stage, vocabulary: Vocabulary): Declaration {
  const body: Expr = { kind: 'record', entries: [...entries.values()], open: false, at };
  return { block: 'image', format: 'dockerfile', labels, body: withoutSecrets(body, (text) => vocabulary.classifies(text)), at };
}
