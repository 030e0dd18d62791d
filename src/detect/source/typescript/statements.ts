/** Statements: the control regions a call may stand in. */
import { ts } from 'ts-morph';
import type { BlockId, Entry, Expr } from '../../../model/source.ts';
import { assignTo } from './assignments.ts';
import { bindName, itemOf, scopeOf } from './bindings.ts';
import { asksOf, caseTexts, subjectOf, whenOf } from './conditions.ts';
import { declare, type Handlers, inBlock, type Lowering, lower, on, spanOf, unknown, visit, visitAll } from './lowering.ts';
import { fixedName } from './strings.ts';

const { SyntaxKind } = ts;

export const STATEMENTS: Handlers = [
  ...on(SyntaxKind.Block, ts.isBlock, lowerBlock),
  ...on(SyntaxKind.IfStatement, ts.isIfStatement, lowerIf),
  ...on(SyntaxKind.SwitchStatement, ts.isSwitchStatement, lowerSwitch),
  ...on(SyntaxKind.TryStatement, ts.isTryStatement, lowerTry),
  ...on([SyntaxKind.ForOfStatement, SyntaxKind.ForInStatement], isForOf, lowerForOf),
  ...on(SyntaxKind.ForStatement, ts.isForStatement, (node, lowering) => {
    inBlock(lowering, { kind: 'loop' }, () => {
      for (const part of [node.initializer, node.condition, node.incrementor]) if (part) visit(part, lowering);
      visitBody(node.statement, lowering);
    });
    return undefined;
  }),
  ...on([SyntaxKind.WhileStatement, SyntaxKind.DoStatement], isWhile, (node, lowering) => {
    inBlock(lowering, { kind: 'loop' }, () => {
      visit(node.expression, lowering);
      visitBody(node.statement, lowering);
    });
    return undefined;
  }),
  ...on(SyntaxKind.ModuleBlock, ts.isModuleBlock, (node, lowering) => {
    inBlock(lowering, { kind: 'then' }, () => visitAll(node.statements, lowering));
    return undefined;
  }),
  ...on(SyntaxKind.EnumDeclaration, ts.isEnumDeclaration, lowerEnum),
];

function isForOf(node: ts.Node): node is ts.ForInOrOfStatement {
  return ts.isForOfStatement(node) || ts.isForInStatement(node);
}

function isWhile(node: ts.Node): node is ts.WhileStatement | ts.DoStatement {
  return ts.isWhileStatement(node) || ts.isDoStatement(node);
}

/** The body of a region that has its block already. */
function visitBody(node: ts.Statement, lowering: Lowering): void {
  if (ts.isBlock(node)) visitAll(node.statements, lowering);
  else visit(node, lowering);
}

function lowerBlock(node: ts.Block, lowering: Lowering): undefined {
  if (node.statements.some(declaresInBlock)) inBlock(lowering, { kind: 'then' }, () => visitAll(node.statements, lowering));
  else visitAll(node.statements, lowering);
}

function declaresInBlock(node: ts.Statement): boolean {
  if (ts.isVariableStatement(node)) return (node.declarationList.flags & ts.NodeFlags.BlockScoped) !== 0;
  return ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node);
}

/** `else if` chains may be long: each `if` stands in the block of the `else` before it. */
function lowerIf(node: ts.IfStatement, lowering: Lowering): undefined {
  const outer = lowering.block;
  let rest: ts.Statement | undefined = node;
  while (rest && ts.isIfStatement(rest)) {
    const { expression, thenStatement, elseStatement }: ts.IfStatement = rest;
    visit(expression, lowering);
    const block = {
      kind: 'then',
      ...exitOf(thenStatement),
      ...whenOf(expression, lowering),
      ...asksOf(expression, lowering),
    } as const;
    const pair = inBlock(lowering, block, () => visitBody(thenStatement, lowering));
    rest = elseStatement;
    if (rest) lowering.block = lowering.blocks.push({ parent: lowering.block, kind: 'else', pair }) - 1;
  }
  if (rest) visitBody(rest, lowering);
  lowering.block = outer;
}

/** Marks a block whose last statement returns or throws. */
function exitOf(node: ts.Statement): { exits?: true } {
  let last: ts.Statement | undefined = node;
  while (last && ts.isBlock(last)) last = last.statements.at(-1);
  return last && (ts.isReturnStatement(last) || ts.isThrowStatement(last)) ? { exits: true } : {};
}

function lowerSwitch(node: ts.SwitchStatement, lowering: Lowering): undefined {
  visit(node.expression, lowering);
  const of = subjectOf(node.expression, lowering);
  let pair: BlockId | undefined;
  for (const [index, clause] of node.caseBlock.clauses.entries()) {
    if (ts.isCaseClause(clause)) visit(clause.expression, lowering, { role: 'pattern' });
    const texts = of ? caseTexts(node.caseBlock.clauses, index) : [];
    const when = of && texts.length ? { when: { of, texts } } : {};
    const block = inBlock(lowering, { kind: 'case', ...(pair === undefined ? {} : { pair }), ...when }, () => {
      for (const statement of clause.statements) visitBody(statement, lowering);
    });
    pair ??= block;
  }
}

function lowerTry(node: ts.TryStatement, lowering: Lowering): undefined {
  const pair = inBlock(lowering, { kind: 'try', ...exitOf(node.tryBlock) }, () => visitAll(node.tryBlock.statements, lowering));
  const { catchClause } = node;
  if (catchClause) {
    inBlock(lowering, { kind: 'catch', pair, ...exitOf(catchClause.block) }, () => {
      const name = catchClause.variableDeclaration?.name;
      if (name) bindName(name, { scope: lowering.block, value: unknown(name, lowering, 'exception') }, lowering);
      visitAll(catchClause.block.statements, lowering);
    });
  }
  if (node.finallyBlock) visit(node.finallyBlock, lowering);
}

function lowerForOf(node: ts.ForInOrOfStatement, lowering: Lowering): undefined {
  const over = lower(node.expression, lowering, { role: 'value' });
  const isOf = ts.isForOfStatement(node);
  const item: Expr = isOf ? itemOf(over) : unknown(node.expression, lowering, 'key');
  inBlock(lowering, isOf ? { kind: 'loop', over } : { kind: 'loop' }, () => {
    if (ts.isVariableDeclarationList(node.initializer)) {
      const scope = scopeOf(node.initializer, lowering);
      for (const { name } of node.initializer.declarations) bindName(name, { scope, value: item }, lowering);
    } else assignTo(node.initializer, item, lowering);
    visitBody(node.statement, lowering);
  });
}

/** An enum is an object of constants. */
function lowerEnum(node: ts.EnumDeclaration, lowering: Lowering): undefined {
  const entries: Entry[] = [];
  for (const member of node.members) {
    const key = fixedName(member.name);
    const slot = key === undefined ? undefined : ({ role: 'entry', key } as const);
    const value = member.initializer ? lower(member.initializer, lowering, slot) : unknown(member, lowering, 'enum');
    if (key !== undefined) entries.push({ key, value, at: spanOf(member, lowering) });
  }
  const value: Expr = { kind: 'record', entries, open: false, at: spanOf(node, lowering) };
  declare(lowering, {
    name: node.name.text,
    scope: lowering.block,
    value,
    block: lowering.block,
    at: spanOf(node.name, lowering),
  });
}
