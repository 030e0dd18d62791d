import type { Entry, Expr, Span } from '../model/source.ts';
import { type HclReader, lowerExpression, refuse, stringOf } from './hcl-expression.ts';
import { BROKEN, type HclNode } from './hcl-tree.ts';
import { MAX_DEPTH } from './parsed.ts';

/** `resource "aws_s3_bucket" "docs" { … }`: a block, its labels and what stands in it. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** Attributes and nested blocks; labels of nested blocks nest as keys, as in the JSON syntax. */
  readonly body: Expr;
  readonly at: Span;
}

/** Blocks and attributes of a file. What stands in a part that did not parse is taken where it is whole by itself. */
export function lowerBody(reader: HclReader, root: HclNode): { blocks: readonly HclBlock[]; attributes: readonly Entry[] } {
  const blocks: HclBlock[] = [];
  const attributes: Entry[] = [];
  for (const node of statementsOf(root)) {
    if (node.type === 'attribute') attributes.push(...lowerAttribute(reader, node, 1));
    else blocks.push(lowerBlock(reader, node, 1));
  }
  return { blocks, attributes };
}

function lowerBlock(reader: HclReader, node: HclNode, depth: number): HclBlock {
  const [type, ...labels] = node.children.flatMap((child) => nameOf(reader, child) ?? []);
  const at = reader.spanOf(node.start, node.end);
  const entries: Entry[] = [];
  for (const statement of statementsOf(node)) {
    if (reader.budget.nodes < 0) break;
    if (statement.type === 'attribute') entries.push(...lowerAttribute(reader, statement, depth + 1));
    else entries.push(lowerNested(reader, statement, depth + 1));
  }
  return { type: type ?? '', labels, body: { kind: 'record', entries, open: false, at }, at };
}

/** A block inside a block becomes an entry; `dynamic "x"` stands for blocks x with the body of its content. */
function lowerNested(reader: HclReader, node: HclNode, depth: number): Entry {
  const at = reader.spanOf(node.start, node.end);
  if (depth > MAX_DEPTH) {
    const type = node.children[0];
    return { key: (type && nameOf(reader, type)) ?? '', value: refuse(reader, 'too-deep', at), at };
  }
  const { type, labels, body } = lowerBlock(reader, node, depth);
  const [generated] = labels;
  const content = body.kind === 'record' ? body.entries.find((entry) => entry.key === 'content') : undefined;
  if (type === 'dynamic' && generated !== undefined) return { key: generated, value: content?.value ?? body, at };
  const value = labels.reduceRight<Expr>(
    (inner, label) => ({ kind: 'record', entries: [{ key: label, value: inner, at }], open: false, at }),
    body,
  );
  return { key: type, value, at };
}

function lowerAttribute(reader: HclReader, node: HclNode, depth: number): readonly Entry[] {
  const [name, ...rest] = node.children;
  const value = rest.find((child) => child.type === 'expression');
  const key = name && nameOf(reader, name);
  if (!key || !value) return [];
  const at = reader.spanOf(node.start, node.end);
  return [{ key, value: lowerExpression(reader, value, depth), at }];
}

function nameOf(reader: HclReader, node: HclNode): string | undefined {
  if (node.type === 'identifier') return reader.text.slice(node.start, node.end);
  return node.type === 'string_lit' ? stringOf(reader, node) : undefined;
}

/** Attributes and blocks directly in a node, or in a body or a broken part of it. */
function statementsOf(node: HclNode): readonly HclNode[] {
  const found: HclNode[] = [];
  const stack = node.children.toReversed();
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.type === 'attribute' || next.type === 'block') found.push(next);
    else if (next.type === 'body' || next.type === BROKEN) for (const child of next.children.toReversed()) stack.push(child);
  }
  return found;
}
