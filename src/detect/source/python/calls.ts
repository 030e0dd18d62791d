/** Chains of calls, attributes and subscripts. They lean left and may be very long, so they are built from the inside out. */
import type { Arg, Expr } from '../../../model/source.ts';
import type { PythonNode } from '../../../parse/python.ts';
import { bindUpdate, builtinMade } from './builtins.ts';
import { formatted, joined } from './formats.ts';
import {
  type Handlers,
  type Lowering,
  lower,
  nameAt,
  type Slot,
  spanBetween,
  textAt,
  textOf,
  unknown,
  visit,
  visitChildren,
} from './lowering.ts';

/** Links kept in one expression: what is further out no longer knows what it began with. */
const CHAIN_LIMIT = 250;
const LINKS: ReadonlySet<string> = new Set(['call', 'attribute', 'subscript']);

/** Calls, attributes and subscripts. */
export const CALLS: Handlers = [
  ['call', lowerChain],
  ['attribute', lowerChain],
  ['subscript', lowerChain],
];

type Call = Expr & { kind: 'call'; site: number };

function lowerChain(node: PythonNode, lowering: Lowering, slot: Slot): Expr {
  const links: PythonNode[] = [];
  let base: PythonNode | undefined = node;
  while (base && LINKS.has(base.type)) {
    links.push(base);
    base = base.children[0];
  }
  if (!base) return unknown(node, lowering, 'expression');
  const outer = lowering.height;
  lowering.height = outer + Math.min(links.length, CHAIN_LIMIT);
  const start = chainStart(base, links, lowering);
  let expr = start.expr ?? lower(base, lowering);
  for (let index = links.length - 1 - start.taken; index >= 0; index--) {
    const link = links[index] ?? node;
    const at = spanBetween(node.start, link.end, lowering);
    const position = links.length - index;
    if (position % CHAIN_LIMIT === 0) {
      lowering.cut = true;
      expr = { kind: 'unknown', why: 'too-deep', at };
    }
    lowering.height = outer + Math.min(index, CHAIN_LIMIT - (position % CHAIN_LIMIT));
    expr = lowerLink(link, expr, { at, lowering, slot: link === node ? slot : undefined });
  }
  lowering.height = outer;
  return expr;
}

/** What a chain begins with where that is more than its base: `a.b` of `import a.b`, `super()`, the class a class method makes. */
function chainStart(base: PythonNode, links: readonly PythonNode[], lowering: Lowering): { expr?: Expr; taken: number } {
  const nothing = { taken: 0 };
  if (base.type !== 'identifier') return nothing;
  const name = textOf(base, lowering);
  const inner = links.at(-1);
  if (inner?.type === 'call') {
    if (name === 'super') return { expr: nameAt('super', inner, lowering), taken: 1 };
    const makesOwn = lowering.self?.isClass && name === lowering.self.name && lowering.type;
    return makesOwn ? { expr: nameAt(makesOwn.name, base, lowering), taken: 0 } : nothing;
  }
  if (!lowering.dottedNames.size) return nothing;
  let path = name;
  let best: { expr?: Expr; taken: number } = nothing;
  for (let index = links.length - 1; index >= 0; index--) {
    const link = links[index];
    const attribute = link?.type === 'attribute' ? link.children[1] : undefined;
    if (!link || !attribute) break;
    path = `${path}.${textOf(attribute, lowering)}`;
    if (lowering.dottedNames.has(path)) best = { expr: nameAt(path, link, lowering), taken: links.length - index };
  }
  return best;
}

interface Standing {
  readonly at: Expr['at'];
  readonly lowering: Lowering;
  /** Where the whole chain stands; only its last link stands there. */
  readonly slot: Slot | undefined;
}

function lowerLink(link: PythonNode, of: Expr, { at, lowering, slot }: Standing): Expr {
  const [, part] = link.children;
  if (link.type === 'subscript') return lowerSubscript(link, of, { at, lowering, slot });
  if (!part) return { kind: 'unknown', why: 'expression', at };
  if (link.type === 'attribute') return lowerAttribute(part, of, { at, lowering, slot });
  const site = lowering.siteCount++;
  const isList = part.type === 'argument_list';
  const callee = ownConstructor(of, part, lowering);
  const given = isList ? lowerArgs(part.children, { callee, lowering, slot }) : [{ value: lower(part, lowering) }];
  const args = callee !== of && isNamedBase(of) ? given.slice(1) : given;
  const call: Call = { kind: 'call', callee, args, site, at };
  // Sites are numbered in the order of the text, and known when their arguments are.
  lowering.sites[site] = { call, block: lowering.block };
  bindUpdate(call, lowering);
  return textMade(call) ?? builtinMade(call, lowering) ?? call;
}

