/** Text of Bicep -> words, texts and signs, each with its place. */

export interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'sign' | 'line' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Texts: what stands in them, in turn. */
  readonly parts?: readonly TextPart[];
}

/** A piece of a text, or (`isHole`) an expression inside it. */
export interface TextPart {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isHole: boolean;
}

const BLANK = /(?:[^\S\n]+|\/\/[^\n]*)+/y;
const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /\d+/y;
const SIGN = /\?\?|&&|\|\||==|!=|=~|!~|<=|>=|=>|::|\.\.\.|[[\]{}()=,.:?!@+\-*/%<>|]/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The tokens of a part of a text; what is none is left out. */
export function tokensOf(text: string, from = 0, to = text.length): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = from; at < to; ) {
    const blank = text.startsWith('/*', at) ? commentLength(text, at) : lengthOf(BLANK, text, at);
    if (blank) {
      at += blank;
      continue;
    }
    const token = tokenAt(text, at, to);
    if (token) tokens.push(token);
    at = token ? token.end : at + 1;
  }
  return [...tokens, { kind: 'end', text: '', start: to, end: to }];
}

/** Up to its end; one that never ends hides the rest. */
function commentLength(text: string, at: number): number {
  const end = text.indexOf('*/', at + 2);
  return (end < 0 ? text.length : end + 2) - at;
}

function tokenAt(text: string, start: number, to: number): Token | undefined {
  if (text[start] === '\n') return { kind: 'line', text: '\n', start, end: start + 1 };
  if (text.startsWith("'''", start)) return rawText(text, start, to);
  if (text[start] === "'") return quotedText(text, start, to);
  for (const [kind, pattern] of [['name', NAME] as const, ['number', NUMBER] as const, ['sign', SIGN] as const]) {
    const length = lengthOf(pattern, text, start);
    if (length) return { kind, text: text.slice(start, start + length), start, end: start + length };
  }
  return undefined;
}

function lengthOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** `'''` text over several lines, as it stands. */
function rawText(text: string, start: number, to: number): Token {
  const close = text.indexOf("'''", start + 3);
  const end = close < 0 || close + 3 > to ? to : close + 3;
  const inner = text.slice(start + 3, close < 0 ? to : close);
  return { kind: 'text', text: inner, start, end, parts: [{ text: inner, start, end, isHole: false }] };
}

function quotedText(text: string, start: number, to: number): Token {
  const parts: TextPart[] = [];
  let piece = '';
  let from = start + 1;
  let at = start + 1;
  const close = (end: number) => {
    if (piece) parts.push({ text: piece, start: from, end, isHole: false });
    piece = '';
  };
  while (at < to && text[at] !== "'" && text[at] !== '\n') {
    if (text.startsWith('${', at)) {
      close(at);
      const end = holeEnd(text, at + 2, to);
      parts.push({ text: text.slice(at + 2, end), start: at + 2, end, isHole: true });
      at = from = end + 1;
    } else if (text[at] === '\\') {
      const next = text[at + 1] ?? '';
      piece += ESCAPES[next] ?? next;
      at += 2;
    } else piece += text[at++];
  }
  close(at);
  return { kind: 'text', text: text.slice(start + 1, at), start, end: Math.min(at + 1, to), parts };
}

/** Where the expression in a text ends; it may hold texts of its own. */
function holeEnd(text: string, start: number, to: number): number {
  let open = 0;
  let at = start;
  while (at < to && text[at] !== '\n') {
    if (text[at] === "'") {
      at = text.indexOf("'", at + 1);
      if (at < 0) return to;
    } else if (text[at] === '{') open++;
    else if (text[at] === '}' && open-- === 0) return at;
    at++;
  }
  return at;
}
