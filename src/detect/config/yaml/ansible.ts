// https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_intro.html
import type { Declaration } from '../../../model/observed.ts';
import type { Entry, Expr } from '../../../model/source.ts';
import { entriesOf, entryOf, valueAt } from '../../../parse/record.ts';
import { declare, fixedLabel, itemsOf, type ReadTools, type YamlReader } from './reader.ts';

/** Lists of tasks, in plays and in blocks of tasks. */
const LISTS = ['tasks', 'pre_tasks', 'post_tasks', 'handlers', 'block', 'rescue', 'always'];
const MAX_DEPTH = 6;
/** `namespace.collection.module`, or the plain name of older playbooks; words of a task have no underscore of this kind with arguments. */
const MODULE = /^(?:[a-z0-9_]+\.[a-z0-9_]+\.)?[a-z0-9]+_[a-z0-9_]+$/;
const QUALIFIED = /^[a-z0-9_]+\.[a-z0-9_]+\.[a-z0-9_]+$/;
/** Words of the language that look like a module. */
const LANGUAGE =
  /^(?:with_|loop_|become_|delegate_|ignore_|any_|no_|run_|force_|gather_|vars_|module_|max_|changed_|failed_|import_|include_)/;

/** Playbooks and files of tasks: each task as the module it calls, with its arguments. */
export const ansible: YamlReader = {
  concerns: (text) => /^\s*- (?:name|hosts|block):/m.test(text),
  read: (document, tools) => (document.kind === 'list' ? tasksIn(document, tools, 0) : []),
};

function tasksIn(list: Expr, tools: ReadTools, depth: number): readonly Declaration[] {
  if (depth > MAX_DEPTH) return [];
  return itemsOf(list).flatMap((item) => {
    const inner = LISTS.flatMap((key) => {
      const value = valueAt(item, key);
      return value ? tasksIn(value, tools, depth + 1) : [];
    });
    const isPlay = entryOf(item, 'hosts') !== undefined;
    return isPlay || inner.length > 0 ? inner : taskOf(item, tools);
  });
}

/** The one entry of a task that is no word of the language. */
function taskOf(task: Expr, tools: ReadTools): readonly Declaration[] {
  const call = entriesOf(task).find((entry) => isCall(entry));
  if (!call) return [];
  const labels = [fixedLabel(call.key, call.at), valueAt(task, 'name')];
  return [declare({ block: 'resource', format: 'ansible', labels, body: call.value, at: task.at }, tools)];
}

function isCall({ key, value }: Entry): boolean {
  if (QUALIFIED.test(key)) return true;
  return value.kind === 'record' && MODULE.test(key) && !LANGUAGE.test(key);
}
