// https://github.com/motdotla/dotenv#what-rules-does-the-parsing-engine-follow
import type { Setting, Vocabulary } from '../../model/observed.ts';
import { type SpanOf, spansOf, withoutMark } from '../../parse/position.ts';
import { defineDetector } from '../../plugin.ts';

/** A name at the start of a line; what is commented out is no setting. */
const NAME = /^[^\S\r\n]*(?:export[^\S\r\n]+)?([A-Za-z_][\w.-]*)[^\S\r\n]*=[^\S\r\n]*/gm;
export default defineDetector({
  id: 'config/dotenv',
  docs: 'https://github.com/motdotla/dotenv#what-rules-does-the-parsing-engine-follow',
  kinds: ['.env', '.env*', 'env.example', 'env.sample', 'env.template'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }, vocabulary) => ({ settings: readSettings(withoutMark(text), vocabulary) }),
});

function readSettings(text: string, vocabulary: Vocabulary): readonly Setting[] {
  const found: Setting[] = [];
  const spanOf = spansOf(text);
  const names = new RegExp(NAME);
  for (let match = names.exec(text); match; match = names.exec(text)) {
    const start = match.index + match[0].length;
    const value = valueAt(text, start);
    found.push(settingOf(match, value, { spanOf, vocabulary }));
    // Lines inside a quoted value are part of it.
    names.lastIndex = value.end;
  }
  return found;
}

interface Value {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A quoted value may go over several lines; a comment behind a plain one needs a blank before it. */
function valueAt(text: string, start: number): Value {
  const quote = text[start];
  const close = quote === '"' || quote === "'" || quote === '`' ? closingQuote(text, start, quote) : -1;
  if (close > start) return { text: text.slice(start + 1, close), start, end: close + 1 };
  const line = text.slice(start, lineEnd(text, start));
  const comment = line.search(/(?:^|\s)#/);
  const plain = (comment < 0 ? line : line.slice(0, comment)).trimEnd();
  return { text: plain, start, end: start + plain.length };
}

function closingQuote(text: string, start: number, quote: string): number {
  let close = text.indexOf(quote, start + 1);
  while (quote === '"' && close > 0 && text[close - 1] === '\\') close = text.indexOf(quote, close + 1);
  return close;
}

function lineEnd(text: string, start: number): number {
  const ending = /[\r\n]|$/g;
  ending.lastIndex = start;
  return ending.exec(text)?.index ?? text.length;
}

/** The name always, the value only where it means something to the audit: everything else may be a secret. */
function settingOf(
  match: RegExpExecArray,
  value: Value,
  { spanOf, vocabulary }: { spanOf: SpanOf; vocabulary: Vocabulary },
): Setting {
  const name = match[1] ?? '';
  const start = match.index + match[0].indexOf(name);
  const at = spanOf(start, value.end);
  if (value.text === '' || !vocabulary.classifies(value.text)) return { name, at };
  return { name, value: { kind: 'text', text: value.text, at: spanOf(value.start, value.end) }, at };
}
