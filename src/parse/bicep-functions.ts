/** Functions of Bicep that only put values together. */
import type { Arg, Expr, Span } from '../model/source.ts';

/** A call, or what it amounts to: `concat(lists)` is one list, `coalesce(a, b)` the first that is there, `toLower(text)` much the same text. */
export function bicepCall(callee: Expr, args: readonly Arg[], at: Span): Expr {
  const name = callee.kind === 'name' ? callee.name : '';
  const values = args.map(({ value }) => value);
  if (name === 'concat' && values.length)
    return values.some(isText) ? { kind: 'join', parts: values, at } : { kind: 'list', items: values.flatMap(spread), at };
  if (name === 'coalesce' && values.length) return { kind: 'choice', by: 'default', of: values, at };
  const [only] = values;
  return only && /^(?:toLower|string|any|array|trim)$/.test(name) ? only : { kind: 'call', callee, args, site: -1, at };
}

function isText({ kind }: Expr): boolean {
  return kind === 'text' || kind === 'join';
}

/** The items of a list; of one of several lists, those of each. */
function spread(value: Expr): readonly Expr[] {
  if (value.kind === 'choice') return value.of.flatMap(spread);
  return [{ kind: 'spread', of: value, at: value.at }];
}
