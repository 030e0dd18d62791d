import type { Tree, TreeCursor } from 'web-tree-sitter';
import { MAX_DEPTH } from './parsed.ts';

/** One level of values takes at most five levels of the tree; below this nothing is lowered any more. */
const MAX_LEVELS = MAX_DEPTH * 6;

/** A node of the syntax tree as plain data: asking the engine node by node costs several times its parse. */
export interface HclNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** Without comments; the tokens between the named ones are here too. */
  readonly children: readonly HclNode[];
  readonly isNamed: boolean;
  readonly isMissing: boolean;
}

/** What did not parse. */
export const BROKEN = 'ERROR';

interface Growing extends HclNode {
  readonly children: HclNode[];
}

/** The tree as plain data, and the offset of its first error. */
export interface Syntax {
  readonly root: HclNode;
  readonly brokenAt?: number;
}

/** Copies a tree out of the engine, in the order of the text and without recursion. */
export function syntaxOf(tree: Tree): Syntax {
  const cursor = tree.walk();
  const root = nodeAt(cursor);
  const open = [root];
  let broken: number | undefined;
  const note = (node: HclNode) => {
    if (node.isMissing || node.type === BROKEN) broken ??= node.start;
  };
  note(root);
  for (let goes = cursor.gotoFirstChild(); goes; ) {
    const node = nodeAt(cursor);
    note(node);
    if (node.type !== 'comment') open.at(-1)?.children.push(node);
    if (open.length < MAX_LEVELS && cursor.gotoFirstChild()) {
      open.push(node);
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent() || open.length === 1) {
        goes = false;
        break;
      }
      open.pop();
    }
  }
  cursor.delete();
  return broken === undefined ? { root } : { root, brokenAt: broken };
}

function nodeAt(cursor: TreeCursor): Growing {
  return {
    type: cursor.nodeType,
    start: cursor.startIndex,
    end: cursor.endIndex,
    children: [],
    isNamed: cursor.nodeIsNamed,
    isMissing: cursor.nodeIsMissing,
  };
}
