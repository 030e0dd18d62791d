import detector from '../../src/detect/source/python/index.ts';
import type { Observed } from '../../src/model/observed.ts';
import type { Expr, Unit } from '../../src/model/source.ts';
import { testVocabulary } from './test-vocabulary.ts';

/** What the detector says of a text; it must say something. */
export async function observe(text: string, kind = '.py'): Promise<Observed & { unit: Unit }> {
  const observed = await detector.observe({ text, kind }, testVocabulary);
  if (!observed.unit) throw new Error(`no unit: ${observed.degraded}`);
  return { ...observed, unit: observed.unit };
}

/** The first value bound to a name. */
export function boundTo({ unit }: { unit: Unit }, name: string): Expr | undefined {
  return unit.bindings.find((binding) => binding.name === name)?.value;
}

/** Nesting of an expression, measured without recursion. */
export function heightOf(root: Expr): number {
  let height = 0;
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if ('kind' in next.value) height = Math.max(height, next.depth);
    const depth = 'kind' in next.value ? next.depth + 1 : next.depth;
    for (const value of Object.values(next.value)) open.push({ value, depth });
  }
  return height;
}

/** Something inside itself. */
export function repeated(open: string, inner: string, close: string, times: number): string {
  return open.repeat(times) + inner + close.repeat(times);
}

/** Many terms with an operator between them. */
export function terms(count: number, operator: string, term: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => term(index)).join(operator);
}
