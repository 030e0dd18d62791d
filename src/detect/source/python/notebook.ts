/** Jupyter notebooks: the code cells as one text, and where each of its characters stands in the file. */
import { eachMember, readString } from '../../../parse/json-cursor.ts';

/** Code of all cells; longer ones are data. */
const MAX_CODE = 1_000_000;
const QUOTE = 34;
const BACKSLASH = 92;
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
]);

/** The code of a notebook; undefined where its kernel runs another language. */
export interface NotebookCode {
  readonly text: string;
  /** Offset in the file of each character, and of the end. */
  readonly places: Uint32Array;
  readonly isWhole: boolean;
}

interface Growing {
  text: string;
  readonly places: number[];
}

/** Reads the code cells, outputs dropped; undefined where the kernel runs another language than Python. */
export function notebookCode(file: string): NotebookCode | undefined {
  let language = 'python';
  let cells = -1;
  eachMember(file, 0, (key, { value }) => {
    if (key === 'cells') cells = value;
    if (key === 'metadata') language = languageOf(file, value) ?? language;
    return undefined;
  });
  if (!/^i?python/i.test(language)) return undefined;
  const code: Growing = { text: '', places: [] };
  let isWhole = true;
  if (cells >= 0) {
    eachItem(file, cells, (cell) => {
      if (code.text.length > MAX_CODE) isWhole = false;
      else readCell(file, cell, code);
    });
  }
  const places = Uint32Array.from([...code.places, code.places.at(-1) ?? 0]);
  return { text: withoutMagics(code.text), places, isWhole };
}

function languageOf(file: string, metadata: number): string | undefined {
  let language: string | undefined;
  eachMember(file, metadata, (section, { value: start }) => {
    if (section !== 'kernelspec' && section !== 'language_info') return undefined;
    eachMember(file, start, (key, { value }) => {
      if (key === (section === 'kernelspec' ? 'language' : 'name')) language ??= readString(file, value)?.text;
      return undefined;
    });
    return undefined;
  });
  return language;
}

function readCell(file: string, cell: number, code: Growing): void {
  let kind: string | undefined;
  let source = -1;
  eachMember(file, cell, (key, { value }) => {
    if (key === 'cell_type') kind = readString(file, value)?.text;
    if (key === 'source') source = value;
    return undefined;
  });
  if (kind !== 'code' || source < 0) return;
  const own: Growing = { text: '', places: [] };
  if (file.charCodeAt(source) === QUOTE) readText(file, source, own);
  else eachItem(file, source, (line) => readText(file, line, own));
  // `%%bash` and kin make the whole cell another language; `%%time` does not.
  if (/^\s*%%(?!time|capture|prun|px)/.test(own.text)) return;
  code.text += `${own.text}\n`;
  for (const place of own.places) code.places.push(place);
  code.places.push(own.places.at(-1) ?? source);
}

/** A JSON string, character by character, so that each keeps its place. */
function readText(file: string, start: number, code: Growing): void {
  if (file.charCodeAt(start) !== QUOTE) return;
  const parts: string[] = [];
  let offset = start + 1;
  while (offset < file.length && file.charCodeAt(offset) !== QUOTE) {
    code.places.push(offset);
    const { text, length } = characterAt(file, offset);
    parts.push(text);
    offset += length;
  }
  code.text += parts.join('');
}

function characterAt(file: string, offset: number): { text: string; length: number } {
  if (file.charCodeAt(offset) !== BACKSLASH) return { text: file.charAt(offset), length: 1 };
  const letter = file.charAt(offset + 1);
  if (letter !== 'u') return { text: LETTERS.get(letter) ?? letter, length: 2 };
  return { text: String.fromCharCode(Number.parseInt(file.slice(offset + 2, offset + 6), 16) || 0xfffd), length: 6 };
}

/** Goes through the items of the list at an offset. */
function eachItem(file: string, start: number, visit: (item: number) => void): void {
  if (file[start] !== '[') return;
  let offset = skipBlank(file, start + 1);
  while (offset < file.length && file[offset] !== ']') {
    visit(offset);
    offset = skipBlank(
      file,
      eachMember(file, offset, () => undefined),
    );
    if (file[offset] === ',') offset = skipBlank(file, offset + 1);
    else if (file[offset] !== ']') return;
  }
}

function skipBlank(file: string, start: number): number {
  let offset = start;
  while (offset < file.length && file.charCodeAt(offset) <= 32) offset++;
  return offset;
}

/** Lines for the notebook itself (`%pip install`, `!ls`) become comments of the same length. */
function withoutMagics(text: string): string {
  return text.replace(/^([ \t]{0,100})[%!](?=[%!]?[\w./(])/gm, '$1#');
}
