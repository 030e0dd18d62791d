/** `ai-deps-ignore` comments. The tree holds no comments, so each mark is placed by the nodes around it. */
import { ts } from 'ts-morph';
import type { DirectiveComment } from '../../../model/source.ts';
import { type Lowering, spanBetween } from './lowering.ts';

const MARK = 'ai-deps-ignore';

/** Comments that hold the mark, with the text behind it. One pass, however many there are. */
export function directivesOf(lowering: Lowering): DirectiveComment[] {
  const { text } = lowering.file;
  return marksInComments(lowering.file).map((start) => {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const close = text.slice(start, end).indexOf('*/');
    if (close >= 0) end = start + close;
    const before = text.slice(text.lastIndexOf('\n', start) + 1, start);
    return {
      text: text.slice(start + MARK.length, end).trim(),
      at: spanBetween(start, end, lowering),
      ownLine: /^[\s/*#{<!-]*$/.test(before),
    };
  });
}

function marksInComments(file: ts.SourceFile): number[] {
  const marks: number[] = [];
  for (let at = file.text.indexOf(MARK); at >= 0; at = file.text.indexOf(MARK, at + MARK.length)) marks.push(at);
  const found: number[] = [];
  const open: { node: ts.Node; marks: readonly number[] }[] = marks.length ? [{ node: file, marks }] : [];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node } = next;
    const start = node.kind === ts.SyntaxKind.SourceFile ? 0 : node.getStart(file);
    const inside = next.marks.filter((mark) => mark >= start);
    // Before its first token a node has nothing but comments.
    for (const mark of next.marks) if (mark < start) found.push(mark);
    const children = childrenOf(node);
    const left = divide(inside, children, (child, part) => open.push({ node: child, marks: part }));
    if (!isText(node)) for (const mark of left) found.push(mark);
  }
  return found.sort((a, b) => a - b);
}

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  return children;
}

/** Gives each child its marks; both lists run with the text. What is between children is left over. */
function divide(
  marks: readonly number[],
  children: readonly ts.Node[],
  give: (child: ts.Node, part: readonly number[]) => void,
): number[] {
  const left: number[] = [];
  let index = 0;
  for (const child of children) {
    const part: number[] = [];
    for (; index < marks.length && (marks[index] ?? 0) < child.end; index++) {
      const mark = marks[index] ?? 0;
      if (mark < child.pos) left.push(mark);
      else part.push(mark);
    }
    if (part.length) give(child, part);
  }
  return left.concat(marks.slice(index));
}

function isText(node: ts.Node): boolean {
  return ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node) || ts.isIdentifier(node);
}
