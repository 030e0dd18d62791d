/** Literals, templates, dictionaries, lists, and the wrappers that leave a value what it is. */
import type { Entry, Expr } from '../../../model/source.ts';
import type { PythonNode } from '../../../parse/python.ts';
import {
  countRead,
  type Handlers,
  type Lowering,
  lower,
  nameAt,
  type Slot,
  spanOf,
  textAt,
  textOf,
  unknown,
  visit,
} from './lowering.ts';
import { entryName, isPlain, plainText, recordString, templateText } from './strings.ts';

/** Literals and wrappers. */
export const LITERALS: Handlers = [
  ['string', lowerString],
  ['concatenated_string', lowerConcatenated],
  ['integer', (node, lowering) => constant(numberOf(textOf(node, lowering)), node, lowering)],
  ['float', (node, lowering) => constant(numberOf(textOf(node, lowering)), node, lowering)],
  ['true', (node, lowering) => constant(true, node, lowering)],
  ['false', (node, lowering) => constant(false, node, lowering)],
  ['none', (node, lowering) => constant(null, node, lowering)],
  ['ellipsis', (node, lowering) => unknown(node, lowering, 'ellipsis')],
  ['identifier', lowerIdentifier],
  ['dictionary', lowerDictionary],
  ['list', lowerItems],
  ['tuple', lowerItems],
  ['set', lowerItems],
  ['expression_list', lowerItems],
  ['list_splat', lowerSplat],
  ['list_splat_pattern', lowerSplat],
  ['dictionary_splat', lowerSplat],
  ['parenthesized_expression', inner],
  ['await', inner],
];

function inner(node: PythonNode, lowering: Lowering, slot: Slot): Expr | undefined {
  const [only] = node.children;
  return only && visit(only, lowering, slot);
}

function constant(value: number | boolean | null, node: PythonNode, lowering: Lowering): Expr {
  return { kind: 'constant', value, at: spanOf(node, lowering) };
}

function numberOf(written: string): number {
  const value = Number(written.replaceAll('_', '').replace(/[lL]$/, ''));
  return Number.isFinite(value) ? value : 0;
}

function lowerIdentifier(node: PythonNode, lowering: Lowering): Expr {
  const name = textOf(node, lowering);
  if (name === lowering.self?.name) return nameAt('this', node, lowering);
  countRead(lowering, name, 'all');
  const { type } = lowering;
  // A class body sees its own fields by their bare names; its methods do not.
  if (type && lowering.block === type.block && type.fields.some((field) => field.name === name)) {
    const at = spanOf(node, lowering);
    return { kind: 'member', of: nameAt(type.name, node, lowering), name: { kind: 'text', text: name, at }, at };
  }
  return nameAt(name, node, lowering);
}

function lowerString(node: PythonNode, lowering: Lowering, slot: Slot): Expr {
  if (!isPlain(node)) return { kind: 'join', parts: templateParts(node, lowering, slot), at: spanOf(node, lowering) };
  const text = node.children.length
    ? node.children.map((part) => templateText(part, node, lowering)).join('')
    : plainText(node, lowering);
  recordString(text, node, { lowering, slot });
  return textAt(text, node, lowering);
}

function templateParts(node: PythonNode, lowering: Lowering, slot: Slot): Expr[] {
  const parts: Expr[] = [];
  for (const part of node.children) {
    if (part.type === 'string_content') {
      const text = templateText(part, node, lowering);
      if (text) parts.push(textAt(text, part, lowering));
      continue;
    }
    const [hole, ...format] = part.children;
    parts.push(hole ? lower(hole, lowering, slot) : unknown(part, lowering, 'expression'));
    for (const rest of format) visit(rest, lowering);
  }
  return parts;
}

/** `"a" "b"`: neighbours are one literal. */
function lowerConcatenated(node: PythonNode, lowering: Lowering, slot: Slot): Expr {
  if (node.children.every(isPlain)) {
    const text = node.children.map((part) => plainText(part, lowering)).join('');
    recordString(text, node, { lowering, slot });
    return textAt(text, node, lowering);
  }
  const parts = node.children.flatMap((part) =>
    isPlain(part) ? [textAt(plainText(part, lowering), part, lowering)] : templateParts(part, lowering, slot),
  );
  return { kind: 'join', parts, at: spanOf(node, lowering) };
}

function lowerItems(node: PythonNode, lowering: Lowering, slot: Slot): Expr {
  const items = node.children.map((item) => lower(item, lowering, itemSlot(slot)));
  return { kind: 'list', items, at: spanOf(node, lowering) };
}

/** `model in ("a", "b")` compares with each of them. */
function itemSlot(slot: Slot): Slot {
  if (slot.role === 'operand') return slot;
  return slot.key === undefined ? { role: 'element' } : { role: 'element', key: slot.key };
}

function lowerSplat(node: PythonNode, lowering: Lowering, slot: Slot): Expr {
  const [of] = node.children;
  const value = of ? lower(of, lowering, slot) : unknown(node, lowering, 'expression');
  return { kind: 'spread', of: value, at: spanOf(node, lowering) };
}

function lowerDictionary(node: PythonNode, lowering: Lowering, slot: Slot): Expr {
  const entries: Entry[] = [];
  let open = false;
  for (const entry of node.children) {
    const at = spanOf(entry, lowering);
    const [key, value] = entry.children;
    if (entry.type === 'dictionary_splat') {
      entries.push({ key: '...', value: lower(entry, lowering), at });
    } else if (entry.type !== 'pair' || !key || !value) {
      visit(entry, lowering);
      open = true;
    } else {
      const name = entryName(entry, lowering);
      visit(key, lowering, slot.key === undefined ? { role: 'key' } : { role: 'key', key: slot.key });
      const lowered = lower(value, lowering, entrySlot(name, { slot, all: node.children, own: entry }));
      if (name === undefined) open = true;
      else entries.push({ key: name, value: lowered, at });
    }
  }
  return { kind: 'record', entries, open, at: spanOf(node, lowering) };
}

function entrySlot(
  key: string | undefined,
  { slot, all, own }: { slot: Slot; all: readonly PythonNode[]; own: PythonNode },
): Slot {
  if (key === undefined) return { role: 'entry', entry: { all, own } };
  return { role: 'entry', key, symbol: slot.symbol === undefined ? key : `${slot.symbol}.${key}`, entry: { all, own } };
}
