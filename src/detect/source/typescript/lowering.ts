/** The state of lowering one file, and the few moves every part of it makes. */
import { ts } from 'ts-morph';
import type { Vocabulary } from '../../../model/observed.ts';
import type {
  Binding,
  Block,
  BlockId,
  Export,
  Expr,
  Import,
  Site,
  Span,
  StringRole,
  StringUse,
  TypeDecl,
} from '../../../model/source.ts';
import { lineAt } from '../../../parse/position.ts';

/** Nesting of syntax that is followed by recursion; what lies deeper is `unknown: too-deep`. */
const MAX_DEPTH = 500;
/** Height of any one expression, so that whoever reads or stores it may recurse. */
const MAX_HEIGHT = 1000;

/** Where an expression stands, told from above: syntax nodes carry no parent here. */
export interface Slot {
  readonly role: StringRole;
  readonly key?: string;
  /** The entry this is the value of, for what stands beside it. */
  readonly entry?: { readonly object: ts.ObjectLiteralExpression; readonly property: ts.ObjectLiteralElementLike };
  /** What people call an anonymous function or class that stands here. */
  readonly symbol?: string;
  readonly callback?: Callback;
  /** The name by which code around knows a class that stands here. */
  readonly typeName?: string;
}

/** How the call runs a function it is given: after a failure, and over which items. */
export interface Callback {
  readonly onFailure: boolean;
  readonly item?: { readonly index: number; readonly value: Expr };
}

export type Handler = (node: ts.Node, lowering: Lowering, slot: Slot) => Expr | undefined;
export type Handlers = readonly (readonly [ts.SyntaxKind, Handler])[];

/** A binding whose scope may only be known when all declarations of the file are. */
export interface OpenBinding extends Binding {
  scope: BlockId;
}

export interface Lowering {
  readonly file: ts.SourceFile;
  readonly vocabulary: Vocabulary;
  readonly handlers: readonly (Handler | undefined)[];
  readonly lineStarts: readonly number[];
  readonly imports: Import[];
  readonly exports: Export[];
  readonly types: TypeDecl[];
  /** Interfaces and aliases: they count where no class has their name. */
  readonly shapes: TypeDecl[];
  readonly bindings: OpenBinding[];
  readonly sites: Site[];
  readonly blocks: Block[];
  readonly strings: StringUse[];
  /** Names each block declares. */
  readonly names: Map<BlockId, Set<string>>;
  /** Bindings by assignment, whose scope is looked up at the end. */
  readonly assigned: { readonly binding: OpenBinding; readonly root: string }[];
  siteCount: number;
  block: BlockId;
  symbol: string;
  /** Block and symbol of the class around. */
  type: { readonly block: BlockId; readonly symbol: string } | undefined;
  returns: Expr[];
  depth: number;
  height: number;
  cut: boolean;
  line: number;
  start: { node: number; text: number };
}

export const VALUE: Slot = { role: 'value' };

/** A handler for the node kinds a guard accepts. */
export function on<N extends ts.Node>(
  kinds: ts.SyntaxKind | readonly ts.SyntaxKind[],
  is: (node: ts.Node) => node is N,
  lowerNode: (node: N, lowering: Lowering, slot: Slot) => Expr | undefined,
): Handlers {
  const handler: Handler = (node, lowering, slot) => (is(node) ? lowerNode(node, lowering, slot) : undefined);
  return (typeof kinds === 'number' ? [kinds] : kinds).map((kind) => [kind, handler] as const);
}

/** Lowers any node: an expression yields its value, everything else what it declares. Calls in it become sites in any case. */
export function visit(node: ts.Node, lowering: Lowering, slot: Slot = VALUE): Expr | undefined {
  if (lowering.depth >= MAX_DEPTH || lowering.depth + lowering.height >= MAX_HEIGHT) {
    lowering.cut = true;
    return unknown(node, lowering, 'too-deep');
  }
  lowering.depth++;
  const handler = lowering.handlers[node.kind];
  const expr = handler ? handler(node, lowering, slot) : visitChildren(node, lowering);
  lowering.depth--;
  return expr;
}

