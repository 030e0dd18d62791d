import type { Entry, Expr } from '../../../model/source.ts';
import { entryOf, textOf, valueAt } from '../../../parse/record.ts';

/** Names of lists of `{ name, value }` that mean a record. */
const LISTS = ['env', 'extraEnv', 'extraEnvVars', 'envVars', 'environment'];

/** Texts in which `$(NAME)` stands for a variable of the container. */
const EXPANDED = ['args', 'command', 'value'];
const VARIABLE = /\$\(([A-Za-z_]\w*)\)/g;

/** The same value with the environment of containers as records of name and value. The depth of a parsed value is bounded. */
export function environmentsAsRecords(expr: Expr, key = ''): Expr {
  if (expr.kind === 'list') {
    if (LISTS.includes(key) && expr.items.some((item) => entryOf(item, 'name'))) return environmentOf(expr);
    return { ...expr, items: expr.items.map((item) => environmentsAsRecords(item, key)) };
  }
  if (expr.kind === 'text' && EXPANDED.includes(key)) return expanded(expr);
  if (expr.kind !== 'record') return expr;
  const entries = expr.entries.map((entry): Entry => ({ ...entry, value: environmentsAsRecords(entry.value, entry.key) }));
  return { ...expr, entries };
}

function environmentOf({ items, at }: Expr & { kind: 'list' }): Expr {
  let open = false;
  const entries = items.flatMap((item): readonly Entry[] => {
    const name = textOf(valueAt(item, 'name'));
    if (name === undefined) open = true;
    return name === undefined ? [] : [{ key: name, value: variableValue(item), at: item.at }];
  });
  return { kind: 'record', entries, open, at };
}

/** Numbers and booleans reach the container as text; what another object holds is not known here. */
function variableValue(item: Expr): Expr {
  const value = valueAt(item, 'value');
  const { at } = value ?? item;
  if (value === undefined)
    return entryOf(item, 'valueFrom') ? { kind: 'unknown', why: 'value-from', at } : { kind: 'text', text: '', at };
  if (value.kind === 'constant') return { kind: 'text', text: value.value === null ? '' : String(value.value), at };
  return value.kind === 'text' ? expanded(value) : value;
}

function expanded({ text, at }: Expr & { kind: 'text' }): Expr {
  const parts: Expr[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index), at });
    parts.push({ kind: 'env', name: match[1] ?? '', at });
    end = match.index + match[0].length;
  }
  if (end === 0) return { kind: 'text', text, at };
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end), at });
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind: 'join', parts, at };
}
