/** Conditions that compare something with texts: `if provider == "openai":`, `case "openai":`. */
import { type Block, dottedName, type Expr } from '../../../model/source.ts';
import type { PythonNode } from '../../../parse/python.ts';
import { type Lowering, memberAt, nameAt, textOf } from './lowering.ts';
import { isPlain, plainText } from './strings.ts';

/** What is compared: a name or a member of one. */
export type Subject = Expr;

type When = Pick<Block, 'when'>;

/** Methods that leave a text what it is, as far as a comparison cares. */
const KEEPS_TEXT = new Set(['lower', 'upper', 'strip', 'casefold']);
const LISTS = new Set(['tuple', 'list', 'set']);
const DEPTH = 8;

/** What a condition compares; of several that must hold, the first that compares. */
export function whenOf(node: PythonNode, lowering: Lowering, depth = 0): When {
  const [left, right] = node.children;
  if (!left || depth > DEPTH) return {};
  if (node.type === 'parenthesized_expression') return whenOf(left, lowering, depth + 1);
  if (node.type === 'call') return startOf(node, lowering);
  if (!right) return {};
  const sign = lowering.text.slice(left.end, right.start).trim();
  if (node.type === 'comparison_operator') return node.children.length === 2 ? compared(sign, { left, right }, lowering) : {};
  if (node.type !== 'boolean_operator') return {};
  const one = whenOf(left, lowering, depth + 1);
  const other = whenOf(right, lowering, depth + 1);
  if (sign === 'and') return one.when ? one : other;
  return sign === 'or' ? either(one, other) : {};
}

/** `if stream:`, `if not self.local:`. */
export function asksOf(node: PythonNode, lowering: Lowering): Pick<Block, 'asks'> {
  const [inner] = node.children;
  if (node.type === 'not_operator') {
    const { asks } = inner ? asksOf(inner, lowering) : {};
    return asks ? { asks: { ...asks, is: !asks.is } } : {};
  }
  if (node.type !== 'identifier' && node.type !== 'attribute') return {};
  const of = subjectOf(node, lowering);
  return of ? { asks: { of, is: true } } : {};
}

/** `provider == "a" or provider == "b"`. */
function either({ when: one }: When, { when: other }: When): When {
  if (!one || !other || one.start !== other.start || dottedName(one.of) !== dottedName(other.of)) return {};
  return { when: { ...one, texts: [...one.texts, ...other.texts] } };
}

function compared(sign: string, { left, right }: { left: PythonNode; right: PythonNode }, lowering: Lowering): When {
  if (sign !== '==' && sign !== 'in') return {};
  const [asked, said] = sign === '==' && isPlain(left) ? [right, left] : [left, right];
  const texts = sign === 'in' ? textsOf(said, lowering) : isPlain(said) ? [plainText(said, lowering)] : [];
  const of = texts.length ? subjectOf(asked, lowering) : undefined;
  return of ? { when: { of, texts } } : {};
}

/** `model.startswith("gpt-")`. */
function startOf(node: PythonNode, lowering: Lowering): When {
  const [callee, args] = node.children;
  const [object, method] = callee?.children ?? [];
  const [prefix] = args?.children ?? [];
  if (callee?.type !== 'attribute' || !object || !method || !prefix || textOf(method, lowering) !== 'startswith') return {};
  const texts = isPlain(prefix) ? [plainText(prefix, lowering)] : textsOf(prefix, lowering);
  const of = texts.length ? subjectOf(object, lowering) : undefined;
  return of ? { when: { of, texts, start: true } } : {};
}

/** The texts of a case; a pattern that also says something else says nothing here. */
export function whenCase(clause: PythonNode, of: Subject, lowering: Lowering): When {
  const patterns = clause.children.filter(({ type }) => type === 'case_pattern');
  const texts = patterns.flatMap((pattern) => patternTexts(pattern, lowering));
  const known = texts.filter((text) => text !== undefined);
  return known.length && known.length === texts.length ? { when: { of, texts: known } } : {};
}

function patternTexts(pattern: PythonNode, lowering: Lowering): readonly (string | undefined)[] {
  const [inner] = pattern.children;
  if (!inner) return [undefined];
  const parts = inner.type === 'union_pattern' ? inner.children : [inner];
  return parts.map((part) => {
    const only = part.type === 'case_pattern' ? part.children[0] : part;
    return only && isPlain(only) ? plainText(only, lowering) : undefined;
  });
}

function textsOf(list: PythonNode, lowering: Lowering): readonly string[] {
  if (!LISTS.has(list.type) || !list.children.every(isPlain)) return [];
  return list.children.map((item) => plainText(item, lowering));
}

/** A name, its members, and what leaves their text what it is; undefined: something else is asked. */
export function subjectOf(node: PythonNode, lowering: Lowering, depth = 0): Subject | undefined {
  const [first, second] = node.children;
  if (depth > DEPTH) return undefined;
  if (node.type === 'identifier') {
    const name = textOf(node, lowering);
    return nameAt(name === lowering.self?.name ? 'this' : name, node, lowering);
  }
  if (!first) return undefined;
  if (node.type === 'parenthesized_expression') return subjectOf(first, lowering, depth + 1);
  // `(provider or "openai")` asks about what was given.
  if (node.type === 'boolean_operator' && second && lowering.text.slice(first.end, second.start).trim() === 'or')
    return subjectOf(first, lowering, depth + 1);
  if (node.type === 'call') return withoutCall(node, lowering, depth);
  const of =
    second && (node.type === 'attribute' || node.type === 'subscript') ? subjectOf(first, lowering, depth + 1) : undefined;
  if (!of || !second) return undefined;
  if (node.type === 'attribute') return memberAt(of, textOf(second, lowering), { node, lowering });
  return isPlain(second) ? memberAt(of, plainText(second, lowering), { node, lowering }) : undefined;
}

/** `provider.lower()`, `str(provider)`, `config.get("provider")`. */
function withoutCall(node: PythonNode, lowering: Lowering, depth: number): Subject | undefined {
  const [callee, args] = node.children;
  const [argument] = args?.children ?? [];
  if (callee?.type === 'identifier')
    return textOf(callee, lowering) === 'str' && argument ? subjectOf(argument, lowering, depth + 1) : undefined;
  const [object, method] = callee?.type === 'attribute' ? callee.children : [];
  if (!object || !method) return undefined;
  const name = textOf(method, lowering);
  if (KEEPS_TEXT.has(name)) return subjectOf(object, lowering, depth + 1);
  const of = name === 'get' && argument && isPlain(argument) ? subjectOf(object, lowering, depth + 1) : undefined;
  return of && argument ? memberAt(of, plainText(argument, lowering), { node, lowering }) : undefined;
}
