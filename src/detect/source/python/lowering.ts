/** The state of lowering one file, and the few moves every part of it makes. */
import type { Vocabulary } from '../../../model/observed.ts';
import type {
  Binding,
  Block,
  BlockId,
  Expr,
  Field,
  Import,
  Site,
  Span,
  StringRole,
  StringUse,
  TypeDecl,
} from '../../../model/source.ts';
import { lineAt } from '../../../parse/position.ts';
import type { PythonNode } from '../../../parse/python.ts';

/** Nesting of syntax that is followed by recursion; what lies deeper is `unknown: too-deep`. */
const MAX_DEPTH = 500;
/** Height of any one expression, so that whoever reads or stores it may recurse. */
const MAX_HEIGHT = 1000;

/** Where an expression stands, told from above: syntax nodes carry no parent here. */
export interface Slot {
  readonly role: StringRole;
  readonly key?: string;
  /** The entry or keyword argument this is the value of, and all of its object, for what stands beside it. */
  readonly entry?: { readonly all: readonly PythonNode[]; readonly own: PythonNode };
  /** What people call an anonymous function that stands here. */
  readonly symbol?: string;
}

/** Lowers one type of node. */
export type Handler = (node: PythonNode, lowering: Lowering, slot: Slot) => Expr | undefined;
/** Types of nodes and what lowers them. */
export type Handlers = readonly (readonly [type: string, handler: Handler])[];

/** A binding whose scope may only be known when all names of the file are. */
export interface OpenBinding extends Binding {
  scope: BlockId;
}

/** The class around, while its body is read. */
export interface OpenType {
  readonly block: BlockId;
  readonly name: string;
  readonly symbol: string;
  readonly fields: Field[];
  readonly methods: TypeDecl['methods'][number][];
}

/** What is known so far of one file, and where the walk stands. */
export interface Lowering {
  readonly text: string;
  readonly vocabulary: Vocabulary;
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly lineStarts: readonly number[];
  /** Notebooks: where each character of the code stands in the file. */
  readonly places: Uint32Array | undefined;
  readonly imports: Import[];
  readonly types: TypeDecl[];
  readonly bindings: OpenBinding[];
  readonly sites: Site[];
  readonly blocks: Block[];
  readonly strings: StringUse[];
  /** Names each scope declares. */
  readonly names: Map<BlockId, Set<string>>;
  /** Names a function takes from around it: `global` and `nonlocal`. */
  readonly outerNames: Map<BlockId, Map<string, 'global' | 'nonlocal'>>;
  /** `import a.b` makes `a.b` a name. */
  readonly dottedNames: Set<string>;
  /** How often each name is read, and how often only to ask whether something is in it. */
  readonly reads: Map<string, { all: number; asked: number }>;
  /** Bindings of members, whose scope is looked up at the end. */
  readonly assigned: { readonly binding: OpenBinding; readonly root: string }[];
  siteCount: number;
  block: BlockId;
  symbol: string;
  type: OpenType | undefined;
  /** What the method around calls its instance or class. */
  self: { readonly name: string; readonly isClass: boolean } | undefined;
  returns: Expr[];
  /** The function around gives what it yields: a context manager or a fixture. */
  yields: boolean;
  typeOnly: boolean;
  depth: number;
  height: number;
  cut: boolean;
  line: number;
}

/** The place of a value nothing more is known of. */
export const VALUE: Slot = { role: 'value' };

/** Lowers any node: an expression yields its value, everything else what it declares. Calls in it become sites in any case. */
export function visit(node: PythonNode, lowering: Lowering, slot: Slot = VALUE): Expr | undefined {
  if (lowering.depth >= MAX_DEPTH || lowering.depth + lowering.height >= MAX_HEIGHT) {
    lowering.cut = true;
    return unknown(node, lowering, 'too-deep');
  }
  lowering.depth++;
  const handler = lowering.handlers.get(node.type);
  const expr = handler ? handler(node, lowering, slot) : visitChildren(node, lowering);
  lowering.depth--;
  return expr;
}

