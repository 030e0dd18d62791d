import type { Entry, Expr } from '../model/source.ts';

/** Names whose values nobody may see. */
const SENSITIVE = /key|token|secret|password|passwd|credential|auth/i;

/** Keys as providers write them, wherever they stand. */
const SHAPES = [
  /\b(?:sk|pk|rk|hf|gsk|r8|gh[oprsu]|pplx|xai|nvapi|tgp|fw|csk|dop|glpat|xox[abp])[-_][\w-]{16,400}/g,
  /\bgithub_pat_\w{20,200}|\b(?:AKIA|ASIA)[A-Z0-9]{12,100}|\bAIza[\w-]{30,100}/g,
  /\beyJ[\w-]{10,400}(?:\.[\w-]{1,400}){0,2}/g,
  /-----BEGIN [A-Z ]{3,40}-----[^-]{1,10000}/g,
];

/** A value behind the name of a secret inside a longer text: `API_KEY=…`, `?sig=…`, `--api-key …`. */
const ASSIGNED = [
  /((?:key|token|secret|password|passwd|sig)["']?\s{0,3}[=:]\s{0,3}["']?)[^\s"'&$]{8,400}/gi,
  /(--[\w-]{0,40}(?:key|token|secret|password)\s{1,3})[^\s"'$]{8,400}/gi,
  /(:\/\/)[^/@\s"']{1,300}@/g,
];

/** Long, and of nothing but what random keys are made of. */
const RANDOM = /^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9+/=_]{32,}$|^(?=.*\d)[a-z0-9]{32,}$/;

/** Names of environment variables and of resources say where a secret is, not what it is. */
const REFERENCE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^arn:/;

/** A longer text is a script or a document; it is not searched, and not kept. */
const MAX_TEXT = 20_000;

/** The option before a value in a command line. */
const OPTION = /^--?[\w-]*(?:key|token|secret|password)$/i;

/** True where a whole value means something to the audit and is therefore no secret. */
export type Classifies = (value: string) => boolean;

/** A value without its secrets, so that none gets into a cache or a report. The depth of a parsed value is bounded. */
export function withoutSecrets(expr: Expr, classifies: Classifies, sensitive = false): Expr {
  const inner = (part: Expr, isSensitive = sensitive) => withoutSecrets(part, classifies, isSensitive);
  switch (expr.kind) {
    case 'text':
      return cleanText(expr, classifies, sensitive);
    case 'record':
      return cleanRecord(expr, classifies, sensitive);
    case 'list':
      return { ...expr, items: expr.items.map((item, index) => inner(item, sensitive || isOption(expr.items[index - 1]))) };
    case 'join':
      return { ...expr, parts: expr.parts.map((part) => inner(part)) };
    case 'choice':
      return { ...expr, of: expr.of.map((option) => inner(option)) };
    case 'call':
      return { ...expr, args: expr.args.map((arg) => ({ ...arg, value: inner(arg.value) })) };
    case 'env':
      return expr.fallback ? { ...expr, fallback: inner(expr.fallback, sensitive || SENSITIVE.test(expr.name)) } : expr;
    case 'spread':
      return { ...expr, of: inner(expr.of) };
    default:
      return expr;
  }
}

/** True where the name of a setting says that its value is a secret. */
export function isSensitive(name: string): boolean {
  return SENSITIVE.test(name);
}

/** A text of bounded length without what looks like a key and without the user of a URL. */
export function redacted(text: string): string {
  let clean = text.slice(0, MAX_TEXT);
  for (const shape of ASSIGNED) clean = clean.replace(shape, '$1');
  for (const shape of SHAPES) clean = clean.replace(shape, '');
  return clean;
}

/** `{ name = "API_KEY", value = "…" }` is the entry API_KEY, written longer. */
function cleanRecord(expr: Expr & { kind: 'record' }, classifies: Classifies, sensitive: boolean): Expr {
  const isNamed = expr.entries.some(({ key, value }) => key === 'name' && value.kind === 'text' && SENSITIVE.test(value.text));
  const entries = expr.entries.map((entry): Entry => {
    const isOwn = SENSITIVE.test(entry.key) || (isNamed && entry.key === 'value');
    return { ...entry, value: withoutSecrets(entry.value, classifies, sensitive || isOwn) };
  });
  return { ...expr, entries };
}

function isOption(before: Expr | undefined): boolean {
  return before?.kind === 'text' && OPTION.test(before.text);
}

function cleanText(expr: Expr & { kind: 'text' }, classifies: Classifies, sensitive: boolean): Expr {
  const { text, at } = expr;
  if (text.length > MAX_TEXT) return { kind: 'unknown', why: 'too-long', at };
  if (classifies(text)) return expr;
  if (RANDOM.test(text) || (sensitive && !REFERENCE.test(text))) return { kind: 'unknown', why: 'secret', at };
  const clean = redacted(text);
  return clean === text ? expr : { kind: 'text', text: clean, at };
}
