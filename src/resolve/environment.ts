/** Values that come from the environment. */
import type { Location } from '../model/source.ts';
import type { Value } from './value.ts';

/** An environment name read in code; configuration is consulted when it is read out. */
export function environmentValue(name: string, fallback: Value | undefined, at: Location | undefined): Value {
  return { kind: 'env', name, ...(fallback ? { fallback } : {}), ...(at ? { at } : {}) };
}