/** Lowers an expression to its value; one the tree has no word for is unknown. */
export function lower(node: ts.Node, lowering: Lowering, slot: Slot = VALUE): Expr {
  return visit(node, lowering, slot) ?? unknown(node, lowering, 'expression');
}

export function visitAll(nodes: Iterable<ts.Node> | undefined, lowering: Lowering, slot?: Slot): void {
  for (const node of nodes ?? []) visit(node, lowering, slot);
}

/** Lowers what lies inside a node that has no value of its own. */
export function visitChildren(node: ts.Node, lowering: Lowering, slot?: Slot): undefined {
  ts.forEachChild(node, (child) => {
    visit(child, lowering, slot);
  });
}

export function hasModifier(node: ts.Node, kind: ts.ModifierSyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (node.modifiers?.some((modifier) => modifier.kind === kind) ?? false);
}

/** Runs in a block of its own and gives its id. */
export function inBlock(lowering: Lowering, block: Omit<Block, 'parent'>, run: () => void): BlockId {
  const outer = lowering.block;
  lowering.block = lowering.blocks.push({ parent: outer, ...block }) - 1;
  const id = lowering.block;
  run();
  lowering.block = outer;
  return id;
}

/** The block that `var` belongs to. */
export function functionScope(lowering: Lowering): BlockId {
  let id = lowering.block;
  while (id !== 0) {
    const block = lowering.blocks[id];
    if (!block || block.kind === 'function' || block.kind === 'callback' || block.kind === 'class') return id;
    id = block.parent;
  }
  return id;
}

/** Makes a name known to a scope, so that assignments to it find their way. */
export function declareName(lowering: Lowering, scope: BlockId, name: string): void {
  const names = lowering.names.get(scope);
  if (names) names.add(name);
  else lowering.names.set(scope, new Set([name]));
}

/** Declares a name in a scope and binds it. */
export function declare(lowering: Lowering, binding: OpenBinding): void {
  declareName(lowering, binding.scope, binding.name);
  lowering.bindings.push(binding);
}

export function unknown(node: ts.Node, lowering: Lowering, why: string): Expr {
  return { kind: 'unknown', why, at: spanOf(node, lowering) };
}

export function textAt(text: string, node: ts.Node, lowering: Lowering): Expr {
  return { kind: 'text', text, at: spanOf(node, lowering) };
}

export function nameAt(name: string, node: ts.Node, lowering: Lowering): Expr {
  return { kind: 'name', name, block: lowering.block, at: spanOf(node, lowering) };
}

/** `of.key`, standing at a node. */
export function memberAt(of: Expr, key: string, { node, lowering }: { node: ts.Node; lowering: Lowering }): Expr {
  const at = spanOf(node, lowering);
  return { kind: 'member', of, name: { kind: 'text', text: key, at }, at };
}

export function spanOf(node: ts.Node, lowering: Lowering): Span {
  return spanBetween(startOf(node, lowering), node.end, lowering);
}

export function spanBetween(start: number, end: number, lowering: Lowering): Span {
  const line = lineOf(start, lowering);
  const column = start - (lowering.lineStarts[line] ?? 0) + 1;
  // Most nodes end on the line they start on, so the next search begins there.
  const endLine = lineOf(end, lowering);
  return { line: line + 1, column, endLine: endLine + 1, endColumn: end - (lowering.lineStarts[endLine] ?? 0) + 1 };
}

/** Start without leading comments. The left-most nodes of a chain share it, so the last one is kept. */
export function startOf(node: ts.Node, lowering: Lowering): number {
  // Text of JSX begins with its blanks; what error recovery made up is empty and shares its place with what follows.
  if (node.kind === ts.SyntaxKind.JsxText || node.pos === node.end) return node.getStart(lowering.file);
  if (lowering.start.node !== node.pos) lowering.start = { node: node.pos, text: node.getStart(lowering.file) };
  return lowering.start.text;
}

function lineOf(position: number, lowering: Lowering): number {
  const { lineStarts, line } = lowering;
  const after = lineStarts[line + 1] ?? Number.POSITIVE_INFINITY;
  if (position >= (lineStarts[line] ?? 0) && position < after) return line;
  lowering.line = lineAt(lineStarts, position);
  return lowering.line;
}
