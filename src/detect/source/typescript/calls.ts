/** Chains of calls and members. They lean left and may be very long, so they are built from the inside out. */
import { ts } from 'ts-morph';
import type { Arg, Expr, SiteId } from '../../../model/source.ts';
import { itemOf } from './bindings.ts';
import { isLoader } from './commonjs.ts';
import {
  type Callback,
  type Handlers,
  type Lowering,
  lower,
  on,
  type Slot,
  spanBetween,
  spanOf,
  startOf,
  textAt,
  visitAll,
} from './lowering.ts';
import { SILENT } from './strings.ts';

const { SyntaxKind } = ts;
/** Links kept in one expression: what is further out no longer knows what it began with. */
const CHAIN_LIMIT = 250;
/** Methods that run a function over the items of their receiver, and which parameter gets the item. */
const RUNS_OVER_ITEMS: ReadonlyMap<string, number> = new Map([
  ...['map', 'flatMap', 'forEach', 'filter', 'find', 'findLast', 'some', 'every'].map((name) => [name, 0] as const),
  ...['reduce', 'reduceRight'].map((name) => [name, 1] as const),
]);

type Link =
  | ts.CallExpression
  | ts.PropertyAccessExpression
  | ts.ElementAccessExpression
  | ts.TaggedTemplateExpression
  | ts.NonNullExpression;

export const CALLS: Handlers = [
  ...on(
    [
      SyntaxKind.CallExpression,
      SyntaxKind.PropertyAccessExpression,
      SyntaxKind.ElementAccessExpression,
      SyntaxKind.TaggedTemplateExpression,
      SyntaxKind.NonNullExpression,
    ],
    isLink,
    lowerChain,
  ),
  ...on(SyntaxKind.NewExpression, ts.isNewExpression, (node, lowering, slot) => {
    const site = lowering.siteCount++;
    const callee = lower(node.expression, lowering);
    visitAll(node.typeArguments, lowering, { role: 'type' });
    const args = lowerArgs(node.arguments ?? [], { callee, lowering, slot });
    return place({ kind: 'call', callee, args, construct: true, site, at: spanOf(node, lowering) }, lowering);
  }),
];

function isLink(node: ts.Node): node is Link {
  return (
    ts.isCallExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTaggedTemplateExpression(node)
  );
}

function lowerChain(node: Link, lowering: Lowering, slot: Slot): Expr {
  const links: Link[] = [];
  let base: ts.Expression = node;
  while (isLink(base)) {
    links.push(base);
    base = ts.isTaggedTemplateExpression(base) ? base.tag : base.expression;
  }
  const outer = lowering.height;
  const start = startOf(node, lowering);
  lowering.height = outer + Math.min(links.length, CHAIN_LIMIT);
  let expr = lower(base, lowering, links.length === 1 && ts.isNonNullExpression(node) ? slot : undefined);
  for (let index = links.length - 1; index >= 0; index--) {
    const link = links[index] ?? node;
    const at = spanBetween(start, link.end, lowering);
    if ((links.length - index) % CHAIN_LIMIT === 0) {
      lowering.cut = true;
      expr = { kind: 'unknown', why: 'too-deep', at };
    }
    lowering.height = outer + Math.min(index, CHAIN_LIMIT - ((links.length - index) % CHAIN_LIMIT));
    expr = lowerLink(link, expr, { at, lowering, slot: link === node ? slot : undefined });
  }
  lowering.height = outer;
  return expr;
}

interface Standing {
  readonly at: Expr['at'];
  readonly lowering: Lowering;
  /** Where the whole chain stands; only its last link stands there. */
  readonly slot: Slot | undefined;
}

function lowerLink(link: Link, of: Expr, { at, lowering, slot }: Standing): Expr {
  if (ts.isNonNullExpression(link)) return of;
  if (ts.isPropertyAccessExpression(link)) return { kind: 'member', of, name: textAt(link.name.text, link.name, lowering), at };
  if (ts.isElementAccessExpression(link)) return { kind: 'member', of, name: lowerIndex(link, of, lowering), at };
  const site = lowering.siteCount++;
  visitAll(link.typeArguments, lowering, { role: 'type' });
  if (ts.isTaggedTemplateExpression(link)) {
    const args = lowerArgs([link.template], { callee: of, lowering, slot });
    return place({ kind: 'call', callee: of, args, site, at }, lowering);
  }
  const loads = isLoader(link.expression);
  const args = loads
    ? link.arguments.map((argument) => ({ value: lower(argument, lowering, SILENT) }))
    : lowerArgs(link.arguments, { callee: of, lowering, slot });
  return place({ kind: 'call', callee: of, args, site, at }, lowering);
}

/** Sites are numbered in the order of the text, and known when their arguments are. */
function place(call: Expr & { kind: 'call'; site: SiteId }, lowering: Lowering): Expr {
  lowering.sites[call.site] = { call, block: lowering.block };
  return call;
}

function lowerIndex(link: ts.ElementAccessExpression, of: Expr, lowering: Lowering): Expr {
  const index = link.argumentExpression;
  if (ts.isNumericLiteral(index)) return textAt(index.text, index, lowering);
  const key = lastName(of);
  return lower(index, lowering, key === undefined ? { role: 'key' } : { role: 'key', key });
}

interface Given {
  readonly callee: Expr;
  readonly lowering: Lowering;
  readonly slot: Slot | undefined;
}

function lowerArgs(nodes: readonly ts.Expression[], { callee, lowering, slot }: Given): Arg[] {
  const key = lastName(callee);
  // `export const POST = withAuth(async () => …)`: the function is POST, unless a function around it has a name already.
  const symbol = lowering.symbol === '' ? slot?.symbol : undefined;
  const plain: Slot = { role: 'argument', ...(key === undefined ? {} : { key }), ...(symbol === undefined ? {} : { symbol }) };
  return nodes.map((node, index) => {
    const callback = isFunction(node) ? callbackOf(callee, index) : undefined;
    return { value: lower(node, lowering, callback ? { ...plain, callback } : plain) };
  });
}

function isFunction(node: ts.Expression): boolean {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

function callbackOf(callee: Expr, index: number): Callback | undefined {
  if (callee.kind !== 'member' || callee.name.kind !== 'text') return undefined;
  const method = callee.name.text;
  if ((method === 'catch' && index === 0) || (method === 'then' && index === 1)) return { onFailure: true };
  if (index !== 0) return undefined;
  // What a promise is kept for is the promise itself here, as `await x` is x.
  if (method === 'then') return { onFailure: false, item: { index: 0, value: callee.of } };
  const item = RUNS_OVER_ITEMS.get(method);
  return item === undefined ? undefined : { onFailure: false, item: { index: item, value: itemOf(callee.of) } };
}

/** The last name of an expression: what a call is called, or an object. */
function lastName(expr: Expr): string | undefined {
  if (expr.kind === 'name') return expr.name;
  return expr.kind === 'member' && expr.name.kind === 'text' ? expr.name.text : undefined;
}