/** `super().__init__(…)` runs the constructor of the base; so does `Base.__init__(self, …)`. */
function ownConstructor(callee: Expr, list: PythonNode, lowering: Lowering): Expr {
  if (callee.kind !== 'member' || callee.of.kind !== 'name') return callee;
  if (callee.name.kind !== 'text' || callee.name.text !== '__init__') return callee;
  if (!isNamedBase(callee)) return callee.of;
  const [first] = list.type === 'argument_list' ? list.children : [];
  const isOwn = first?.type === 'identifier' && textOf(first, lowering) === lowering.self?.name;
  return isOwn ? nameAt('super', list, lowering) : callee;
}

function isNamedBase(callee: Expr): boolean {
  return callee.kind === 'member' && callee.of.kind === 'name' && callee.of.name !== 'super';
}

/** Calls of text that give text: what they make is known without knowing what they run. */
function textMade({ callee, args, at }: Call): Expr | undefined {
  if (callee.kind !== 'member' || callee.of.kind !== 'text' || callee.name.kind !== 'text') return undefined;
  if (callee.name.text === 'format') return formatted(callee.of, args, at);
  const [only] = args;
  if (callee.name.text !== 'join' || only?.value.kind !== 'list' || args.length !== 1) return undefined;
  return only.value.items.some(({ kind }) => kind === 'spread') ? undefined : joined(callee.of, only.value.items, at);
}

function lowerAttribute(name: PythonNode, of: Expr, { at, lowering }: Standing): Expr {
  return { kind: 'member', of, name: textAt(textOf(name, lowering), name, lowering), at };
}

function lowerSubscript(link: PythonNode, of: Expr, { at, lowering }: Standing): Expr {
  const [index, ...more] = link.children.slice(1);
  if (!index) return { kind: 'unknown', why: 'expression', at };
  if (index.type === 'slice') {
    visitChildren(index, lowering);
    // A part of a list is some of its items; the code shows no call, so there is no site.
    const callee: Expr = { kind: 'member', of, name: { kind: 'text', text: 'slice', at }, at };
    return { kind: 'call', callee, args: [], site: -1, at };
  }
  const key = lastName(of);
  const slot: Slot = key === undefined ? { role: 'key' } : { role: 'key', key };
  const name = index.type === 'integer' ? textAt(textOf(index, lowering), index, lowering) : lower(index, lowering, slot);
  for (const rest of more) visit(rest, lowering, slot);
  return { kind: 'member', of, name: more.length ? { kind: 'unknown', why: 'computed-key', at } : name, at };
}

interface Given {
  readonly callee: Expr;
  readonly lowering: Lowering;
  readonly slot: Slot | undefined;
}

function lowerArgs(nodes: readonly PythonNode[], { callee, lowering, slot }: Given): Arg[] {
  const key = lastName(callee);
  // `handler = wrap(lambda …)`: the function is the handler, unless a function around it has a name already.
  const symbol = lowering.symbol === '' ? slot?.symbol : undefined;
  const plain: Slot = { role: 'argument', ...(key === undefined ? {} : { key }), ...(symbol === undefined ? {} : { symbol }) };
  return nodes.flatMap((node): Arg[] => {
    // What did not parse is no argument, but may hold calls.
    if (node.type === 'ERROR') {
      visitChildren(node, lowering);
      return [];
    }
    // As in a record: `**options` may give any name.
    if (node.type === 'dictionary_splat') return [{ name: '...', value: lower(node, lowering) }];
    if (node.type !== 'keyword_argument') return [{ value: lower(node, lowering, plain) }];
    return [lowerKeyword(node, { all: nodes, symbol, lowering })];
  });
}

function lowerKeyword(
  node: PythonNode,
  { all, symbol, lowering }: { all: readonly PythonNode[]; symbol: string | undefined; lowering: Lowering },
): Arg {
  const [label, value] = node.children;
  const name = label ? textOf(label, lowering) : '';
  if (!value) return { name, value: unknown(node, lowering, 'expression') };
  const slot: Slot = { role: 'argument', key: name, entry: { all, own: node }, ...(symbol === undefined ? {} : { symbol }) };
  return { name, value: lower(value, lowering, slot) };
}

/** The last name of an expression: what a call is called, or an object. */
function lastName(expr: Expr): string | undefined {
  if (expr.kind === 'name') return expr.name;
  return expr.kind === 'member' && expr.name.kind === 'text' ? expr.name.text : undefined;
}
