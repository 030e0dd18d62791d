/** Text with places to fill: `"…%s" % x`, `"{}…".format(x)`, `"/".join([…])`. */
import type { Arg, Expr } from '../../../model/source.ts';

type TextExpr = Expr & { kind: 'text' };

const PERCENT = /%(?:%|(?:\((\w{1,100})\))?[-+ #0]{0,5}(?:\d+|\*)?(?:\.(?:\d+|\*))?[a-zA-Z])/g;
const BRACE = /\{\{|\}\}|\{(\w{0,100})((?:\.\w{1,100}|\[[^\]{}]{1,100}\])*)(?:![a-z])?(?::[^{}]{0,100})?\}/g;
/** Places filled in one text; what has more is a document. */
const MAX_PLACES = 100;

/** `template % values`. */
export function filled(template: TextExpr, values: Expr, at: Expr['at']): Expr {
  let position = 0;
  return pieces({ template, place: PERCENT, at }, (match) => {
    if (match[0] === '%%') return '%';
    const name = match[1];
    if (name !== undefined) return memberOf(values, name);
    if (values.kind === 'list') return values.items[position++];
    return position++ === 0 ? values : undefined;
  });
}

/** `template.format(…)`. */
export function formatted(template: TextExpr, args: readonly Arg[], at: Expr['at']): Expr {
  const listed = args.filter((arg) => arg.name === undefined);
  let position = 0;
  return pieces({ template, place: BRACE, at }, (match) => {
    if (match[0] === '{{' || match[0] === '}}') return match[0].charAt(0);
    if (match[2]) return undefined;
    const field = match[1] ?? '';
    if (field === '') return listed[position++]?.value;
    return /^\d+$/.test(field) ? listed[Number(field)]?.value : args.find((arg) => arg.name === field)?.value;
  });
}

/** `separator.join(items)`, where the code lists the items. */
export function joined(separator: TextExpr, items: readonly Expr[], at: Expr['at']): Expr {
  const parts = items.flatMap((item, index) => (index === 0 || separator.text === '' ? [item] : [separator, item]));
  return { kind: 'join', parts, at };
}

function memberOf(values: Expr, name: string): Expr | undefined {
  if (values.kind === 'record') return values.entries.findLast(({ key }) => key === name)?.value;
  return { kind: 'member', of: values, name: { kind: 'text', text: name, at: values.at }, at: values.at };
}

/** The text between the places and what fills them. Text is the filling of a doubled sign, nothing that of an unknown place. */
function pieces(
  { template, place, at }: { template: TextExpr; place: RegExp; at: Expr['at'] },
  fill: (match: RegExpMatchArray) => Expr | string | undefined,
): Expr {
  const parts: Expr[] = [];
  let text = '';
  let end = 0;
  const flush = () => {
    if (text) parts.push({ kind: 'text', text, at: template.at });
    text = '';
  };
  for (const match of template.text.matchAll(place)) {
    if (parts.length > MAX_PLACES) break;
    text += template.text.slice(end, match.index);
    end = match.index + match[0].length;
    const value = fill(match);
    if (typeof value === 'string') text += value;
    else {
      flush();
      parts.push(value ?? { kind: 'unknown', why: 'format', at });
    }
  }
  text += template.text.slice(end);
  flush();
  return { kind: 'join', parts, at };
}
