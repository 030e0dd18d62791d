/** Expressions of Bicep, which ARM templates write in their texts too. */
import type { Arg, Entry, Expr, Span } from '../model/source.ts';
import { bicepCall } from './bicep-functions.ts';
import { type Token, tokensOf } from './bicep-tokens.ts';
import { MAX_DEPTH } from './parsed.ts';
import type { SpanOf } from './position.ts';

/** A cursor over tokens. Loop variables stand for the items of what is looped over. */
export interface BicepReader {
  readonly text: string;
  readonly spanOf: SpanOf;
  readonly tokens: readonly Token[];
  readonly items: ReadonlyMap<string, Expr>;
  /** Resources that stand inside others, as they are met. */
  readonly nested: { readonly name: string; readonly type: string; readonly value: Expr; readonly at: Span }[];
  at: number;
  depth: number;
}

const END: Token = { kind: 'end', text: '', start: 0, end: 0 };
/** Operators whose result is no text and no object. */
const COMPUTES = /^(?:&&|\|\||==|!=|=~|!~|<=|>=|[<>+\-*/%])$/;

export function peek(reader: BicepReader): Token {
  return reader.tokens[reader.at] ?? reader.tokens.at(-1) ?? END;
}

/** Steps over a sign or a word when it is the next one. */
export function take(reader: BicepReader, text: string): boolean {
  const { kind, text: next } = peek(reader);
  if ((kind !== 'sign' && kind !== 'name') || next !== text) return false;
  reader.at++;
  return true;
}

export function skipLines(reader: BicepReader): void {
  while (peek(reader).kind === 'line') reader.at++;
}

/** One expression; what cannot be read is unknown. */
export function readExpression(reader: BicepReader): Expr {
  const start = peek(reader);
  const at = reader.spanOf(start.start, start.end);
  if (reader.depth > MAX_DEPTH) {
    reader.at = reader.tokens.length;
    return { kind: 'unknown', why: 'too-deep', at };
  }
  reader.depth++;
  const value = readChoice(reader, start);
  reader.depth--;
  return value;
}

/** `a ?? b` and `condition ? a : b`, which may go on in the next line. */
function readChoice(reader: BicepReader, start: Token): Expr {
  let left = readOperand(reader);
  for (;;) {
    const back = reader.at;
    skipLines(reader);
    const { kind, text } = peek(reader);
    if (kind === 'sign' && text === '??') {
      reader.at++;
      left = choice([left, readOperand(reader)], 'default', spanFrom(reader, start));
    } else if (kind === 'sign' && text === '?') {
      reader.at++;
      skipLines(reader);
      const then = readExpression(reader);
      skipLines(reader);
      take(reader, ':');
      skipLines(reader);
      left = choice([then, readExpression(reader)], 'branch', spanFrom(reader, start));
    } else if (kind === 'sign' && COMPUTES.test(text) && (reader.at === back || /^(?:&&|\|\|)$/.test(text))) {
      reader.at++;
      readOperand(reader);
      left = { kind: 'unknown', why: 'computed', at: spanFrom(reader, start) };
    } else {
      reader.at = back;
      return left;
    }
  }
}

function choice(of: readonly Expr[], by: 'default' | 'branch', at: Span): Expr {
  return { kind: 'choice', of, by, at };
}

function spanFrom(reader: BicepReader, { start }: Token): Span {
  return reader.spanOf(start, Math.max(start, reader.tokens[reader.at - 1]?.end ?? start));
}

function readOperand(reader: BicepReader): Expr {
  skipLines(reader);
  const start = peek(reader);
  if (take(reader, '!') || take(reader, '-')) {
    readOperand(reader);
    return { kind: 'unknown', why: 'computed', at: spanFrom(reader, start) };
  }
  let value = readPrimary(reader, start);
  for (;;) {
    if (take(reader, '.') || take(reader, '::')) {
      take(reader, '?');
      const name = peek(reader);
      reader.at++;
      value = member(value, { kind: 'text', text: name.text, at: reader.spanOf(name.start, name.end) }, spanFrom(reader, start));
    } else if (take(reader, '[')) {
      take(reader, '?');
      const name = readExpression(reader);
      take(reader, ']');
      value = name.kind === 'text' ? member(value, name, spanFrom(reader, start)) : itemOf(value, spanFrom(reader, start));
    } else if (peek(reader).text === '(' && value.kind !== 'text') {
      const args = readArguments(reader);
      value = bicepCall(value, args, spanFrom(reader, start));
    } else if (peek(reader).text === '!' && peek(reader).kind === 'sign') reader.at++;
    else return value;
  }
}

function member(of: Expr, name: Expr, at: Span): Expr {
  return { kind: 'member', of, name, at };
}

/** `list[i]`: one of its items. */
function itemOf(of: Expr, at: Span): Expr {
  return { kind: 'choice', by: 'loop', of: [{ kind: 'spread', of, at }], at };
}

