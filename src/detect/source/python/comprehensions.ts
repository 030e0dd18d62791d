/** Comprehensions: loops that are expressions. Their variables are their own. */
import { ANY_KEY, type BlockId, type Entry, type Expr } from '../../../model/source.ts';
import type { PythonNode } from '../../../parse/python.ts';
import { subjectOf } from './conditions.ts';
import { itemOf, loopedOver } from './items.ts';
import {
  childOf,
  countRead,
  type Handlers,
  type Lowering,
  lower,
  type Slot,
  spanOf,
  textOf,
  unknown,
  visit,
} from './lowering.ts';
import { bindTarget } from './targets.ts';

/** Comprehensions of every kind. */
export const COMPREHENSIONS: Handlers = [
  ['list_comprehension', lowerComprehension],
  ['set_comprehension', lowerComprehension],
  ['generator_expression', lowerComprehension],
  [
    'dictionary_comprehension',
    (node, lowering) => {
      let entry: Entry | undefined;
      inClauses(node, lowering, () => {
        const pair = childOf(node, 'pair');
        const [key, value] = pair?.children ?? [];
        const each = key && lower(key, lowering, { role: 'key' });
        const made = value && lower(value, lowering, { role: 'entry' });
        if (value && made) entry = { key: ANY_KEY, ...(each ? { each } : {}), value: made, at: spanOf(value, lowering) };
      });
      const kept = keptFrom(node, lowering);
      return { kind: 'record', entries: kept ? [kept] : entry ? [entry] : [], open: true, at: spanOf(node, lowering) };
    },
  ],
];

/** `{key: value for key, value in table.items() if value is not None}` holds what the table holds. */
function keptFrom(node: PythonNode, lowering: Lowering): Entry | undefined {
  const names = childOf(node, 'pair')
    ?.children.map((part) => textOf(part, lowering))
    .join();
  const [clause, ...more] = node.children.filter(({ type }) => type === 'for_in_clause');
  const [target, over] = clause?.children ?? [];
  const [callee] = over?.type === 'call' ? over.children : [];
  const [table, method] = callee?.type === 'attribute' ? callee.children : [];
  if (!target || !table || !method || more.length || textOf(method, lowering) !== 'items') return undefined;
  const isSame = target.children.map((part) => textOf(part, lowering)).join() === names;
  const of = isSame ? subjectOf(table, lowering) : undefined;
  return of && { key: '...', value: of, at: of.at };
}

function lowerComprehension(node: PythonNode, lowering: Lowering, slot: Slot): Expr {
  const [body] = node.children;
  let item: Expr = unknown(node, lowering, 'expression');
  inClauses(node, lowering, () => {
    if (body) item = lower(body, lowering, slot.key === undefined ? { role: 'element' } : { role: 'element', key: slot.key });
  });
  return { kind: 'list', items: [item], each: true, at: spanOf(node, lowering) };
}

/** Opens one block for each `for` and runs inside the last; then reads the clauses, which stand behind in the text. */
function inClauses(node: PythonNode, lowering: Lowering, run: () => void): void {
  const outer = lowering.block;
  const loops = node.children.filter(({ type }) => type === 'for_in_clause');
  const first = lowering.blocks.length;
  for (const _loop of loops) lowering.block = lowering.blocks.push({ parent: lowering.block, kind: 'loop' }) - 1;
  run();
  lowering.block = outer;
  let next = first;
  for (const clause of node.children) {
    const [target, over] = clause.children;
    if (clause.type === 'if_clause' && target) visit(target, lowering);
    if (clause.type !== 'for_in_clause') continue;
    if (over?.type === 'identifier' && isQuestion(node.children[0], lowering))
      countRead(lowering, textOf(over, lowering), 'asked');
    if (target && over) bindClause({ target, over, block: next }, lowering);
    lowering.block = next++;
  }
  lowering.block = outer;
}

/** `any(prefix in name for prefix in NAMES)`, `any(name.startswith(prefix) …)`. */
function isQuestion(body: PythonNode | undefined, lowering: Lowering): boolean {
  if (body?.type === 'comparison_operator') return true;
  const callee = body?.type === 'call' ? body.children[0] : undefined;
  return callee?.type === 'attribute' && /\.(?:startswith|endswith|match)$/.test(textOf(callee, lowering));
}

function bindClause({ target, over, block }: { target: PythonNode; over: PythonNode; block: BlockId }, lowering: Lowering): void {
  // What is looped over belongs to the block around.
  const parent = lowering.block;
  const value = lower(over, lowering);
  lowering.block = block;
  lowering.blocks[block] = { parent, kind: 'loop', over: loopedOver(value) };
  bindTarget(target, { value: itemOf(value), scope: block }, lowering);
}
