import type { Expr, Span } from '../model/source.ts';

const NAME = /[A-Za-z_]\w*/y;
/** Defaults inside defaults; a text that goes deeper is unknown. */
const MAX_NESTING = 20;

interface Cursor {
  readonly text: string;
  readonly at: Span;
  offset: number;
}

/**
 * A text of a Compose file with its variables: `$NAME`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}`,
 * `${NAME:+other}`; `$$` is a dollar sign.
 */
export function interpolate(text: string, at: Span): Expr {
  return text.includes('$') ? readText({ text, at, offset: 0 }, 0) : { kind: 'text', text, at };
}

/** Reads to the end, or inside braces to the brace that closes them. */
function readText(cursor: Cursor, depth: number): Expr {
  const { text, at } = cursor;
  const parts: Expr[] = [];
  let plain = '';
  const flush = () => {
    if (plain) parts.push({ kind: 'text', text: plain, at });
    plain = '';
  };
  while (cursor.offset < text.length && !(depth > 0 && text[cursor.offset] === '}')) {
    const variable = text[cursor.offset] === '$' ? readVariable(cursor, depth) : undefined;
    if (!variable) {
      plain += text[cursor.offset];
      cursor.offset += text.startsWith('$$', cursor.offset) ? 2 : 1;
      continue;
    }
    flush();
    parts.push(variable);
  }
  flush();
  const [only] = parts;
  if (!only) return { kind: 'text', text: '', at };
  return parts.length === 1 ? only : { kind: 'join', parts, at };
}

function readVariable(cursor: Cursor, depth: number): Expr | undefined {
  const { text, at, offset } = cursor;
  const braced = text[offset + 1] === '{';
  NAME.lastIndex = offset + (braced ? 2 : 1);
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return undefined;
  cursor.offset = NAME.lastIndex;
  return braced ? readBraced(cursor, name, depth) : { kind: 'env', name, at };
}

function readBraced(cursor: Cursor, name: string, depth: number): Expr {
  const { text, at } = cursor;
  const operator = /:?[-?+]|/y;
  operator.lastIndex = cursor.offset;
  const kind = operator.exec(text)?.[0] ?? '';
  cursor.offset += kind.length;
  if (depth >= MAX_NESTING) {
    cursor.offset = text.length;
    return { kind: 'unknown', why: 'too-deep', at };
  }
  const operand = readText(cursor, depth + 1);
  if (text[cursor.offset] === '}') cursor.offset++;
  if (kind.endsWith('-')) return { kind: 'env', name, fallback: operand, at };
  // `+` gives its text only where the variable is set: one of two, and which is not known here.
  if (kind.endsWith('+')) return { kind: 'choice', of: [operand, { kind: 'text', text: '', at }], by: 'branch', at };
  return { kind: 'env', name, at };
}
