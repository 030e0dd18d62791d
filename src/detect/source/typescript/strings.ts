/** String literals that may name a model, and where they stand. */
import { ts } from 'ts-morph';
import type { StringUse } from '../../../model/source.ts';
import { type Lowering, type Slot, spanOf } from './lowering.ts';

/** Keys whose value is kept although the catalog does not know it: a new model is an unknown word. */
const TELLING_KEYS: ReadonlySet<string> = new Set([
  'model',
  'modelId',
  'model_id',
  'modelName',
  'model_name',
  'modelSlug',
  'model_slug',
  'id',
  'value',
  'name',
  'slug',
  'hostedId',
  'engine',
  'deployment',
  'deploymentName',
  'deployment_name',
  'deploymentId',
  'embeddingModel',
  'embedding_model',
]);
/** A larger object is a table: what makes an entry of it is told by its first neighbours. */
const BESIDE_LIMIT = 40;

/** For texts that are read elsewhere: module names, directives. */
export const SILENT: Slot = { role: 'argument' };

/** Keeps a string that holds a catalog word, or stands where model names stand. */
export function recordString(text: string, node: ts.Node, { lowering, slot }: { lowering: Lowering; slot: Slot }): void {
  if (slot === SILENT || text === '') return;
  const telling = slot.role === 'entry' && slot.key !== undefined && TELLING_KEYS.has(slot.key);
  if (!telling && !lowering.vocabulary.has(text)) return;
  const use: StringUse = {
    text,
    role: slot.role,
    ...(slot.key === undefined ? {} : { key: slot.key }),
    ...(slot.entry ? { beside: beside(slot.entry) } : {}),
    block: lowering.block,
    at: spanOf(node, lowering),
  };
  lowering.strings.push(use);
}

function beside({ object, property }: NonNullable<Slot['entry']>): Readonly<Record<string, string>> {
  // A null prototype: `__proto__` is a key like any other.
  const texts: Record<string, string> = Object.create(null);
  let count = 0;
  for (const other of object.properties) {
    if (other === property || !other.name) continue;
    if (count++ >= BESIDE_LIMIT) break;
    const key = fixedName(other.name);
    const isText = ts.isPropertyAssignment(other) && ts.isStringLiteralLike(other.initializer);
    if (key !== undefined) texts[key] = isText ? other.initializer.text : '';
  }
  return texts;
}

/** The text of a property name, where the code fixes it. */
export function fixedName(name: ts.PropertyName | ts.BindingName | ts.ModuleExportName): string | undefined {
  if (ts.isComputedPropertyName(name)) return ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined;
  if (ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name)) return undefined;
  return name.text;
}
