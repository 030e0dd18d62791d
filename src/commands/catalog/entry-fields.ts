/** An entry of any table as labelled lines: lists in one line, facts inside it with their own source. */
import type { PageField } from '../../model/page.ts';
import { isSourced, provenanceWords } from './facts.ts';

/** What an entry is, before what it says. */
const FIRST = ['name', 'kind', 'role', 'status'];
const OWN = new Set(['source', 'date', 'verified', 'id', 'ecosystem']);
/** What nests deeper than a screen can show is named, not printed: `--format json` has it. */
const DEEP = new Set(['shapes', 'exports', 'globals', 'routes', 'bindings', 'pools', 'fallbacks']);

/** Fields of an entry, its own source last. */
export function entryFields(entry: object): readonly PageField[] {
  const order = ([name]: readonly [string, unknown]): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  const parts = Object.entries(entry).sort((left, right) => order(left) - order(right));
  const fields = parts.flatMap(([name, value]) => (OWN.has(name) || isEmpty(value) ? [] : fieldsOf(name, value)));
  return isSourced(entry) ? [...fields, { label: 'source', text: provenanceWords(entry) }] : fields;
}

function fieldsOf(name: string, value: unknown): readonly PageField[] {
  if (DEEP.has(name)) return [{ label: name, text: `${Object.keys(Object(value)).length} entries; --format json shows them` }];
  if (Array.isArray(value) && value.some((item) => isMapping(item))) return value.map((item) => fieldOf(name, item));
  return [fieldOf(name, value)];
}

function fieldOf(label: string, value: unknown): PageField {
  const text = words(value);
  return isMapping(value) && isSourced(value) ? { label, text, note: provenanceWords(value) } : { label, text };
}

function words(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => words(item)).join(', ');
  if (!isMapping(value)) return value === true ? 'yes' : String(value);
  return Object.entries(value)
    .filter(([name, part]) => !OWN.has(name) && !isEmpty(part))
    .map(([name, part]) => (isMapping(part) ? `${name}: ${words(part)}` : `${name} ${words(part)}`))
    .join('; ');
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === false || (Array.isArray(value) && value.length === 0);
}
