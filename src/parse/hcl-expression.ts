import type { Arg, Entry, Expr, Span } from '../model/source.ts';
import { heredocText, quotedText } from './hcl-text.ts';
import { BROKEN, type HclNode } from './hcl-tree.ts';
import { type Complaints, LIMITS, MAX_DEPTH } from './parsed.ts';
import type { SpanOf } from './position.ts';

/** What lowering a tree of HCL needs to know, and the values it may still make. */
export interface HclReader {
  readonly text: string;
  readonly spanOf: SpanOf;
  readonly complaints: Complaints;
  readonly budget: { nodes: number };
}

type Lower = (reader: HclReader, node: HclNode, depth: number) => Expr;

/** What an expression can begin with; everything behind it (`.name`, `[0]`, `.*`) goes a member deeper. */
const PRIMARY: Readonly<Record<string, Lower>> = {
  literal_value: lowerLiteral,
  template_expr: lowerTemplate,
  collection_value: lowerCollection,
  variable_expr: (reader, node) => ({ kind: 'name', name: source(reader, node), block: 0, at: spanOf(reader, node) }),
  function_call: lowerCall,
  conditional: lowerConditional,
  operation: lowerOperation,
  for_expr: (reader, node) => ({ kind: 'unknown', why: 'for', at: spanOf(reader, node) }),
  expression: lowerExpression,
};

/** One expression; names are looked up in block 0, since HCL has no scopes of its own. */
export function lowerExpression(reader: HclReader, node: HclNode, depth: number): Expr {
  const at = spanOf(reader, node);
  if (reader.budget.nodes-- <= 0) return refuse(reader, 'too-many-nodes', at);
  if (depth > MAX_DEPTH) return refuse(reader, 'too-deep', at);
  const [first, ...steps] = partsOf(node);
  const lower = first && PRIMARY[first.type];
  if (!first || !lower) return { kind: 'unknown', why: 'syntax-error', at };
  return steps.length === 0 ? lower(reader, first, depth + 1) : lowerSteps(reader, first, { lower, steps, depth });
}

/** A value that is not made, and the reason, which the file carries too. */
export function refuse(reader: HclReader, reason: keyof typeof LIMITS, at: Span): Expr {
  reader.complaints.add({ reason, message: LIMITS[reason], at });
  return { kind: 'unknown', why: reason, at };
}

/** The text of a string without interpolations. */
export function stringOf(reader: HclReader, node: HclNode): string {
  const [open, close] = [node.children.at(0), node.children.at(-1)];
  return open && close && open !== close ? quotedText(reader.text.slice(open.end, close.start)) : '';
}

interface Chain {
  readonly lower: Lower;
  readonly steps: readonly HclNode[];
  readonly depth: number;
}

function lowerSteps(reader: HclReader, first: HclNode, { lower, steps, depth }: Chain): Expr {
  const flat = steps.flatMap((step) => stepsOf(step));
  const inside = depth + flat.length + 1;
  if (inside > MAX_DEPTH) return refuse(reader, 'too-deep', spanOf(reader, first));
  let value = lower(reader, first, inside);
  for (const step of flat) {
    const name = lowerStep(reader, step, inside);
    value = { kind: 'member', of: value, name, at: reader.spanOf(first.start, step.end) };
  }
  return value;
}

/** `.a`, `[0]` and `[*].a.b` as single steps. */
function stepsOf(step: HclNode): readonly HclNode[] {
  if (step.type === 'index') return partsOf(step);
  if (step.type !== 'splat') return [step];
  const [splat] = partsOf(step);
  return splat ? [splat, ...partsOf(splat).flatMap((inner) => (inner.type === 'index' ? partsOf(inner) : [inner]))] : [];
}

function lowerStep(reader: HclReader, step: HclNode, depth: number): Expr {
  const at = spanOf(reader, step);
  const [inner] = partsOf(step);
  if (step.type === 'get_attr' && inner) return { kind: 'text', text: source(reader, inner), at: spanOf(reader, inner) };
  if (step.type === 'new_index' && inner) return lowerExpression(reader, inner, depth);
  if (step.type === 'legacy_index') return { kind: 'constant', value: Number(source(reader, step).slice(1)), at };
  return { kind: 'unknown', why: 'splat', at };
}

function lowerLiteral(reader: HclReader, node: HclNode): Expr {
  const at = spanOf(reader, node);
  const [literal] = partsOf(node);
  if (literal?.type === 'string_lit') return { kind: 'text', text: stringOf(reader, literal), at };
  const written = source(reader, node);
  if (literal?.type === 'null_lit') return { kind: 'constant', value: null, at };
  if (literal?.type === 'bool_lit') return { kind: 'constant', value: written === 'true', at };
  const value = Number(written);
  return Number.isFinite(value) ? { kind: 'constant', value, at } : { kind: 'text', text: written, at };
}

