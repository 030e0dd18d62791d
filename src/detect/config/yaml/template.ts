// https://helm.sh/docs/chart_template_guide/
import type { Entry, Expr, Span } from '../../../model/source.ts';

/** `{{ … }}` of Helm, decK and Jinja, `{% … %}` of Jinja. */
const OPENERS = /\{\{|\{%/g;
/** A longer action is none. */
const LONGEST = 2000;

/** Private characters: a mark, the number of the action, and filler, so that no column moves. */
const MARK = '\uE000';
const FILLER = '\uE001';
const FIRST = 0xe100;
const MOST = 5000;
const PLACEHOLDER = /\uE000([\uE100-\uF8FF])\uE001*/g;
/** A line of nothing but actions: control flow, or a block that an include writes. */
const CONTROL_LINE = /^[^\S\n]*(?:\uE000[\uE100-\uF8FF]\uE001*[^\S\n]*)+$/gm;

const ENVIRONMENT = /^-?\s*env\s+["']?([A-Za-z_]\w*)["']?\s*-?$/;
const VALUE = /^-?\s*\.Values\.([\w.]+)\s*(?:\|\s*(?:quote|toString|trim)\s*)*-?$/;

/** A template as YAML of the same length, and how its holes are filled in again. */
export interface Template {
  readonly text: string;
  readonly isTemplate: boolean;
  /** The value with every hole as what is known of it: an environment name, a path below `Values`, or unknown. */
  fill(expr: Expr): Expr;
}

/** Makes YAML of a template without running it: lines of control flow are blanked, other actions become holes. */
export function templateOf(source: string): Template {
  if (!source.includes('{{') && !source.includes('{%')) return { text: source, isTemplate: false, fill: (expr) => expr };
  const actions: string[] = [];
  const text = withHoles(source, actions).replace(CONTROL_LINE, (line) => ' '.repeat(line.length));
  return { text, isTemplate: text !== source, fill: (expr) => fill(expr, actions) };
}

/** One pass: the end that was found for one action is kept for the next, however many stay open. */
function withHoles(source: string, actions: string[]): string {
  const parts: string[] = [];
  const ends = new Map<string, number>();
  let done = 0;
  for (const { index, 0: opener } of source.matchAll(OPENERS)) {
    if (index < done) continue;
    const closer = opener === '{{' ? '}}' : '%}';
    const known = ends.get(closer) ?? -1;
    const next = known >= index + 2 ? known : source.indexOf(closer, index + 2);
    const end = next < 0 ? source.length : next;
    ends.set(closer, end);
    if (end >= source.length || end - index > LONGEST) continue;
    const action = source.slice(index, end + 2);
    parts.push(source.slice(done, index), holeFor(action, actions));
    done = end + 2;
  }
  return parts.join('') + source.slice(done);
}

function holeFor(action: string, actions: string[]): string {
  const isComment = /^\{\{-?\s*\/\*/.test(action) || action.startsWith('{%');
  if (isComment || action.includes('\n') || actions.length >= MOST) return action.replace(/[^\r\n]/g, ' ');
  actions.push(action.slice(2, -2));
  return (MARK + String.fromCharCode(FIRST + actions.length - 1)).padEnd(action.length, FILLER);
}

/** The depth of a parsed value is bounded. */
function fill(expr: Expr, actions: readonly string[]): Expr {
  if (expr.kind === 'text') return fillText(expr, actions);
  if (expr.kind === 'list') return { ...expr, items: expr.items.map((item) => fill(item, actions)) };
  if (expr.kind === 'call') return { ...expr, args: expr.args.map((arg) => ({ ...arg, value: fill(arg.value, actions) })) };
  if (expr.kind !== 'record') return expr;
  const known = expr.entries.filter((entry) => !entry.key.includes(MARK));
  const entries = known.map((entry): Entry => ({ ...entry, value: fill(entry.value, actions) }));
  return { ...expr, entries, open: expr.open || known.length < expr.entries.length };
}

function fillText({ text, at }: Expr & { kind: 'text' }, actions: readonly string[]): Expr {
  const parts: Expr[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    // decK writes `${{ env "NAME" }}`: the dollar sign belongs to the action.
    const before = text.slice(end, match.index).replace(/\$$/, '');
    if (before) parts.push({ kind: 'text', text: before, at });
    parts.push(actionOf(actions[(match[1] ?? '').charCodeAt(0) - FIRST] ?? '', at));
    end = match.index + match[0].length;
  }
  if (end === 0) return { kind: 'text', text, at };
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end), at });
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind: 'join', parts, at };
}

function actionOf(action: string, at: Span): Expr {
  const name = ENVIRONMENT.exec(action.trim())?.[1];
  if (name !== undefined) return { kind: 'env', name, at };
  const path = VALUE.exec(action.trim())?.[1]?.split('.').slice(0, 20);
  if (path === undefined) return { kind: 'unknown', why: 'template', at };
  const values: Expr = { kind: 'name', name: 'Values', block: 0, at };
  return path.reduce<Expr>((of, key) => ({ kind: 'member', of, name: { kind: 'text', text: key, at }, at }), values);
}
