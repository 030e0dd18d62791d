import type { Span } from '../../../model/source.ts';
import { type Line, linesOf, spansOf, withoutMark } from '../../../parse/position.ts';

/** One instruction with its continued lines joined. */
export interface Instruction {
  /** Upper case. */
  readonly keyword: string;
  readonly rest: string;
  readonly at: Span;
}

const ESCAPE_DIRECTIVE = /^[^\S\n]*#[^\S\n]*escape[^\S\n]*=[^\S\n]*`/im;
const HEREDOC = /<<-?["']?([A-Za-z_]\w*)["']?/g;
const INSTRUCTION = /^\s*(?:ONBUILD\s+)?([A-Za-z]+)(?:\s+|$)([\s\S]*)$/i;

/** Instructions of a Dockerfile in the order of the text. Comments are left out, also between continued lines. */
export function* instructionsOf(source: string): Generator<Instruction> {
  const text = withoutMark(source);
  const spanOf = spansOf(text);
  // The directive counts only at the top, before anything else.
  const ending = ESCAPE_DIRECTIVE.test(text.slice(0, 500)) ? /`[^\S\n]*$/ : /\\[^\S\n]*$/;
  const lines = linesOf(text);
  let pieces: string[] = [];
  let start = 0;
  for (const line of lines) {
    if (isIgnored(line, pieces.length > 0)) continue;
    if (pieces.length === 0) start = line.start;
    pieces.push(line.text.replace(ending, ' '));
    if (ending.test(line.text)) continue;
    const end = line.start + line.text.trimEnd().length;
    yield* instructionOf(pieces.join(''), (indent) => spanOf(start + indent, end));
    skipHeredocs(pieces.join(''), lines);
    pieces = [];
  }
  if (pieces.length > 0) yield* instructionOf(pieces.join(''), (indent) => spanOf(start + indent, text.length));
}

/** Empty lines between continued ones were allowed once and still are. */
function isIgnored({ text }: Line, isContinued: boolean): boolean {
  const trimmed = text.trimStart();
  return trimmed.startsWith('#') || (isContinued && trimmed === '') || trimmed === '';
}

function* instructionOf(joined: string, spanFrom: (indent: number) => Span): Generator<Instruction> {
  const match = INSTRUCTION.exec(joined);
  if (!match) return;
  const indent = joined.length - joined.trimStart().length;
  yield { keyword: (match[1] ?? '').toUpperCase(), rest: (match[2] ?? '').trim(), at: spanFrom(indent) };
}

/** What stands between `<<EOF` and `EOF` is a script or a file, no instructions. */
function skipHeredocs(joined: string, lines: Generator<Line>): void {
  if (!/^\s*(?:RUN|COPY|ADD)\s/i.test(joined)) return;
  for (const [, terminator] of joined.matchAll(HEREDOC)) {
    for (let next = lines.next(); !next.done; next = lines.next()) if (next.value.text.trim() === terminator) break;
  }
}