function readArguments(reader: BicepReader): readonly Arg[] {
  const args: Arg[] = [];
  take(reader, '(');
  for (skipLines(reader); peek(reader).kind !== 'end' && !take(reader, ')'); skipLines(reader)) {
    const { at } = reader;
    args.push({ value: readExpression(reader) });
    skipLines(reader);
    take(reader, ',');
    if (reader.at === at) reader.at++;
  }
  return args;
}

function readPrimary(reader: BicepReader, token: Token): Expr {
  const at = reader.spanOf(token.start, token.end);
  if (token.kind === 'text') {
    reader.at++;
    return textOf(reader, token);
  }
  if (take(reader, '{')) return readObject(reader, token);
  if (take(reader, '[')) return readList(reader, token);
  if (take(reader, '(')) {
    const value = readExpression(reader);
    skipLines(reader);
    take(reader, ')');
    return value;
  }
  if (token.kind === 'line' || token.kind === 'end') return { kind: 'unknown', why: 'syntax-error', at };
  reader.at++;
  if (token.kind === 'number') return { kind: 'constant', value: Number(token.text), at };
  if (token.text === 'true' || token.text === 'false') return { kind: 'constant', value: token.text === 'true', at };
  if (token.text === 'null') return { kind: 'constant', value: null, at };
  if (token.kind !== 'name') return { kind: 'unknown', why: 'syntax-error', at };
  return reader.items.get(token.text) ?? { kind: 'name', name: token.text, block: 0, at };
}

function textOf(reader: BicepReader, { parts = [], start, end }: Token): Expr {
  const at = reader.spanOf(start, end);
  const [only] = parts;
  if (!only) return { kind: 'text', text: '', at };
  const lowered = parts.map((part): Expr => {
    if (!part.isHole) return { kind: 'text', text: part.text, at };
    const inner = { ...reader, tokens: tokensOf(reader.text, part.start, part.end), at: 0, depth: reader.depth + 1 };
    return readExpression(inner);
  });
  return parts.length === 1 && !only.isHole ? { kind: 'text', text: only.text, at } : { kind: 'join', parts: lowered, at };
}

function readObject(reader: BicepReader, start: Token): Expr {
  const entries: Entry[] = [];
  let open = false;
  for (skipLines(reader); peek(reader).kind !== 'end' && !take(reader, '}'); skipLines(reader)) {
    const key = peek(reader);
    reader.at++;
    if (key.text === 'resource' && peek(reader).kind === 'name') readNested(reader, key);
    else if (key.text === '...') {
      const value = readExpression(reader);
      entries.push({ key: '...', value: { kind: 'spread', of: value, at: value.at }, at: value.at });
    } else if (take(reader, ':')) {
      skipLines(reader);
      entries.push({ key: key.text, value: readExpression(reader), at: spanFrom(reader, key) });
      open ||= key.parts?.some(({ isHole }) => isHole) ?? false;
    }
    take(reader, ',');
  }
  return { kind: 'record', entries, open, at: spanFrom(reader, start) };
}

/** `resource chat 'deployments@2024-10-01' = { … }` inside its account. */
function readNested(reader: BicepReader, start: Token): void {
  const name = peek(reader).text;
  reader.at++;
  const type = peek(reader).text;
  while (!/^(?:line|end)$/.test(peek(reader).kind) && peek(reader).text !== '=') reader.at++;
  if (!take(reader, '=')) return;
  if (take(reader, 'if')) readExpression(reader);
  const value = readExpression(reader);
  reader.nested.push({ name, type, value, at: spanFrom(reader, start) });
}

/** A list, or `[for item in items: body]`, which is the body for any of the items. */
function readList(reader: BicepReader, start: Token): Expr {
  skipLines(reader);
  if (take(reader, 'for')) return readFor(reader, start);
  const items: Expr[] = [];
  for (skipLines(reader); peek(reader).kind !== 'end' && !take(reader, ']'); skipLines(reader)) {
    const { at } = reader;
    const spread = take(reader, '...');
    const value = readExpression(reader);
    items.push(spread ? { kind: 'spread', of: value, at: value.at } : value);
    take(reader, ',');
    if (reader.at === at) reader.at++;
  }
  return { kind: 'list', items, at: spanFrom(reader, start) };
}

function readFor(reader: BicepReader, start: Token): Expr {
  const isPair = take(reader, '(');
  const name = peek(reader).text;
  while (peek(reader).kind !== 'end' && !take(reader, 'in')) reader.at++;
  const over = readExpression(reader);
  take(reader, ':');
  const items = new Map([...reader.items, [name, itemOf(over, over.at)] as const]);
  const inner: BicepReader = { ...reader, items };
  if (take(inner, 'if')) readArguments(inner);
  const body = readExpression(inner);
  reader.at = inner.at;
  skipLines(reader);
  take(reader, ']');
  return isPair && body.kind === 'unknown' ? body : { kind: 'list', items: [body], each: true, at: spanFrom(reader, start) };
}
