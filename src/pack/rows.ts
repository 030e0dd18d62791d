import { lazy } from './lazy.ts';

/** A table by key, in the order of its keys. */
export type Rows<T> = ReadonlyMap<string, T>;

const START = '{\n';
const END = '\n}';
const KEY_END = '":';
/** So many searches cost as much as finding every line once. */
const SEARCHES = 100;

/** Everything beyond ASCII is escaped: such a file is read without decoding it, which takes half the time. */
const BEYOND_ASCII = /[\u0080-\uffff]/g;

/** A value as JSON without a character beyond ASCII. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value).replace(
    BEYOND_ASCII,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A table as a JSON object with a row a line, sorted. */
export function textOf(rows: Iterable<readonly [string, unknown]>): string {
  const lines = Array.from(rows, ([key, value]) => {
    // Numbers would be put first when the object is read.
    if (/["\\]|^\d+$/.test(key)) throw new Error(`no key of a table: ${key}`);
    return `${jsonOf(key)}:${jsonOf(value)}`;
  });
  return `${START}${lines.sort().join(',\n')}${END}`;
}

/** A table written by `textOf`, a row of which is found and parsed when it is asked for. */
export class WrittenRows implements Rows<unknown> {
  readonly #cut: () => string;
  readonly #parsed = new Map<string, unknown>();
  #searches = 0;
  #lines: ReadonlyMap<string, string> | undefined;
  #walked: ReadonlyMap<string, unknown> | undefined;

  /** `cut` gives the text; it is asked once. */
  constructor(cut: () => string) {
    this.#cut = lazy(cut);
  }

  get #text(): string {
    return this.#cut();
  }

  get size(): number {
    return this.#all().size;
  }

  has(key: string): boolean {
    return this.#parsed.has(key) || this.#line(key) !== undefined;
  }

  get(key: string): unknown {
    const known = this.#parsed.get(key);
    if (known !== undefined) return known;
    const line = this.#line(key);
    if (line === undefined) return undefined;
    const row: unknown = JSON.parse(line.slice(line.indexOf(KEY_END, 1) + KEY_END.length, line.endsWith(',') ? -1 : undefined));
    this.#parsed.set(key, row);
    return row;
  }

  keys(): MapIterator<string> {
    return this.#all().keys();
  }

  entries(): MapIterator<[string, unknown]> {
    return this.#all().entries();
  }

  values(): MapIterator<unknown> {
    return this.#all().values();
  }

  [Symbol.iterator](): MapIterator<[string, unknown]> {
    return this.entries();
  }

  forEach(visit: (row: unknown, key: string, rows: Rows<unknown>) => void): void {
    for (const [key, row] of this.entries()) visit(row, key, this);
  }

  /** Whoever walks the rows wants them all: parsed at once they cost half. */
  #all(): ReadonlyMap<string, unknown> {
    this.#walked ??= new Map([...Object.entries(JSON.parse(this.#text)), ...this.#parsed]);
    return this.#walked;
  }

  #line(key: string): string | undefined {
    if (this.#lines === undefined && this.#searches < SEARCHES) {
      this.#searches += 1;
      return lineIn(this.#text, key);
    }
    this.#lines ??= new Map(
      this.#text
        .slice(START.length, -END.length)
        .split('\n')
        .map((line) => [keyOf(line), line]),
    );
    return this.#lines.get(key);
  }
}

function keyOf(line: string): string {
  const key = line.slice(1, line.indexOf(KEY_END, 1));
  return key.includes('\\') ? JSON.parse(`"${key}"`) : key;
}

/** Halves the sorted lines between the braces until that of the key is left. */
function lineIn(text: string, key: string): string | undefined {
  const wanted = `${jsonOf(key)}:`;
  let from = START.length;
  let to = text.length - END.length;
  while (from < to) {
    const start = text.lastIndexOf('\n', ((from + to) >> 1) - 1) + 1;
    const end = text.indexOf('\n', start);
    if (text.startsWith(wanted, start)) return text.slice(start, end);
    if (text.slice(start, Math.min(end, start + wanted.length)) < wanted) from = end + 1;
    else to = start;
  }
  return undefined;
}
