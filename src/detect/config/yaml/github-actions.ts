// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
import type { ToolMention, Vocabulary } from '../../../model/observed.ts';
import type { Expr } from '../../../model/source.ts';
import { entriesOf, entryOf, textOf, valueAt } from '../../../parse/record.ts';
import { itemsOf } from './reader.ts';

const ACTION = /^([\w.-]+\/[\w./-]+)(?:@|$)/;

/** Whether a text may be a workflow, or an action made of steps. */
export function concernsActions(text: string): boolean {
  return text.includes('uses:') && /^(?:jobs|runs):/m.test(text);
}

/** Actions that the steps of a workflow use and the catalog has a word for. */
export function actionsIn(document: Expr, vocabulary: Pick<Vocabulary, 'has'>): readonly ToolMention[] {
  const jobs = entriesOf(valueAt(document, 'jobs')).map(({ value }) => value);
  const holders = [...jobs, ...(valueAt(document, 'runs') ? [valueAt(document, 'runs')] : [])];
  return holders.flatMap((holder) =>
    [holder, ...itemsOf(valueAt(holder, 'steps'))].flatMap((step): ToolMention[] => {
      const uses = entryOf(step, 'uses');
      const name = ACTION.exec(textOf(uses?.value) ?? '')?.[1];
      return uses === undefined || name === undefined || !vocabulary.has(name)
        ? []
        : [{ kind: 'action', name, at: uses.value.at }];
    }),
  );
}
