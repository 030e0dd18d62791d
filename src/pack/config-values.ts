/** Readers of single values of ai-deps.yml. Each names the key it refuses. */
import { UserError } from '../errors.ts';
import { readCountry } from './countries.ts';
import { nearest } from './nearest.ts';

/** A value of the file and where it stands: `gate.max_score`. */
export interface Value {
  readonly file: string;
  readonly key: string;
  readonly data: unknown;
}

export type Fields<K extends string> = ReadonlyMap<K, Value>;

const LONGEST = 2000;
const MOST = 1000;

/** The keys of a mapping, in snake case: conditions of rules say `banOrigins`, so a file may say so too. */
export function readFields<K extends string>(value: Value, known: readonly K[]): Fields<K> {
  const fields = new Map<K, Value>();
  for (const [written, data] of entriesOf(value)) {
    const snake = written.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const name = known.find((key) => key === snake);
    if (name === undefined) throw unknownKey(value, written, known);
    if (fields.has(name)) throw refusal(value, `"${name}" stands there twice`, 'keep one of the two');
    fields.set(name, { file: value.file, key: join(value.key, written), data });
  }
  return fields;
}

/** The value of a key that must be there. */
export function required<K extends string>(fields: Fields<K>, name: K, parent: Value): Value {
  const value = fields.get(name);
  if (value === undefined) throw refusal(parent, `key "${name}" is missing`, 'add it');
  return value;
}

/** The entries of a mapping with free keys, in the order of the file. */
export function entriesOf(value: Value): readonly (readonly [string, unknown])[] {
  const { data } = value;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw wrongType(value, 'a mapping');
  return Object.entries(data);
}

/** The items of a list. */
export function readItems(value: Value): readonly Value[] {
  const { data } = value;
  if (!Array.isArray(data)) throw wrongType(value, 'a list');
  if (data.length > MOST) throw refusal(value, `has ${data.length} items`, `at most ${MOST} are read`);
  return data.map((item: unknown, index) => ({ file: value.file, key: `${value.key}[${index}]`, data: item }));
}

/** A text with something in it. */
export function readText(value: Value): string {
  const { data } = value;
  if (typeof data !== 'string') throw wrongType(value, 'a text');
  if (data.trim() === '') throw refusal(value, 'is empty', 'write something, or remove the key');
  if (data.length > LONGEST) throw refusal(value, `has ${data.length} characters`, `at most ${LONGEST} are read`);
  return data;
}

/** A list of texts. */
export function readTexts(value: Value): readonly string[] {
  return readItems(value).map(readText);
}

/** A number of an interval, its ends included. */
export function readNumber(value: Value, [low, high]: readonly [number, number]): number {
  const { data } = value;
  if (typeof data !== 'number') throw wrongType(value, 'a number');
  if (data >= low && data <= high) return data;
  throw refusal(value, `${data} is out of range`, `a number from ${low} to ${high}`);
}

/** One of a few words. */
export function readWord<W extends string>(value: Value, words: readonly W[]): W {
  const text = readText(value);
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  const near = nearest(text, words);
  throw refusal(value, `unknown value ${quoted(text)}`, near ? `did you mean "${near}"?` : `one of ${words.join(', ')}`);
}

/** An ISO date of the calendar. */
export function readDate(value: Value): string {
  const text = readText(value);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
  if (!isDate) throw refusal(value, `${quoted(text)} is no date`, 'write it as YYYY-MM-DD');
  return text;
}

/** Codes of countries, in capitals. */
export function readCountries(value: Value): readonly string[] {
  return readItems(value).map((item) => {
    const text = readText(item);
    const country = readCountry(text);
    if ('hint' in country) throw refusal(item, `${quoted(text)} is no country`, country.hint);
    return country.code;
  });
}

/** The error for a value that cannot be used. */
export function refusal({ file, key }: Value, problem: string, hint: string): UserError {
  return new UserError(`${file}: ${key === '' ? '' : `${key}: `}${problem}`, { hint });
}

function unknownKey(value: Value, written: string, known: readonly string[]): UserError {
  const near = nearest(written, known);
  const hint = near ? `did you mean "${near}"?` : `known keys: ${[...known].sort().join(', ')}`;
  return refusal(value, `unknown key "${written.slice(0, 80)}"`, hint);
}

function wrongType(value: Value, wanted: string): UserError {
  const { data } = value;
  if (data === null || data === undefined)
    return refusal(value, `must be ${wanted}, is empty`, 'give it a value, or remove the key');
  const found = Array.isArray(data)
    ? 'a list'
    : typeof data === 'object'
      ? 'a mapping'
      : `the ${typeof data} ${quoted(String(data))}`;
  return refusal(value, `must be ${wanted}, is ${found}`, adviceFor(wanted, value));
}

function adviceFor(wanted: string, { key, data }: Value): string {
  if (wanted === 'a text') return 'texts that look like numbers or booleans need quotes';
  const name = key.slice(key.lastIndexOf('.') + 1);
  if (wanted === 'a list' && typeof data === 'string') return `write ${name}: [${begun(data)}]`;
  return wanted === 'a list' ? 'one item a line, each behind "- "' : 'see rules/schema/config.schema.json for the form';
}

function join(parent: string, key: string): string {
  return parent === '' ? key.slice(0, 80) : `${parent}.${key.slice(0, 80)}`;
}

/** A value as messages quote it. What is long may be a secret in the wrong place. */
export function quoted(text: string): string {
  return `"${begun(text)}"`;
}

function begun(text: string): string {
  return text.length > 24 ? `${text.slice(0, 6)}…` : text;
}
