import type { Expr } from '../../../model/source.ts';
import { entryOf } from '../../../parse/record.ts';

/** Files that are read inside one file. */
const MOST = 20;

/**
 * Files written as block texts inside a resource (`config.yaml: |` of a ConfigMap), each at its own place: what stands
 * before it is left empty, so that lines and columns are those of the whole file.
 */
export function embeddedFiles(
  documents: readonly Expr[],
  source: string,
  concerns: (text: string) => boolean,
): readonly string[] {
  const holders = documents.filter((document) => entryOf(document, 'apiVersion') && entryOf(document, 'kind'));
  const texts = holders.flatMap((holder) => textsIn(holder)).filter(({ text }) => concerns(text));
  if (texts.length === 0) return [];
  const lines = source.split(/\r\n|\n|\r/);
  return texts.slice(0, MOST).flatMap(({ at }) => {
    // A folded or quoted text has other lines than the file.
    if (lines[at.line - 1]?.charAt(at.column - 1) !== '|') return [];
    return ['\n'.repeat(at.line) + lines.slice(at.line, at.endLine).join('\n')];
  });
}

/** Texts of several lines, on an explicit stack, in the order of the text. */
function textsIn(root: Expr): readonly (Expr & { kind: 'text' })[] {
  const found: (Expr & { kind: 'text' })[] = [];
  const stack = [root];
  for (let expr = stack.pop(); expr; expr = stack.pop()) {
    if (expr.kind === 'text' && expr.text.includes('\n')) found.push(expr);
    if (expr.kind === 'list') stack.push(...expr.items.toReversed());
    if (expr.kind === 'record') stack.push(...expr.entries.map(({ value }) => value).reverse());
  }
  return found;
}
