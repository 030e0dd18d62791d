/** The parts that the input form is put together from. A check says nothing when the value is right and throws when it is not. */
import { fieldOf, PortfolioError, show } from './portfolio-error.ts';

export type Check = (value: unknown, at: string) => void;

/** An object with these fields and no other. An undefined field counts as absent. */
export function anObject(kind: string, fields: Readonly<Record<string, Check>>, required: readonly string[] = []): Check {
  // A Map, because `constructor` and `__proto__` are keys a file may hold.
  const checks = new Map(Object.entries(fields));
  return (value, at) => {
    const entries = entriesOf(value, at);
    for (const [key, item] of entries) {
      const check = checks.get(key);
      if (!check)
        throw new PortfolioError(at, `unknown field ${show(key)}`, { hint: `a ${kind} has ${[...checks.keys()].join(', ')}` });
      check(item, fieldOf(at, key));
    }
    const missing = required.find((field) => !entries.some(([key]) => key === field));
    if (missing) throw new PortfolioError(at, `field "${missing}" is missing`);
  };
}

/** An object whose keys and values are both checked. */
export function recordOf(key: Check, item: Check): Check {
  return (value, at) => {
    for (const [name, entry] of entriesOf(value, at)) {
      key(name, fieldOf(at, name));
      item(entry, fieldOf(at, name));
    }
  };
}

/** A list; `isFilled` asks for one item at least. */
export function listOf(item: Check, { isFilled = false } = {}): Check {
  return (value, at) => {
    if (!Array.isArray(value)) throw new PortfolioError(at, `must be a list, not ${show(value)}`);
    if (isFilled && value.length === 0) throw new PortfolioError(at, 'must not be empty');
    for (let index = 0; index < value.length; index++) item(value[index], `${at}[${index}]`);
  };
}

/** Either that very word, or what the other check accepts. */
export function textLike(word: string, otherwise: Check): Check {
  return (value, at) => {
    if (typeof value === 'string' && value !== word) {
      throw new PortfolioError(at, `must be nodes with their k, or "${word}", not ${show(value)}`, {
        hint: 'for example {"openai": 1}',
      });
    }
    if (value !== word) otherwise(value, at);
  };
}

/** One of these words. */
export function oneOf(words: readonly string[]): Check {
  return (value, at) => {
    if (typeof value === 'string' && words.includes(value)) return;
    throw new PortfolioError(at, `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}, not ${show(value)}`);
  };
}

/** A number from 0 to `most`; NaN and infinities are none. */
export function numberUpTo(most: number): Check {
  return (value, at) => {
    if (typeof value === 'number' && value >= 0 && value <= most) return;
    throw new PortfolioError(at, `must be a number from 0 to ${most}, not ${show(value)}`);
  };
}

/** A number from 0 to 1. */
export const fraction: Check = numberUpTo(1);

/** A text that names something: not blank. */
export function name(value: unknown, at: string): void {
  if (typeof value !== 'string' || value.trim() === '') throw new PortfolioError(at, `must be a name, not ${show(value)}`);
}

/** true or false. */
export function flag(value: unknown, at: string): void {
  if (typeof value !== 'boolean') throw new PortfolioError(at, `must be true or false, not ${show(value)}`);
}

/** A day that exists, as YYYY-MM-DD. */
export function date(value: unknown, at: string): void {
  if (isDate(value)) return;
  throw new PortfolioError(at, `must be a date, not ${show(value)}`, { hint: 'write it as YYYY-MM-DD' });
}

/** Whether a value is a day that exists, as YYYY-MM-DD. */
export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function entriesOf(value: unknown, at: string): readonly [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PortfolioError(at, `must be an object, not ${show(value)}`);
  }
  return Object.entries(value).filter(([, item]) => item !== undefined);
}
