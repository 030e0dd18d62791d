/** Options that a function hands on without naming them: what no caller was seen to add is not given. */
import type { Reading } from '../model/reading.ts';
import type { Target, Use } from '../model/resolved.ts';

/** Options nobody was seen to add are not given. */
export function withoutRest<T extends Pick<Use, 'targets'>>(use: T): T {
  if (!use.targets.some((target) => Object.values(target.facets).some((readings) => readings?.some(isRestReading)))) return use;
  return { ...use, targets: use.targets.map((target) => ({ ...target, facets: knownFacets(target.facets) })) };
}

function knownFacets(facets: Target['facets']): Target['facets'] {
  const kept = Object.entries(facets).map(
    ([facet, readings]) => [facet, readings?.filter((one) => !isRestReading(one))] as const,
  );
  return Object.fromEntries(kept.filter(([, readings]) => readings?.length));
}

/** It may be among options that a caller hands on. */
export function isRestReading({ why }: Reading): boolean {
  return why === 'rest';
}
