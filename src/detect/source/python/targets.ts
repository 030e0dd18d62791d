/** What values are bound to: names, members, and patterns of them. */
import { ANY_KEY, type BlockId, type Expr } from '../../../model/source.ts';
import type { PythonNode } from '../../../parse/python.ts';
import {
  classAround,
  declare,
  functionScope,
  type Lowering,
  memberAt,
  type OpenBinding,
  spanOf,
  textOf,
  unknown,
  visit,
  visitChildren,
} from './lowering.ts';
import { isPlain, plainText } from './strings.ts';

/** Patterns inside patterns that are followed. */
const MAX_PATTERNS = 100;
const PATTERNS = new Set(['pattern_list', 'tuple_pattern', 'list_pattern', 'tuple', 'list', 'expression_list']);
const WRAPPERS = new Set(['parenthesized_expression', 'as_pattern_target', 'list_splat_pattern', 'list_splat']);

/** What a target is given. Without a scope it is the function's own. */
export interface Source {
  readonly value?: Expr;
  readonly declaredType?: Expr;
  readonly scope?: BlockId;
  /** `x: ClassVar[…]` */
  readonly isStatic?: boolean;
  /** Patterns around it. */
  readonly nesting?: number;
}

/** Binds a target, or every part of one, to its part of the source. */
export function bindTarget(written: PythonNode, source: Source, lowering: Lowering): void {
  let target = written;
  let given = source;
  for (let inner = wrapped(target); inner; inner = wrapped(target)) {
    if (target.type.startsWith('list_splat')) given = { ...source, value: unknown(target, lowering, 'rest') };
    target = inner;
  }
  if (target.type === 'identifier') bindName(target, given, lowering);
  else if (target.type === 'attribute' || target.type === 'subscript') bindPath(target, given, lowering);
  else if (PATTERNS.has(target.type)) unpack(target, given, lowering);
  else visit(target, lowering);
}

/** What a wrapper of one target wraps. */
function wrapped(target: PythonNode): PythonNode | undefined {
  return WRAPPERS.has(target.type) ? target.children[0] : undefined;
}

function unpack(target: PythonNode, source: Source, lowering: Lowering): void {
  if (source.nesting === MAX_PATTERNS) {
    lowering.cut = true;
    return;
  }
  const nesting = (source.nesting ?? 0) + 1;
  for (const [index, part] of target.children.entries()) {
    const { value } = source;
    const item = value?.kind === 'list' && !value.items.some(({ kind }) => kind === 'spread') ? value.items[index] : undefined;
    const taken = value && (item ?? memberAt(value, String(index), { node: part, lowering }));
    bindTarget(part, { ...source, nesting, ...(taken ? { value: taken } : {}) }, lowering);
  }
}

/** `client: OpenAI | None = None` says what it will be, not what it is. */
export function waits(value: Expr | undefined, declared: Expr | undefined): boolean {
  return declared !== undefined && value?.kind === 'constant' && value.value === null;
}

function said({ value, declaredType: declared }: Source): Pick<Source, 'value' | 'declaredType'> {
  if (declared && waits(value, declared)) return { declaredType: declared };
  return { ...(value ? { value } : {}), ...(declared ? { declaredType: declared } : {}) };
}

function bindName(node: PythonNode, source: Source, lowering: Lowering): void {
  const { scope, isStatic } = source;
  const name = textOf(node, lowering);
  const around = scope === undefined ? classAround(lowering) : undefined;
  if (around) {
    around.fields.push({ name, ...said(source), static: isStatic === true, at: spanOf(node, lowering) });
    return;
  }
  const own = scope ?? scopeOf(name, lowering);
  declare(lowering, { name, scope: own, ...said(source), block: lowering.block, at: spanOf(node, lowering) });
}

/** The function's own scope, unless it says that the name is one from around it. */
function scopeOf(name: string, lowering: Lowering): BlockId {
  const own = functionScope(lowering);
  const outer = lowering.outerNames.get(own)?.get(name);
  if (outer === undefined) return own;
  let id = own;
  while (outer === 'nonlocal' && id !== 0) {
    id = lowering.blocks[id]?.parent ?? 0;
    if (id !== 0 && lowering.names.get(id)?.has(name)) return id;
  }
  return 0;
}

/** `a.b["c"]` as names: the root it is looked up by, and the whole. */
export interface Path {
  readonly root: string;
  readonly name: string;
}

function bindPath(node: PythonNode, source: Source, lowering: Lowering): void {
  const path = pathOf(node, lowering) ?? anyPath(node, lowering);
  if (!path || path.name.endsWith(ANY_KEY)) visitChildren(node, lowering);
  if (!path) return;
  const binding: OpenBinding = {
    name: path.name,
    scope: path.root === 'this' ? (lowering.type?.block ?? 0) : 0,
    ...said(source),
    block: lowering.block,
    at: spanOf(node, lowering),
  };
  lowering.bindings.push(binding);
  // Functions may assign to names that are declared further down: scopes are looked up when all are known.
  if (path.root !== 'this') lowering.assigned.push({ binding, root: path.root });
}

/** Finds the scope of every assigned member. */
export function settleScopes(lowering: Lowering): void {
  for (const { binding, root } of lowering.assigned) {
    let id = binding.block;
    while (id !== 0 && !lowering.names.get(id)?.has(root)) id = lowering.blocks[id]?.parent ?? 0;
    binding.scope = id;
  }
}

/** `table[key] = …`: some member of the table. */
function anyPath(node: PythonNode, lowering: Lowering): Path | undefined {
  const [of] = node.children;
  if (node.type !== 'subscript' || !of || node.children.length !== 2) return undefined;
  const name = of.type === 'identifier' ? textOf(of, lowering) : undefined;
  const path = name === undefined || name === lowering.self?.name ? pathOf(of, lowering) : { root: name, name };
  return path && { root: path.root, name: `${path.name}.${ANY_KEY}` };
}

/** The path an attribute or subscript names; nothing where a part of it is computed. */
export function pathOf(node: PythonNode, lowering: Lowering): Path | undefined {
  const parts: string[] = [];
  let inner: PythonNode | undefined = node;
  while (inner && (inner.type === 'attribute' || inner.type === 'subscript')) {
    const [of, part, more]: readonly (PythonNode | undefined)[] = inner.children;
    if (!part || more || (inner.type === 'subscript' && !isPlain(part))) return undefined;
    parts.push(inner.type === 'subscript' ? plainText(part, lowering) : textOf(part, lowering));
    inner = of;
  }
  if (inner?.type !== 'identifier' || !parts.length) return undefined;
  const name = textOf(inner, lowering);
  const root = name === lowering.self?.name ? 'this' : name;
  return { root, name: [root, ...parts.reverse()].join('.') };
}