/** Lowers an expression to its value; one the tree has no word for is unknown. */
export function lower(node: PythonNode, lowering: Lowering, slot: Slot = VALUE): Expr {
  return visit(node, lowering, slot) ?? unknown(node, lowering, 'expression');
}

/** Lowers several nodes for what they declare and call. */
export function visitAll(nodes: Iterable<PythonNode>, lowering: Lowering, slot?: Slot): void {
  for (const node of nodes) visit(node, lowering, slot);
}

/** Lowers what lies inside a node that has no value of its own. */
export function visitChildren(node: PythonNode, lowering: Lowering): undefined {
  for (const child of node.children) visit(child, lowering);
}

/** The only child of a type, or the first. */
export function childOf(node: PythonNode, type: string): PythonNode | undefined {
  return node.children.find((child) => child.type === type);
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

/** The block that a plain assignment declares its name in: a function, a class or the module, never a branch. */
export function functionScope(lowering: Lowering): BlockId {
  let id = lowering.block;
  while (id !== 0) {
    const block = lowering.blocks[id];
    if (!block || block.kind === 'function' || block.kind === 'class') return id;
    id = block.parent;
  }
  return id;
}

/** The class whose body the code at hand stands in, branches of it too; nothing inside its methods. */
export function classAround(lowering: Lowering): OpenType | undefined {
  return lowering.type && functionScope(lowering) === lowering.type.block ? lowering.type : undefined;
}

/** Counts a reading of a name, or that one already counted only asks. */
export function countRead(lowering: Lowering, name: string, kind: 'all' | 'asked'): void {
  const counts = lowering.reads.get(name) ?? { all: 0, asked: 0 };
  counts[kind]++;
  lowering.reads.set(name, counts);
}

/** Makes a name known to a scope. */
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

/** What the code says at a node. */
export function textOf(node: PythonNode, lowering: Lowering): string {
  return lowering.text.slice(node.start, node.end);
}

/** A value that is not known, with its reason. */
export function unknown(node: PythonNode, lowering: Lowering, why: string): Expr {
  return { kind: 'unknown', why, at: spanOf(node, lowering) };
}

/** A text, standing at a node. */
export function textAt(text: string, node: PythonNode, lowering: Lowering): Expr {
  return { kind: 'text', text, at: spanOf(node, lowering) };
}

/** A name, looked up from the block at hand. */
export function nameAt(name: string, node: PythonNode, lowering: Lowering): Expr {
  return { kind: 'name', name, block: lowering.block, at: spanOf(node, lowering) };
}

/** `of.key`, standing at a node. */
export function memberAt(of: Expr, key: string, { node, lowering }: { node: PythonNode; lowering: Lowering }): Expr {
  const at = spanOf(node, lowering);
  return { kind: 'member', of, name: { kind: 'text', text: key, at }, at };
}

/** Where a node stands in the file. */
export function spanOf(node: PythonNode, lowering: Lowering): Span {
  return spanBetween(node.start, node.end, lowering);
}

/** Where a stretch of the code stands in the file. */
export function spanBetween(from: number, to: number, lowering: Lowering): Span {
  const { places, lineStarts } = lowering;
  const start = places ? (places[from] ?? 0) : from;
  const end = places ? (places[to] ?? start) : to;
  const line = lineOf(start, lowering);
  const column = start - (lineStarts[line] ?? 0) + 1;
  // Most nodes end on the line they start on, so the next search begins there.
  const endLine = lineOf(end, lowering);
  return { line: line + 1, column, endLine: endLine + 1, endColumn: end - (lineStarts[endLine] ?? 0) + 1 };
}

function lineOf(position: number, lowering: Lowering): number {
  const { lineStarts, line } = lowering;
  const after = lineStarts[line + 1] ?? Number.POSITIVE_INFINITY;
  if (position >= (lineStarts[line] ?? 0) && position < after) return line;
  lowering.line = lineAt(lineStarts, position);
  return lowering.line;
}
