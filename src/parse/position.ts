import type { Span } from '../model/source.ts';

/** Turns offsets of one text into a span. */
export type SpanOf = (start: number, end: number) => Span;

/** A text without its byte order mark, which editors do not count as a column. */
export function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Indexes the lines of a text; LF, CR LF and a lone CR end a line. */
export function spansOf(text: string): SpanOf {
  const starts = lineStarts(text);
  return (start, end) => {
    const first = lineAt(starts, start);
    const last = lineAt(starts, end);
    return {
      line: first + 1,
      column: start - (starts[first] ?? 0) + 1,
      endLine: last + 1,
      endColumn: end - (starts[last] ?? 0) + 1,
    };
  };
}

/** One line of a text: where it starts, and what it says without its end. */
export interface Line {
  readonly start: number;
  readonly text: string;
  /** Starts at 1. */
  readonly number: number;
}

/** The lines of a text, one at a time, so that a long lockfile is never held twice. */
export function* linesOf(text: string): Generator<Line> {
  const ending = /\r\n|\n|\r/g;
  let start = 0;
  for (let number = 1; start <= text.length; number++) {
    const end = ending.exec(text);
    yield { start, text: text.slice(start, end?.index ?? text.length), number };
    if (!end) return;
    start = ending.lastIndex;
  }
}

/** Where each line begins; LF, CR LF and a lone CR end one. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const ending of text.matchAll(/\r\n|\n|\r/g)) starts.push(ending.index + ending[0].length);
  return starts;
}

/** Index of the line an offset stands on. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
