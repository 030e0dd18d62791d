import type { Language, Tree, TreeCursor } from 'web-tree-sitter';
import { defineGrammar, readTree } from './grammar.ts';

const PYTHON = defineGrammar('tree-sitter-python/tree-sitter-python.wasm');

/** Named nodes that are kept of one file. */
const MAX_NODES = 2_000_000;

/** What did not parse. */
export const BROKEN = 'ERROR';

/** A node of the syntax tree as plain data, named nodes alone and no comments: asking the engine node by node costs as much as its parse. */
export interface PythonNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** None below a plain string: its text says all. */
  readonly children: readonly PythonNode[];
}

/** A parsed file; `brokenAt` is the offset of its first error. */
export interface PythonFile {
  readonly root: PythonNode;
  readonly comments: readonly Comment[];
  readonly brokenAt?: number;
}

/** Where a comment stands. */
export interface Comment {
  readonly start: number;
  readonly end: number;
}

/** Parses Python; 'gave-up' where too little of a long text is valid, 'too-many-nodes' where it holds more than is read. */
export async function parsePython(text: string): Promise<PythonFile | 'gave-up' | 'too-many-nodes'> {
  return (await readTree(PYTHON, text, (tree, language) => copyOf(tree, { language, text }))) ?? 'gave-up';
}

interface Origin {
  readonly language: Language;
  readonly text: string;
}

/** How the copy treats a type of node: passed over, taken alone, or taken with what lies below. */
type Kind = 'skip' | 'leaf' | 'word' | 'string' | 'comment' | 'inner';

interface Symbols {
  readonly names: readonly string[];
  readonly kinds: readonly Kind[];
}

const LEAVES: ReadonlySet<string> = new Set([
  ...['integer', 'float', 'true', 'false', 'none', 'ellipsis', 'string_content'],
  ...['import_prefix', 'wildcard_import', 'pass_statement', 'break_statement', 'continue_statement'],
]);
const SKIPPED: ReadonlySet<string> = new Set([
  ...['string_start', 'string_end', 'line_continuation', 'type_conversion', 'keyword_separator', 'positional_separator'],
]);

interface Growing extends PythonNode {
  readonly children: PythonNode[];
}

const NONE: PythonNode[] = [];

/** Copies a tree out of the engine, in the order of the text and without recursion. */
function copyOf(tree: Tree, origin: Origin): PythonFile | 'too-many-nodes' {
  const symbols = symbolsOf(origin.language);
  const cursor = tree.walk();
  try {
    const file = walk(cursor, symbols, origin.text);
    if (file === 'too-many-nodes' || !tree.rootNode.hasError) return file;
    return { ...file, brokenAt: firstError(tree) };
  } finally {
    cursor.delete();
  }
}

function walk(cursor: TreeCursor, symbols: Symbols, text: string): PythonFile | 'too-many-nodes' {
  const root: Growing = { type: 'module', start: cursor.startIndex, end: cursor.endIndex, children: [] };
  const comments: Comment[] = [];
  let parent = root;
  const open: Growing[] = [];
  let count = 0;
  let isFirst = false;
  // What has no name still takes the engine's time.
  for (let goes = cursor.gotoFirstChild(); goes; ) {
    const id = cursor.nodeTypeId;
    const kind = symbols.kinds[id] ?? 'inner';
    if (kind === 'comment') comments.push({ start: cursor.startIndex, end: cursor.endIndex });
    else if (kind !== 'skip') {
      // A node starts where its first child does. Every question to the engine that is saved counts: there are millions.
      const start = isFirst ? parent.start : cursor.startIndex;
      const isInner = kind === 'inner' || (kind === 'string' && isTemplate(text, start));
      const end = (kind === 'word' && wordEnd(text, start)) || cursor.endIndex;
      const node: Growing = { type: symbols.names[id] ?? BROKEN, start, end, children: isInner ? [] : NONE };
      parent.children.push(node);
      if (++count > MAX_NODES) return 'too-many-nodes';
      if (isInner && cursor.gotoFirstChild()) {
        open.push(parent);
        parent = node;
        // The indent of a block may stand before its first statement.
        isFirst = node.type !== 'block';
        continue;
      }
    }
    isFirst = false;
    while (!cursor.gotoNextSibling()) {
      const outer = open.pop();
      if (!outer || !cursor.gotoParent()) {
        goes = false;
        break;
      }
      parent = outer;
    }
  }
  return { root, comments };
}

/** The end of a name of plain letters; 0 where it holds others. */
function wordEnd(text: string, start: number): number {
  for (let end = start; ; end++) {
    const code = text.charCodeAt(end);
    if (code > 127) return 0;
    if (!(code >= 97 && code <= 122) && code !== 95 && !(code >= 65 && code <= 90) && !(code >= 48 && code <= 57)) return end;
  }
}

/** Templates alone hold code: `f"…{name}…"`. */
function isTemplate(text: string, start: number): boolean {
  for (let index = start; index < start + 3; index++) {
    const letter = text[index];
    if (letter === 'f' || letter === 'F' || letter === 't' || letter === 'T') return true;
    if (letter === '"' || letter === "'") return false;
  }
  return false;
}

const known = new WeakMap<Language, Symbols>();

function symbolsOf(language: Language): Symbols {
  const earlier = known.get(language);
  if (earlier) return earlier;
  const names: string[] = [];
  const kinds: Kind[] = [];
  for (let id = 0; id < language.nodeTypeCount; id++) {
    const name = language.nodeTypeForId(id) ?? '';
    names.push(name);
    kinds.push(language.nodeTypeIsNamed(id) ? kindOf(name) : 'skip');
  }
  const symbols = { names, kinds };
  known.set(language, symbols);
  return symbols;
}

function kindOf(name: string): Kind {
  if (name === 'comment' || name === 'string') return name;
  if (name === 'identifier') return 'word';
  if (SKIPPED.has(name)) return 'skip';
  return LEAVES.has(name) ? 'leaf' : 'inner';
}

/** Goes down only where an error lies below. */
function firstError(tree: Tree): number {
  let node = tree.rootNode;
  for (;;) {
    const next = node.children.find((child) => child.hasError || child.isMissing || child.isError);
    if (!next || node.isError) return node.startIndex;
    node = next;
  }
}
