import type { Vocabulary } from '../model/observed.ts';
import type { Span, StringUse, Unit } from '../model/source.ts';

/** A longer literal is prose or data, not a name of the catalog. */
const LONGEST_LITERAL = 200;
const MOST_LITERALS = 1000;
const QUOTES = '\'"`';

/** What can be said of source code without its parser: the quoted texts that hold a catalog word, without any role. */
export function literalWords(text: string, vocabulary: Vocabulary): Unit {
  const strings: StringUse[] = [];
  let line = 1;
  let lineStart = 0;
  for (let index = 0; index < text.length && strings.length < MOST_LITERALS; index++) {
    const character = text[index] ?? '';
    if (character === '\n') {
      line++;
      lineStart = index + 1;
    }
    if (!QUOTES.includes(character)) continue;
    const end = closingQuote(text, index);
    if (end === undefined) continue;
    const literal = text.slice(index + 1, end);
    const at: Span = { line, column: index - lineStart + 1, endLine: line, endColumn: end - lineStart + 2 };
    if (vocabulary.has(literal)) strings.push({ text: literal, role: 'value', block: 0, at });
    index = end;
  }
  return {
    imports: [],
    exports: [],
    types: [],
    bindings: [],
    sites: [],
    blocks: [{ parent: 0, kind: 'module' }],
    strings,
    directives: [],
  };
}

/** The closing quote on the same line within reach; an escape ends the attempt, since names hold none. */
function closingQuote(text: string, open: number): number | undefined {
  const quote = text[open];
  const limit = Math.min(text.length, open + LONGEST_LITERAL + 2);
  for (let index = open + 1; index < limit; index++) {
    const character = text[index];
    if (character === quote) return index;
    if (character === '\n' || character === '\r' || character === '\\') return undefined;
  }
  return undefined;
}
