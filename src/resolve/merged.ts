/** One use of what several callers say of it, and what is still left to them. */
import type { Reading } from '../model/reading.ts';
import type { Target } from '../model/resolved.ts';
import { isRestReading } from './rest.ts';
import type { LooseUse } from './uses.ts';

/** The targets that callers lead to in the place of what was open; `settled`: what none of them changes. */
export function mergeCallers(bare: LooseUse, uses: readonly LooseUse[], settled: readonly Target[]): LooseUse {
  const known = uses.filter((use) => use.targets.length);
  if (!known.length) return bare;
  const { unresolved: _unresolved, ...rest } = bare;
  return {
    ...rest,
    targets: [...settled, ...known.flatMap((use) => use.targets)],
    fallbacks: known.flatMap((use) => use.fallbacks),
    features: [...bare.features, ...known.flatMap((use) => use.features)],
    alternative: 'caller',
  };
}

/** Somebody is asked, and no caller needs to say who. */
export function isAnswered({ targets }: LooseUse): boolean {
  return targets.length > 0 && !targets.some(isOpenClient);
}

/** A caller may say who is asked, where, or for which model. */
export function isOpenTarget(target: Target): boolean {
  return isOpenClient(target) || (target.facets.model?.some(isParam) ?? false);
}

/** Who is asked, and where, is still for somebody to say. */
export function isOpenClient({ facets, operatorFromModel }: Target): boolean {
  return Object.entries(facets).some(
    ([facet, readings]) => facet !== 'key' && (facet !== 'model' || operatorFromModel) && readings?.some(isParam),
  );
}

/** What a caller gives, or may give in the place of a default. */
function isParam(reading: Reading): boolean {
  return reading.why === 'param' || reading.yields === true || isRestReading(reading);
}
