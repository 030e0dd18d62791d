/** Models that the body of a raw request lists for its gateway to try in turn. */
import type { Reading } from '../model/reading.ts';
import type { Fallback, Target } from '../model/resolved.ts';
import { argumentAt } from './arguments.ts';
import { memberOf } from './members.ts';
import { readingsOf } from './readings.ts';
import type { Made } from './value.ts';
import type { World } from './world.ts';

export interface Tried {
  readonly target: Target;
  readonly fallbacks: readonly Fallback[];
}

/** The request as it first asks, and what its gateway tries then. */
export function triedBy(world: World, made: readonly Made[], target: Target): Tried {
  const key = world.catalog.providers.get(target.gateway ?? '')?.upstreams?.tries;
  const listed = key === undefined ? [] : listedIn(world, made, key);
  const own = target.facets.model ?? [];
  const [first, ...others] = own.length ? [...own.slice(0, 1), ...listed] : listed;
  const spares = others.filter(({ text }) => text !== first?.text);
  if (own.length > 1 || !first || !spares.length) return { target, fallbacks: [] };
  const asking = (model: Reading): Target => ({ ...target, facets: { ...target.facets, model: [model] } });
  const mechanism = `${target.gateway}-models`;
  return { target: asking(first), fallbacks: [{ mechanism, class: 'auto', targets: spares.map(asking), at: target.at }] };
}

function listedIn(world: World, made: readonly Made[], key: string): readonly Reading[] {
  const last = made.at(-1);
  for (const path of last?.meaning.http?.body ?? []) {
    const body = last && argumentAt(world, path, last.args, last.scope);
    const list = body && memberOf(world, body, key);
    if (last && list?.kind === 'list')
      return readingsOf(world, list, last.scope.module.path).filter(({ text, why }) => text !== undefined && why === undefined);
  }
  return [];
}
