/** Assignments: every one is a binding, whatever it assigns to. */
import type { Expr } from '../../../model/source.ts';
import type { PythonNode } from '../../../parse/python.ts';
import {
  classAround,
  declareName,
  functionScope,
  type Handlers,
  type Lowering,
  lower,
  type Slot,
  spanOf,
  textOf,
} from './lowering.ts';
import { added } from './operators.ts';
import { bindTarget, pathOf, waits } from './targets.ts';
import { declaredType, isOfClass, visitType } from './types.ts';

/** Assignments and declarations of scope. */
export const ASSIGNMENTS: Handlers = [
  ['assignment', lowerAssignment],
  ['augmented_assignment', lowerAugmented],
  [
    'named_expression',
    (node, lowering, slot) => {
      const [target, right] = node.children;
      if (!target || !right) return undefined;
      const value = lower(right, lowering, { ...slot, key: textOf(target, lowering) });
      bindTarget(target, { value }, lowering);
      return value;
    },
  ],
  ['global_statement', (node, lowering) => takeOuter(node, lowering, 'global')],
  ['nonlocal_statement', (node, lowering) => takeOuter(node, lowering, 'nonlocal')],
];

/** `a = b = value`: the value once, a binding for each target. */
function lowerAssignment(node: PythonNode, lowering: Lowering): Expr | undefined {
  const targets: PythonNode[] = [];
  let type: PythonNode | undefined;
  let right: PythonNode | undefined = node;
  while (right?.type === 'assignment') {
    const [target, ...rest]: readonly PythonNode[] = right.children;
    if (target) targets.push(target);
    type ??= rest.find((part) => part.type === 'type');
    right = rest.findLast((part) => part.type !== 'type');
  }
  const [first] = targets;
  if (!first) return undefined;
  const slot = slotOf(first, lowering);
  if (type) visitType(type, slot.key, lowering);
  const value = right && lower(right, lowering, slot);
  const declared = type && declaredType(type, lowering);
  const isStatic = (type !== undefined && isOfClass(type, lowering)) || (value !== undefined && !waits(value, declared));
  const source = { ...(value ? { value } : {}), ...(declared ? { declaredType: declared } : {}), isStatic };
  for (const target of targets) bindTarget(target, source, lowering);
  return value;
}

function slotOf(target: PythonNode, lowering: Lowering): Slot {
  if (target.type === 'identifier') {
    const key = textOf(target, lowering);
    const around = classAround(lowering);
    return { role: 'value', key, symbol: around ? `${around.symbol}.${key}` : key };
  }
  const path = pathOf(target, lowering);
  if (!path) return { role: 'value' };
  const key = path.name.slice(path.name.lastIndexOf('.') + 1);
  const symbol = path.root === 'this' ? `${lowering.type?.symbol ?? ''}.${path.name.slice(5)}` : path.name;
  return { role: 'value', key, symbol };
}

/** `x += …` puts text or lists together; other operators say nothing of what is known. */
function lowerAugmented(node: PythonNode, lowering: Lowering): Expr | undefined {
  const [target, right] = node.children;
  if (!target || !right) return undefined;
  const slot = slotOf(target, lowering);
  const before = lower(target, lowering);
  const value = lower(right, lowering, slot);
  if (!lowering.text.slice(target.end, right.start).includes('+=')) return undefined;
  const sum = added([before, value], spanOf(node, lowering));
  if (sum.kind !== 'unknown') bindTarget(target, { value: sum, isStatic: true }, lowering);
  return undefined;
}

function takeOuter(node: PythonNode, lowering: Lowering, kind: 'global' | 'nonlocal'): undefined {
  const scope = functionScope(lowering);
  const names = lowering.outerNames.get(scope) ?? new Map<string, 'global' | 'nonlocal'>();
  for (const name of node.children) names.set(textOf(name, lowering), kind);
  lowering.outerNames.set(scope, names);
  if (kind === 'global') for (const name of names.keys()) declareName(lowering, 0, name);
}
