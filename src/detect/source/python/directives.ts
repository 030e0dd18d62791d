/** `ai-deps-ignore` comments. */
import type { DirectiveComment } from '../../../model/source.ts';
import type { Comment } from '../../../parse/python.ts';
import { type Lowering, spanBetween } from './lowering.ts';

const MARK = 'ai-deps-ignore';

/** Comments that hold the mark, with the text behind it. */
export function directivesOf(comments: readonly Comment[], lowering: Lowering): DirectiveComment[] {
  const { text } = lowering;
  return comments.flatMap((comment) => {
    const index = text.slice(comment.start, comment.end).indexOf(MARK);
    if (index < 0) return [];
    const start = comment.start + index;
    const before = text.slice(text.lastIndexOf('\n', start) + 1, comment.start);
    return [
      {
        text: text.slice(start + MARK.length, comment.end).trim(),
        at: spanBetween(start, comment.end, lowering),
        ownLine: before.trim() === '',
      },
    ];
  });
}
