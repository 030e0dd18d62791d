/** Strings that are model ids in a place where a model id is meant: tables, defaults, configuration objects, switch cases. */
import type { ModelString } from '../model/resolved.ts';
import type { LinkContext } from './context.ts';

/** Keys that hold a model id whatever stands beside them. */
const MODEL_KEYS =
  /^(?:(?:default|chat|fallback|primary|embedding|embeddings|image|title|vision|fast|small|large|base|llm|ai|openai|anthropic|gemini|reasoning|completion|language)?[_-]?models?(?:[_-]?(?:id|name|slug))?|hosted[_-]?id|engine|deployment(?:[_-]?(?:id|name))?)$/i;
/** Keys that hold one only beside a name, a provider or a label: entries of a table. */
const TABLE_KEYS = /^(?:id|value|slug|name|key)$/i;
const TABLE_NEIGHBOURS =
  /^(?:name|provider|label|title|displayname|description|vendor|maxtokens|max_tokens|context|contextwindow|contextlength|maxcontext|pricing)$/i;
/** Objects that describe a model rather than choose it. */
const DESCRIBES = /^(?:test|mock|fixture|price|pricing|cost|limit|logo|icon)/i;

/** What stands beside the model in a record of what a call has cost. */
const SPENT = /^(?:costs?|tokens?|usage|(?:input|output|prompt|completion|total)[_-]?tokens)$/i;
/** Files that reckon with models instead of calling them. */
const RECKONS = /(?:^|[-_.])(?:costs?|prices?|pricing|billing)(?:[-_.]|$)/i;

/** Lines of a text that may still be a choice. */
const LINES = 4;

/** Where one object holds several, the first of these is the id that is called; names beside it are for people. */
const PRECEDENCE = [
  'modelid',
  'model_id',
  'model',
  'id',
  'slug',
  'value',
  'deployment',
  'engine',
  'hostedid',
  'hosted_id',
  'modelslug',
  'name',
  'modelname',
  'model_name',
  'key',
];

/** Whether a string stands for a model that the code can run. */
export function isModelEntry(context: LinkContext, entry: ModelString): boolean {
  const { role, key = '', text } = entry.use;
  if (!placeCounts(entry)) return false;
  // Ordinary words (`mistral`, `sonar`) are models only where the workload calls one.
  // An `engine` may be that of a search or a template.
  const certain = MODEL_KEYS.test(key) && !/^engine$/i.test(key) && role !== 'pattern' && usesModels(context).has(entry.workload);
  if (DESCRIBES.test(key) || RECKONS.test(entry.path.slice(entry.path.lastIndexOf('/') + 1))) return false;
  const match = context.catalog.model(text, certain);
  return match !== undefined && (match.family !== undefined || match.operator !== undefined);
}

/** A list written as one text: `anthropic:claude-sonnet-4-5, openai:gpt-5`. Its parts, where each is a model; else the text itself. */
export function modelEntriesIn(context: LinkContext, entry: ModelString): readonly string[] {
  const parts = entry.use.text.split(/[,;\s]+/).filter((part) => part !== '');
  // A name a line, and many of them, is a table to look names up in.
  if (parts.length > LINES && entry.use.text.includes('\n')) return [];
  const each = parts.length ? parts : [entry.use.text];
  return each.every((text) => isModelEntry(context, { ...entry, use: { ...entry.use, text } })) ? each : [];
}

function placeCounts({ use }: ModelString): boolean {
  const { role, key = '', beside = {}, text } = use;
  if (role === 'pattern') return true;
  if (role === 'value' || role === 'default') return /model|llm|engine|deployment/i.test(key);
  if (role === 'element') return /models?\b|llms?\b|models?$/i.test(key);
  if (role !== 'entry' || isOutranked(key, beside)) return false;
  if (MODEL_KEYS.test(key)) return 'provider' in beside || !Object.keys(beside).some((other) => SPENT.test(other));
  // A name for people: `Qwen-Max` beside a description.
  if (/^(?:name|key)$/i.test(key) && /[A-Z]/.test(text) && !/[\d/]/.test(text)) return false;
  return TABLE_KEYS.test(key) && Object.keys(beside).some((other) => TABLE_NEIGHBOURS.test(other));
}

function isOutranked(key: string, beside: Readonly<Record<string, string>>): boolean {
  const own = PRECEDENCE.indexOf(key.toLowerCase());
  if (own < 0) return false;
  return Object.entries(beside).some(
    ([other, text]) =>
      text !== '' &&
      !/\s/.test(text) &&
      PRECEDENCE.includes(other.toLowerCase()) &&
      PRECEDENCE.indexOf(other.toLowerCase()) < own,
  );
}

const workloads = new WeakMap<LinkContext, ReadonlySet<string>>();

function usesModels(context: LinkContext): ReadonlySet<string> {
  const known = workloads.get(context);
  if (known) return known;
  const found = new Set(context.resolved.uses.map((use) => use.workload));
  workloads.set(context, found);
  return found;
}
