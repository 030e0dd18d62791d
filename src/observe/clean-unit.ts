/** Takes secrets out of what a source file says, before anything keeps it: a cache, a report, a log. */

import type { Vocabulary } from '../model/observed.ts';
import type { Expr, Unit } from '../model/source.ts';
import { isSensitive, redacted } from '../parse/secret.ts';

/** What some text holds when it may hold a key: cheaper than looking for each shape. */
const SUSPICIOUS =
  /\b(?:sk|pk|rk|hf|gsk|r8|gh[oprsu]|pplx|xai|nvapi|tgp|fw|csk|dop|glpat|xox[abp])[-_]\w|github_pat_|AKIA|ASIA|AIza|eyJ|-----BEGIN|:\/\/[^/\s]{0,300}@|(?:key|token|secret|password|passwd|sig)["']?\s{0,3}[=:]|--[\w-]{0,40}(?:key|token|secret|password)\s|[A-Za-z0-9+/=_]{32}/i;
/** Long, and of nothing but what random keys are made of. */
const RANDOM = /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9+/=_-]{32,}$/;
const SHORTEST = 8;
/** Names of settings and paths say where a secret is, not what it is. */
const REFERENCE = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z][\w.-]*|[\w.-]+\/[\w./-]*)$/;

type Open = { -readonly [Key in keyof (Expr & { kind: 'text' })]: (Expr & { kind: 'text' })[Key] };

/** Cleans a unit that nobody else holds yet: texts are changed where they stand, so that shared parts stay shared. */
export function cleanUnit(unit: Unit, vocabulary: Vocabulary): Unit {
  const seen = new Set<Expr>();
  const stack: { readonly expr: Expr; readonly name: string }[] = [];
  const add = (expr: Expr | undefined, name = '') => {
    if (expr) stack.push({ expr, name });
  };
  for (const { name, value, param } of unit.bindings) {
    add(value, name);
    add(param?.fallback, name);
  }
  for (const { value } of unit.exports) add(value);
  for (const { call } of unit.sites) add(call);
  for (const { over } of unit.blocks) add(over);
  for (const type of unit.types) {
    for (const { name, value } of type.fields) add(value, name);
    for (const part of [
      ...type.extends,
      ...type.annotations,
      ...type.methods.flatMap(({ value, annotations = [] }) => [value, ...annotations]),
    ])
      add(part);
  }
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { expr, name } = next;
    if (expr.kind === 'text') {
      // The parts of a unit are plain objects that the detector has just made.
      (expr as Open).text = cleanText(expr.text, name, vocabulary);
      continue;
    }
    if (seen.has(expr)) continue;
    seen.add(expr);
    for (const [part, key] of partsOf(expr, name)) add(part, key);
  }
  const strings = unit.strings.map((use) => ({
    ...use,
    text: cleanText(use.text, use.key ?? '', vocabulary),
    ...(use.beside ? { beside: cleanRecord(use.beside, vocabulary) } : {}),
  }));
  const directives = unit.directives.map((directive) => ({ ...directive, text: cleanText(directive.text, '', vocabulary) }));
  return { ...unit, strings: strings.filter(({ text }) => text !== ''), directives };
}

function partsOf(expr: Expr, name: string): readonly (readonly [Expr, string])[] {
  switch (expr.kind) {
    case 'member':
      return [[expr.of, ''] as const, [expr.name, ''] as const];
    case 'call':
      return [[expr.callee, ''] as const, ...expr.args.map((arg) => [arg.value, arg.name ?? ''] as const)];
    case 'join':
      return expr.parts.map((part) => [part, name] as const);
    case 'choice':
      return expr.of.map((part) => [part, name] as const);
    case 'record':
      return expr.entries.map((entry) => [entry.value, entry.key] as const);
    case 'list':
      return expr.items.map((part) => [part, name] as const);
    case 'spread':
      return [[expr.of, name] as const];
    case 'function':
      return expr.returns.map((part) => [part, ''] as const);
    default:
      return [];
  }
}

function cleanText(text: string, name: string, vocabulary: Vocabulary): string {
  if (text.length < SHORTEST) return text;
  const isSecret = name !== '' && isSensitive(name) && !REFERENCE.test(text);
  if (!isSecret && !SUSPICIOUS.test(text)) return text;
  if (vocabulary.classifies(text)) return text;
  return isSecret || RANDOM.test(text) ? '' : redacted(text);
}

function cleanRecord(beside: Readonly<Record<string, string>>, vocabulary: Vocabulary): Readonly<Record<string, string>> {
  const clean: Record<string, string> = Object.create(null);
  for (const [key, text] of Object.entries(beside)) clean[key] = cleanText(text, key, vocabulary);
  return clean;
}
