/** Bicep as statements with their values. */
import type { Expr, Span } from '../model/source.ts';
import { type BicepReader, peek, readExpression, skipLines, take } from './bicep-expression.ts';
import { tokensOf } from './bicep-tokens.ts';
import { spansOf, withoutMark } from './position.ts';

export interface BicepStatement {
  /** param, var, resource, module, output, using. */
  readonly kind: string;
  readonly name: string;
  /** Type of a resource, path of a module or of what is used. */
  readonly of?: { readonly text: string; readonly at: Span };
  /** `existing`: it is made elsewhere. */
  readonly existing: boolean;
  readonly value?: Expr;
  readonly at: Span;
}

const STATEMENTS: ReadonlySet<string> = new Set(['param', 'var', 'resource', 'module', 'output', 'using', 'extends']);

/** The statements of a file, in their order; what is none of them is passed over. */
export function parseBicep(source: string): readonly BicepStatement[] {
  const text = withoutMark(source).replace(/\r\n?/g, (ending) => (ending.length > 1 ? ' \n' : '\n'));
  const reader: BicepReader = {
    text,
    spanOf: spansOf(text),
    tokens: tokensOf(text),
    items: new Map(),
    nested: [],
    at: 0,
    depth: 0,
  };
  const found: BicepStatement[] = [];
  for (skipLines(reader); peek(reader).kind !== 'end'; skipLines(reader)) {
    const { kind, text: word } = peek(reader);
    if (kind === 'sign' && word === '@') {
      reader.at++;
      readExpression(reader);
    } else if (kind === 'name' && STATEMENTS.has(word)) {
      const statement = readStatement(reader);
      found.push(statement, ...nestedIn(reader, statement));
    } else toLineEnd(reader);
  }
  return found;
}

/** One expression as ARM templates write it: the text between the brackets. */
export function parseArmExpression(text: string, at: Span): Expr {
  const spanOf = () => at;
  return readExpression({ text, spanOf, tokens: tokensOf(text), items: new Map(), nested: [], at: 0, depth: 0 });
}

function readStatement(reader: BicepReader): BicepStatement {
  const start = peek(reader);
  reader.at++;
  const named = peek(reader);
  const isPath = named.kind === 'text';
  if (!isPath) reader.at++;
  const next = peek(reader);
  const of = next.kind === 'text' ? { text: next.text, at: reader.spanOf(next.start, next.end) } : undefined;
  let existing = false;
  while (!/^(?:line|end)$/.test(peek(reader).kind) && peek(reader).text !== '=') {
    existing ||= peek(reader).text === 'existing';
    skipNested(reader);
  }
  const hasValue = take(reader, '=');
  if (hasValue && take(reader, 'if')) readExpression(reader);
  const value = hasValue ? readExpression(reader) : undefined;
  const end = reader.tokens[reader.at - 1]?.end ?? start.end;
  const at = reader.spanOf(start.start, Math.max(start.end, end));
  return { kind: start.text, name: isPath ? '' : named.text, existing, at, ...(of ? { of } : {}), ...(value ? { value } : {}) };
}

/** Resources inside the statement that was just read: their types go on from its own. */
function nestedIn(reader: BicepReader, { of }: BicepStatement): readonly BicepStatement[] {
  const outer = of?.text.replace(/@.*/, '') ?? '';
  return reader.nested.splice(0).map(({ name, type, value, at }) => ({
    kind: 'resource',
    name,
    of: { text: `${outer}/${type}`, at },
    existing: false,
    value,
    at,
  }));
}

/** A type may be an object over several lines. */
function skipNested(reader: BicepReader): void {
  const { kind, text } = peek(reader);
  if (kind === 'sign' && (text === '{' || text === '[' || text === '(')) readExpression(reader);
  else reader.at++;
}

function toLineEnd(reader: BicepReader): void {
  while (!/^(?:line|end)$/.test(peek(reader).kind)) skipNested(reader);
}