function lowerCollection(reader: HclReader, node: HclNode, depth: number): Expr {
  const at = spanOf(reader, node);
  const [collection] = partsOf(node);
  const parts = collection ? partsOf(collection) : [];
  if (collection?.type === 'tuple') {
    const items = parts.filter((part) => part.type === 'expression');
    return { kind: 'list', items: items.map((item) => lowerExpression(reader, item, depth)), at };
  }
  const elements = parts.filter((part) => part.type === 'object_elem');
  const entries = elements.flatMap((element) => lowerElement(reader, element, depth));
  return { kind: 'record', entries, open: entries.length < elements.length, at };
}

/** `key = value`; a computed key gives nothing, and leaves the record open. */
function lowerElement(reader: HclReader, element: HclNode, depth: number): readonly Entry[] {
  const [key, value] = partsOf(element).filter((part) => part.type === 'expression');
  const [name, ...more] = key ? partsOf(key) : [];
  if (!name || !value || more.length > 0) return [];
  const at = spanOf(reader, element);
  const entry = (text: string): Entry => ({ key: text, value: lowerExpression(reader, value, depth), at });
  if (name.type === 'variable_expr') return [entry(source(reader, name))];
  if (name.type !== 'literal_value') return [];
  const [literal] = partsOf(name);
  return [entry(literal?.type === 'string_lit' ? stringOf(reader, literal) : source(reader, name))];
}

function lowerCall(reader: HclReader, node: HclNode, depth: number): Expr {
  const [callee, ...rest] = partsOf(node);
  const list = rest.find((part) => part.type === 'function_arguments');
  const parts = list ? partsOf(list) : [];
  const args = parts
    .filter((part) => part.type === 'expression')
    .map((part): Arg => ({ value: lowerExpression(reader, part, depth) }));
  const last = args.at(-1);
  if (last && parts.at(-1)?.type === 'ellipsis')
    args[args.length - 1] = { value: { kind: 'spread', of: last.value, at: last.value.at } };
  const name = callee ? source(reader, callee) : '';
  const at = spanOf(reader, node);
  return { kind: 'call', callee: { kind: 'name', name, block: 0, at: callee ? spanOf(reader, callee) : at }, args, site: -1, at };
}

function lowerConditional(reader: HclReader, node: HclNode, depth: number): Expr {
  const [, ...branches] = partsOf(node).filter((part) => part.type === 'expression');
  return {
    kind: 'choice',
    of: branches.map((branch) => lowerExpression(reader, branch, depth)),
    by: 'branch',
    at: spanOf(reader, node),
  };
}

/** A negative number is a number; what other operators make is no name of anything. */
function lowerOperation(reader: HclReader, node: HclNode): Expr {
  const at = spanOf(reader, node);
  const written = source(reader, node);
  if (/^-\s*[\d.]+$/.test(written)) return { kind: 'constant', value: Number(written.replace(/\s/g, '')), at };
  return { kind: 'unknown', why: 'operation', at };
}

function lowerTemplate(reader: HclReader, node: HclNode, depth: number): Expr {
  const at = spanOf(reader, node);
  const [template] = partsOf(node);
  const children = template?.children ?? [];
  const isHeredoc = template?.type === 'heredoc_template';
  const opening = children[isHeredoc ? 1 : 0];
  const closing = children.findLast((child) => child.type === (isHeredoc ? 'heredoc_identifier' : 'quoted_template_end'));
  if (!template || !opening || !closing) return { kind: 'unknown', why: 'syntax-error', at };
  const holes = children.filter((child) => child.type === 'template_interpolation' || child.type === 'template_directive');
  const parts: Expr[] = [];
  // The tree leaves out blanks around a hole; the text between two holes is what stands there.
  let start = opening.end;
  for (const hole of [...holes, undefined]) {
    const end = hole?.start ?? (closing === opening ? template.end : closing.start);
    const text = isHeredoc
      ? heredocText(reader.text.slice(start, end), start === opening.end)
      : quotedText(reader.text.slice(start, end));
    if (text) parts.push({ kind: 'text', text, at: reader.spanOf(start, end) });
    if (hole) parts.push(lowerHole(reader, hole, depth));
    start = hole?.end ?? end;
  }
  const [only] = parts;
  if (!only) return { kind: 'text', text: '', at };
  if (parts.length > 1) return { kind: 'join', parts, at };
  return only.kind === 'text' ? { ...only, at } : only;
}

function lowerHole(reader: HclReader, hole: HclNode, depth: number): Expr {
  const inner = partsOf(hole).find((part) => part.type === 'expression');
  if (hole.type === 'template_interpolation' && inner) return lowerExpression(reader, inner, depth);
  return { kind: 'unknown', why: hole.type === 'template_directive' ? 'directive' : 'syntax-error', at: spanOf(reader, hole) };
}

/** Named children that parsed. */
function partsOf(node: HclNode): readonly HclNode[] {
  return node.children.filter((child) => child.isNamed && child.type !== BROKEN);
}

function source(reader: HclReader, node: HclNode): string {
  return reader.text.slice(node.start, node.end);
}

function spanOf(reader: HclReader, node: HclNode): Span {
  return reader.spanOf(node.start, node.end);
}
