/** String literals: what they say, and where those that may name a model stand. */
import type { StringUse } from '../../../model/source.ts';
import type { PythonNode } from '../../../parse/python.ts';
import { type Lowering, type Slot, spanOf, textOf } from './lowering.ts';

/** Keys whose value is kept although the catalog does not know it: a new model is an unknown word. */
const TELLING_KEYS: ReadonlySet<string> = new Set([
  ...['model', 'model_id', 'model_name', 'model_slug', 'modelId', 'modelName', 'embedding_model'],
  ...['engine', 'deployment', 'deployment_name', 'azure_deployment'],
]);
/** The same in a table; as keyword arguments they are everywhere. */
const TABLE_KEYS: ReadonlySet<string> = new Set(['id', 'value', 'name', 'slug']);
/** A larger object is a table: what makes an entry of it is told by its first neighbours. */
const BESIDE_LIMIT = 40;
const OPENING = /^([a-zA-Z]{0,3})("""|'''|"|')/;
const ESCAPE = /\\(?:\r?\n|u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|N\{[^}]{0,100}\}|([0-7]{1,3})|([\s\S]))/g;
const LETTERS: ReadonlyMap<string, string> = new Map([
  ...(['\\', "'", '"'] as const).map((sign) => [sign, sign] as const),
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

const ADMITS = /support|allow|accept|valid|compatible|deny|block|exclud|without/i;

/** For texts that nobody reads: docstrings. */
export const SILENT: Slot = { role: 'value' };

/** What a literal without holes says. */
export function plainText(node: PythonNode, lowering: Lowering): string {
  const written = textOf(node, lowering);
  const opening = OPENING.exec(written);
  if (!opening) return written;
  const quote = opening[2] ?? '"';
  const end = written.endsWith(quote) && written.length >= opening[0].length + quote.length ? -quote.length : written.length;
  return unescaped(written.slice(opening[0].length, end), isRaw(opening[1] ?? ''));
}

/** What the part of a template between its holes says. */
export function templateText(part: PythonNode, whole: PythonNode, lowering: Lowering): string {
  const prefix = OPENING.exec(lowering.text.slice(whole.start, whole.start + 6))?.[1] ?? '';
  return unescaped(textOf(part, lowering).replaceAll('{{', '{').replaceAll('}}', '}'), isRaw(prefix));
}

function isRaw(prefix: string): boolean {
  return /r/i.test(prefix);
}

function unescaped(text: string, raw: boolean): string {
  if (raw || !text.includes('\\')) return text;
  return text.replace(ESCAPE, (whole: string, four?: string, eight?: string, two?: string, octal?: string, letter?: string) => {
    const code = four ?? eight ?? two;
    if (code !== undefined) return fromCode(Number.parseInt(code, 16));
    if (octal !== undefined) return fromCode(Number.parseInt(octal, 8));
    if (letter !== undefined) return LETTERS.get(letter) ?? whole;
    return whole.startsWith('\\N') ? '\uFFFD' : '';
  });
}

function fromCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
}

/** Keeps a string that holds a catalog word, or stands where model names stand. */
export function recordString(text: string, node: PythonNode, { lowering, slot }: { lowering: Lowering; slot: Slot }): void {
  if (slot === SILENT || text === '') return;
  if (!isTelling(slot) && !lowering.vocabulary.has(text)) return;
  const use: StringUse = {
    text,
    role: slot.role,
    ...(slot.key === undefined ? {} : { key: slot.key }),
    ...(slot.entry ? { beside: beside(slot.entry, lowering) } : {}),
    block: lowering.block,
    at: spanOf(node, lowering),
  };
  lowering.strings.push(use);
}

function isTelling({ role, key, entry }: Slot): boolean {
  if (entry === undefined || key === undefined) return false;
  return TELLING_KEYS.has(key) || (role === 'entry' && TABLE_KEYS.has(key));
}

function beside({ all, own }: NonNullable<Slot['entry']>, lowering: Lowering): Readonly<Record<string, string>> {
  // A null prototype: `__proto__` is a key like any other.
  const texts: Record<string, string> = Object.create(null);
  let count = 0;
  for (const other of all) {
    const [, value] = other.children;
    if (other === own || !value) continue;
    const key = entryName(other, lowering);
    if (key === undefined) continue;
    if (count++ >= BESIDE_LIMIT) break;
    texts[key] = isPlain(value) ? plainText(value, lowering) : '';
  }
  return texts;
}

/** Lists that are only asked (`model in REASONING`) say what may be, not what runs. */
export function markAsked(lowering: Lowering): void {
  const { strings, reads, blocks, text } = lowering;
  strings.forEach((use, index) => {
    if (use.role !== 'element' || use.key === undefined) return;
    const { all, asked } = reads.get(use.key) ?? { all: 0, asked: 0 };
    // Who imports it is not seen here: its name then has to say that it only admits.
    const isUnread = all === 0 && blocks[use.block]?.kind === 'class' && text.indexOf(use.key) === text.lastIndexOf(use.key);
    if (isUnread || (asked === all && (asked > 0 || ADMITS.test(use.key)))) strings[index] = { ...use, role: 'operand' };
  });
}

/** The fixed key of a `"key": value` or `key=value`. */
export function entryName(entry: PythonNode, lowering: Lowering): string | undefined {
  const [key] = entry.children;
  if (!key) return undefined;
  if (entry.type === 'keyword_argument') return textOf(key, lowering);
  return entry.type === 'pair' && isPlain(key) ? plainText(key, lowering) : undefined;
}

/** A literal without holes. */
export function isPlain(node: PythonNode): boolean {
  return node.type === 'string' && !node.children.some(({ type }) => type === 'interpolation');
}
