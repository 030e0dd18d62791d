/** Regions and addresses that code writes down where configuration or a caller gives another one: what runs when those do not. */
import type { Reading } from '../model/reading.ts';
import type { Target } from '../model/resolved.ts';
import type { CallMeaning, Facet } from '../model/surface.ts';
import { facetsOf } from './facets.ts';
import { turns } from './once.ts';
import type { Made } from './value.ts';
import type { World } from './world.ts';

const FACETS: readonly Facet[] = ['region', 'baseUrl'];
const FUEL = 2000;
/** What stands behind something else holds only where that is taken away. */
const CONFIDENCE = 0.6;

/** The defaults behind the region and the address of a client in a cloud. */
export function writtenIn(
  world: World,
  made: readonly Made[],
  { operator, facets }: { readonly operator: string | undefined; readonly facets: Target['facets'] },
): Pick<Target, 'written'> {
  const own = textsOf(facets);
  const isFramed = made.some(({ scope }) => scope.frame);
  const isGiven = own.length > 0 && (isFramed || own.some(({ env }) => env.length));
  if (!isGiven || !isInCloud(world, operator)) return {};
  const alone = withoutConfiguration(world);
  const located = made.map((one) => ({ ...one, meaning: placeOnly(one.meaning) }));
  const uncalled = isFramed ? located.map((one): Made => ({ ...one, scope: { module: one.scope.module } })) : [];
  const found = [located, uncalled].flatMap((one) => textsOf(facetsOf(alone, one)));
  const places = new Map(found.map((reading) => [placesOf(reading), { ...reading, confidence: CONFIDENCE }]));
  for (const reading of own) places.delete(placesOf(reading));
  return places.size ? { written: [...places.values()] } : {};
}

/** What a call says of its place alone. */
function placeOnly({ sets = {} }: CallMeaning): CallMeaning {
  const { region, baseUrl } = sets;
  return { sets: { ...(region ? { region } : {}), ...(baseUrl ? { baseUrl } : {}) } };
}

/** A parameter's default says where a client of a cloud calls: callers may say otherwise. */
export function isPlacedByCaller(world: World, { operator, facets }: Target): boolean {
  return isInCloud(world, operator) && textsOf(facets).some(({ yields }) => yields);
}

function isInCloud({ catalog }: World, operator: string | undefined): boolean {
  return operator !== undefined && catalog.providers.get(operator)?.cloud !== undefined;
}

function textsOf(facets: Target['facets']): readonly Reading[] {
  return FACETS.flatMap((facet) => facets[facet] ?? []).filter(({ text, why }) => text !== undefined && why === undefined);
}

function placesOf({ text, trail }: Reading): string {
  return [text, ...trail.map(({ path, line, column }) => `${path}:${line}:${column}`)].join(' ');
}

/** The same program in an environment that gives it nothing. */
function withoutConfiguration(world: World): World {
  return { ...world, environment: () => [], memo: new Map(), forNow: new Map(), turns: turns(), fuel: FUEL };
}
