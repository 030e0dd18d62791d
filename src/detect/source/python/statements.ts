/** Statements: the control regions a call may stand in. */
import type { Block, BlockId, Expr } from '../../../model/source.ts';
import type { PythonNode } from '../../../parse/python.ts';
import { asksOf, type Subject, subjectOf, whenCase, whenOf } from './conditions.ts';
import { amongOf } from './guards.ts';
import { itemOf, loopedOver } from './items.ts';
import {
  childOf,
  type Handlers,
  inBlock,
  type Lowering,
  lower,
  textOf,
  unknown,
  visit,
  visitAll,
  visitChildren,
} from './lowering.ts';
import { SILENT } from './strings.ts';
import { bindTarget } from './targets.ts';
import { visitType } from './types.ts';

/** Statements with regions of their own. */
export const STATEMENTS: Handlers = [
  [
    'expression_statement',
    (node, lowering) => {
      // A text that stands alone is a comment.
      for (const part of node.children) visit(part, lowering, part.type.endsWith('string') ? SILENT : undefined);
      return undefined;
    },
  ],
  ['if_statement', lowerIf],
  ['try_statement', lowerTry],
  ['for_statement', lowerFor],
  ['while_statement', lowerWhile],
  ['with_statement', lowerWith],
  ['match_statement', lowerMatch],
  ['as_pattern', lowerAs],
  [
    'type_alias_statement',
    (node, lowering) => {
      const [name, type] = node.children;
      if (name && type) visitType(type, textOf(name, lowering), lowering);
      return undefined;
    },
  ],
];

/** `elif` chains may be long: each stands in the block of the `else` before it. */
function lowerIf(node: PythonNode, lowering: Lowering): undefined {
  const outer = lowering.block;
  const wasTypeOnly = lowering.typeOnly;
  let pair: BlockId | undefined;
  for (const clause of [node, ...node.children.filter(({ type }) => type === 'elif_clause' || type === 'else_clause')]) {
    const body = childOf(clause, 'block');
    const leaves = clause.type === 'else_clause' ? exitOf(body) : {};
    if (pair !== undefined) lowering.block = lowering.blocks.push({ parent: lowering.block, kind: 'else', pair, ...leaves }) - 1;
    if (clause.type === 'else_clause') {
      if (body) visit(body, lowering);
      break;
    }
    const [condition] = clause.children;
    if (condition && condition !== body) visit(condition, lowering);
    if (condition && clause === node && isTypeChecking(condition, lowering)) lowering.typeOnly = true;
    pair = inBlock(lowering, { kind: 'then', ...exitOf(body), ...(condition ? guardOf(condition, lowering) : {}) }, () => {
      if (body) visit(body, lowering);
    });
    lowering.typeOnly = wasTypeOnly;
  }
  lowering.block = outer;
}

function guardOf(condition: PythonNode, lowering: Lowering): Pick<Block, 'among' | 'when' | 'asks'> {
  return { ...amongOf(condition, lowering), ...whenOf(condition, lowering), ...asksOf(condition, lowering) };
}

/** Marks a block whose last statement returns or raises. */
function exitOf(body: PythonNode | undefined): { exits?: true } {
  const last = body?.children.findLast(({ type }) => type !== 'comment');
  return last?.type === 'return_statement' || last?.type === 'raise_statement' ? { exits: true } : {};
}

function isTypeChecking(condition: PythonNode, lowering: Lowering): boolean {
  return /^(?:\w{1,40}\.)?TYPE_CHECKING$/.test(textOf(condition, lowering));
}

function lowerTry(node: PythonNode, lowering: Lowering): undefined {
  let pair: BlockId | undefined;
  for (const clause of node.children) {
    if (clause.type === 'block') pair = inBlock(lowering, { kind: 'try', ...exitOf(clause) }, () => visit(clause, lowering));
    else if (clause.type === 'except_clause' || clause.type === 'except_group_clause') {
      const leaves = exitOf(childOf(clause, 'block'));
      inBlock(lowering, { kind: 'catch', ...(pair === undefined ? {} : { pair }), ...leaves }, () =>
        visitChildren(clause, lowering),
      );
    } else visitChildren(clause, lowering);
  }
}

/** `X as y`, in a `with` and in an `except`. Entering a manager gives, for the audit, the manager itself. */
function lowerAs(node: PythonNode, lowering: Lowering): Expr | undefined {
  const [of, target] = node.children;
  const value = of && lower(of, lowering);
  const isCaught = lowering.blocks[lowering.block]?.kind === 'catch';
  if (target) bindTarget(target, { value: value && !isCaught ? value : unknown(node, lowering, 'exception') }, lowering);
  return value;
}

function lowerFor(node: PythonNode, lowering: Lowering): undefined {
  const body = childOf(node, 'block');
  const [target, iterable] = node.children;
  if (!target || !iterable || iterable === body) return visitChildren(node, lowering);
  const over = lower(iterable, lowering);
  inBlock(lowering, { kind: 'loop', over: loopedOver(over) }, () => {
    bindTarget(target, { value: itemOf(over) }, lowering);
    if (body) visit(body, lowering);
  });
  afterLoop(node, lowering);
}

function lowerWhile(node: PythonNode, lowering: Lowering): undefined {
  inBlock(lowering, { kind: 'loop' }, () => {
    visitAll(
      node.children.filter(({ type }) => type !== 'else_clause'),
      lowering,
    );
  });
  afterLoop(node, lowering);
}

function afterLoop(node: PythonNode, lowering: Lowering): void {
  const otherwise = childOf(node, 'else_clause');
  if (otherwise) visitChildren(otherwise, lowering);
}

/** Managers belong to the code around; a `with` opens no scope and chooses nothing. */
function lowerWith(node: PythonNode, lowering: Lowering): undefined {
  return visitChildren(node, lowering);
}

function lowerMatch(node: PythonNode, lowering: Lowering): undefined {
  const body = childOf(node, 'block');
  visitAll(
    node.children.filter((child) => child !== body),
    lowering,
  );
  const [asked] = node.children;
  const subject: Subject | undefined = asked && subjectOf(asked, lowering);
  let pair: BlockId | undefined;
  for (const clause of body?.children ?? []) {
    if (clause.type !== 'case_clause') {
      visit(clause, lowering);
      continue;
    }
    const leaves = exitOf(childOf(clause, 'block'));
    const when = subject ? whenCase(clause, subject, lowering) : {};
    const block = inBlock(lowering, { kind: 'case', ...(pair === undefined ? {} : { pair }), ...leaves, ...when }, () => {
      for (const part of clause.children) {
        if (part.type === 'case_pattern') lowerPattern(part, lowering);
        else visit(part, lowering);
      }
    });
    pair ??= block;
  }
}

/** Texts of a pattern, and the names it binds. */
function lowerPattern(pattern: PythonNode, lowering: Lowering): void {
  const open = [pattern];
  for (let node = open.pop(); node; node = open.pop()) {
    const [first, second] = node.children;
    if (node.type.endsWith('string')) visit(node, lowering, { role: 'pattern' });
    else if (node.type === 'dotted_name' && first && !second) {
      bindTarget(first, { value: unknown(first, lowering, 'pattern') }, lowering);
    } else {
      // The name of a class is looked up, not bound.
      const parts = node.type === 'class_pattern' ? node.children.slice(1) : node.children;
      for (const part of parts.toReversed()) open.push(part);
    }
  }
}
