import type { Alias, CST, Node, Pair, Scalar } from 'yaml';
import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml';
import type { Entry, Expr, Span } from '../model/source.ts';
import { type Complaints, complaints, LIMITS, MAX_DEPTH, MAX_NODES, type Parsed } from './parsed.ts';
import { type SpanOf, spansOf, withoutMark } from './position.ts';

/** Tags of YAML itself; every other tag means something to its format and is kept as a call. */
const OWN_TAGS = 'tag:yaml.org,2002:';

/** Enough for every value that is kept; a megabyte of commas would take the composer many seconds. */
const MAX_LEXEMES = 600_000;

interface Reader {
  readonly text: string;
  readonly spanOf: SpanOf;
  readonly complaints: Complaints;
  /** By name; a later anchor of the same name takes its place, as the text goes. An anchor inside itself is not there yet. */
  readonly anchors: Map<string, Anchored>;
  readonly budget: Budget;
}

/** Shared by all documents of a file. */
interface Budget {
  nodes: number;
  /** Depth reached so far inside the anchor at hand. */
  reached: number;
}

/** A value that aliases share: written once, but counted each time, since whoever walks the result meets it each time. */
interface Anchored {
  readonly value: Expr;
  readonly size: number;
  readonly height: number;
}

/**
 * YAML as values with positions. Merge keys are applied, aliases are followed, `!Name value` becomes a call of `!Name`.
 * A broken text gives what can be read of it.
 */
export function parseYaml(source: string): Parsed {
  const text = withoutMark(source);
  const spanOf = spansOf(text);
  const found = complaints();
  const budget = { nodes: MAX_NODES, reached: 0 };
  const tokens = tokensOf(text, found);
  // The composer recurses; so deep a text would end the process inside the engine, where no catch helps.
  if (prune(tokens)) found.add({ reason: 'too-deep', message: LIMITS['too-deep'] });
  const documents: Expr[] = [];
  // Comparing every key with every other is quadratic: doubled keys are taken, the last one wins.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'silent', keepSourceTokens: false });
  for (const document of composer.compose(tokens, false, text.length)) {
    const error = document.errors[0];
    if (error) found.add({ reason: 'syntax-error', message: messageOf(error.code), at: spanOf(...error.pos) });
    const reader = { text, spanOf, complaints: found, anchors: new Map<string, Anchored>(), budget };
    if (document.contents) documents.push(lower(reader, document.contents, 0));
  }
  return { documents, ...found.result() };
}

function tokensOf(text: string, found: Complaints): readonly CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexemes++ === MAX_LEXEMES) {
      found.add({ reason: 'too-many-nodes', message: LIMITS['too-many-nodes'] });
      break;
    }
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

/** The code, not the message: that may quote the file, secrets included. */
function messageOf(code: string): string {
  return `no valid YAML (${code.toLowerCase().replaceAll('_', ' ')}); what could be read was kept`;
}

/** Cuts off what is nested too deep, on an explicit stack. True where something was cut. */
function prune(tokens: readonly CST.Token[]): boolean {
  let pruned = false;
  const stack = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { token, depth } = next;
    if (token.type === 'document' && token.value) stack.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const item of token.items) {
      const parts = [item.key, item.value].flatMap((part) => part ?? []);
      if (depth < MAX_DEPTH) stack.push(...parts.map((part) => ({ token: part, depth: depth + 1 })));
      else if (parts.some((part) => 'items' in part)) {
        delete item.key;
        delete item.value;
        pruned = true;
      }
    }
  }
  return pruned;
}

function lower(reader: Reader, node: unknown, depth: number): Expr {
  const { budget } = reader;
  const at = spanOfNode(reader, node);
  if (budget.nodes-- <= 0) return refuse(reader, at, 'too-many-nodes');
  if (depth > MAX_DEPTH) return refuse(reader, at, 'too-deep');
  budget.reached = Math.max(budget.reached, depth);
  if (isAlias(node)) return lowerAlias(reader, node, depth);
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return { kind: 'constant', value: null, at };
  if (!node.anchor) return lowerTagged(reader, node, depth);
  const { nodes, reached } = budget;
  budget.reached = depth;
  const value = lowerTagged(reader, node, depth);
  reader.anchors.set(node.anchor, { value, size: nodes - budget.nodes + 1, height: budget.reached - depth });
  budget.reached = Math.max(budget.reached, reached);
  return value;
}

