/** What stands at a dotted path of a declaration of configuration. */
import type { ConfigCondition } from '../model/gateway-config.ts';
import type { Declaration } from '../model/observed.ts';
import type { Reading } from '../model/reading.ts';
import type { Expr } from '../model/source.ts';
import { evaluate } from './evaluate.ts';
import { readingsOf } from './readings.ts';
import type { Scope } from './value.ts';
import type { World } from './world.ts';

/** Steps for one value. */
const FUEL = 2000;
const LABEL = /^labels\.(\d+)$/;

/** Values at a path below a body; lists on the way are entered, `*` is any key. */
export function valuesAt(body: Expr, path: string): readonly Expr[] {
  return path.split('.').reduce<readonly Expr[]>((found, key) => found.flatMap((expr) => under(expr, key)), [body]);
}

function under(expr: Expr, key: string): readonly Expr[] {
  if (expr.kind === 'list') return expr.items.flatMap((item) => (item.kind === 'record' ? under(item, key) : []));
  if (expr.kind !== 'record') return [];
  if (key === '*') return expr.entries.map(({ value }) => value);
  const entry = expr.entries.findLast((one) => one.key === key);
  return entry ? [entry.value] : [];
}

/** The items of a value: of a list its own, else the value alone. */
export function itemsAt(body: Expr, path: string): readonly Expr[] {
  return valuesAt(body, path).flatMap((expr) => (expr.kind === 'list' ? expr.items : [expr]));
}

/** The label or text at a path. */
export function textAtPath({ labels, body }: Pick<Declaration, 'labels' | 'body'>, path: string): string | undefined {
  const label = LABEL.exec(path)?.[1];
  return label === undefined ? plainTextsAt(body, path)[0] : labels[Number(label)];
}

/** Texts, numbers and booleans at a path, as they are written. */
export function plainTextsAt(body: Expr, path: string): readonly string[] {
  return itemsAt(body, path).flatMap((expr) => {
    if (expr.kind === 'text') return [expr.text];
    return expr.kind === 'constant' ? [String(expr.value)] : [];
  });
}

/** Whether a condition holds of a declaration. */
export function holdsOf(declaration: Pick<Declaration, 'labels' | 'body'>, { path, equals, in: some }: ConfigCondition): boolean {
  if (equals === undefined && some === undefined)
    return textAtPath(declaration, path) !== undefined || valuesAt(declaration.body, path).length > 0;
  const wanted = (some ?? [equals]).map(String);
  const label = LABEL.test(path) ? textAtPath(declaration, path) : undefined;
  return (label === undefined ? plainTextsAt(declaration.body, path) : [label]).some((text) => wanted.includes(text));
}

/** Readings at the first of some paths that is given. What a configuration says is configuration, however literal. */
export function configReadings(
  world: World,
  body: Expr,
  { paths, scope }: { readonly paths: readonly string[] | undefined; readonly scope: Scope },
): readonly Reading[] {
  for (const path of paths ?? []) {
    const values = valuesAt(body, path);
    if (!values.length) continue;
    return values.flatMap((expr) => {
      world.fuel = FUEL;
      const readings = readingsOf(world, evaluate(world, expr, scope), scope.module.path);
      return readings.map((reading) => asConfiguration(reading, { path: scope.module.path, ...expr.at }));
    });
  }
  return [];
}

function asConfiguration(reading: Reading, at: Reading['trail'][number]): Reading {
  const trail = reading.trail.length ? reading.trail : [at];
  if (reading.how !== 'literal') return { ...reading, trail };
  return { ...reading, trail, how: 'config', confidence: Math.min(0.9, reading.confidence) };
}