function lowerAlias(reader: Reader, alias: Alias, depth: number): Expr {
  const { anchors, budget } = reader;
  const at = spanOfNode(reader, alias);
  const target = anchors.get(alias.source);
  if (!target) return { kind: 'unknown', why: 'unresolved-alias', at };
  if (depth + target.height > MAX_DEPTH) return refuse(reader, at, 'too-deep');
  if (target.size > budget.nodes) return refuse(reader, at, 'too-many-nodes');
  budget.nodes -= target.size;
  budget.reached = Math.max(budget.reached, depth + target.height);
  return target.value;
}

function lowerTagged(reader: Reader, node: Node, depth: number): Expr {
  const at = spanOfNode(reader, node);
  const value = lowerPlain(reader, node, { at, depth });
  if (!node.tag || node.tag.startsWith(OWN_TAGS)) return value;
  return { kind: 'call', callee: { kind: 'name', name: node.tag, block: 0, at }, args: [{ value }], site: -1, at };
}

function lowerPlain(reader: Reader, node: Node, { at, depth }: { at: Span; depth: number }): Expr {
  if (isScalar(node)) return lowerScalar(node, at);
  if (!isSeq(node)) return lowerMap(reader, node, { at, depth });
  const items: Expr[] = [];
  for (const item of node.items) {
    items.push(lower(reader, item, depth + 1));
    if (reader.budget.nodes < 0) break;
  }
  return { kind: 'list', items, at };
}

function lowerScalar(node: Scalar, at: Span): Expr {
  const { value } = node;
  if (typeof value === 'string') return { kind: 'text', text: value, at };
  if (typeof value === 'boolean' || value === null) return { kind: 'constant', value, at };
  if (typeof value === 'number' && Number.isFinite(value)) return { kind: 'constant', value, at };
  return { kind: 'text', text: node.source ?? String(value), at };
}

function lowerMap(reader: Reader, node: Node, { at, depth }: { at: Span; depth: number }): Expr {
  const entries: Entry[] = [];
  const merges: unknown[] = [];
  let open = false;
  for (const pair of isMap(node) ? node.items : []) {
    const key = keyOf(pair);
    if (key === undefined || reader.budget.nodes < 0) open = true;
    else if (key === '<<' && isMergeKey(pair)) merges.push(pair.value);
    else entries.push({ key, value: lowerValue(reader, pair, depth), at: spanOfPair(reader, pair) });
  }
  const own = new Set(entries.map((entry) => entry.key));
  for (const entry of merges.flatMap((value) => mergedEntries(reader, value, depth))) {
    if (!own.has(entry.key)) entries.push(entry);
    own.add(entry.key);
  }
  return { kind: 'record', entries, open, at };
}

function lowerValue(reader: Reader, pair: Pair, depth: number): Expr {
  if (pair.value === null) return { kind: 'constant', value: null, at: spanOfNode(reader, pair.key) };
  return lower(reader, pair.value, depth + 1);
}

function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && (pair.key.type === undefined || pair.key.type === 'PLAIN');
}

/** What `<<` brings in; of several sources the first that has a key gives it. */
function mergedEntries(reader: Reader, value: unknown, depth: number): readonly Entry[] {
  const lowered = lower(reader, value, depth + 1);
  const sources = lowered.kind === 'list' ? lowered.items : [lowered];
  return sources.flatMap((source) => (source.kind === 'record' ? source.entries : []));
}

function keyOf(pair: Pair): string | undefined {
  if (!isScalar(pair.key)) return undefined;
  return typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? String(pair.key.value));
}

function refuse(reader: Reader, at: Span, reason: keyof typeof LIMITS): Expr {
  reader.complaints.add({ reason, message: LIMITS[reason], at });
  return { kind: 'unknown', why: reason, at };
}

function spanOfPair(reader: Reader, pair: Pair): Span {
  const key = spanOfNode(reader, pair.key);
  const value = pair.value ? spanOfNode(reader, pair.value) : key;
  const last = value.endLine > key.endLine || value.endColumn > key.endColumn ? value : key;
  return { ...key, endLine: last.endLine, endColumn: last.endColumn };
}

function spanOfNode(reader: Reader, node: unknown): Span {
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined;
  if (!range) return reader.spanOf(0, 0);
  let end = range[1];
  while (end > range[0] && /\s/.test(reader.text.charAt(end - 1))) end--;
  return reader.spanOf(range[0], end);
}
