/** One use that callers ask twice: what the second asks is the fallback of what the first asked. */
import type { Pairing, Target, Use } from '../model/resolved.ts';
import { type Draft, type DraftFallback, type DraftLeg, distinct, draftOf } from './capabilities.ts';
import type { LinkContext } from './context.ts';
import { candidatesOf } from './routes.ts';

/** The fallbacks that another caller of the same use gives to a leg. */
export function fallbacksOfCallers(context: LinkContext, leg: DraftLeg, pairing: Pairing): readonly DraftFallback[] {
  const { callers, uses, mechanism, at } = pairing;
  const [index = -1] = uses;
  const use = context.resolved.uses[index];
  if (!callers || !use || !leadsTo(context, use, { leg, targets: askedBy(use, callers.first) })) return [];
  const evidence = [context.book.add({ at, token: use.api, detector: use.surface.id, how: 'literal' })];
  const asked = { ...use, targets: askedBy(use, callers.second) };
  const routes = draftOf(context, asked, index).flatMap((draft) => draft.legs.map(({ primary }) => primary));
  // Where nobody knows what the second asks for, it may well ask for the same.
  const told = distinct(routes).filter(({ route }) => route.modelId !== undefined);
  return told.map((candidate): DraftFallback => ({ candidate, class: 'auto', mechanism, evidence }));
}

/** Nobody asks for it but where something else has failed. */
export function isOnlySpare(context: LinkContext, { uses, legs }: Draft, pairings: readonly Pairing[]): boolean {
  const [index = -1] = uses;
  const use = context.resolved.uses[index];
  const [leg] = legs;
  const mine = pairings.filter((pairing) => pairing.callers && pairing.uses[0] === index);
  if (!use || !leg || !mine.length) return false;
  const second = new Set(mine.flatMap(({ callers }) => callers?.second ?? []));
  const first = new Set(mine.flatMap(({ callers }) => callers?.first ?? []));
  const others = use.targets.filter(({ caller = '' }) => !second.has(caller) || first.has(caller));
  return !leadsTo(context, use, { leg, targets: others });
}

function askedBy({ targets }: Use, callers: readonly string[]): readonly Target[] {
  return targets.filter(({ caller }) => caller !== undefined && callers.includes(caller));
}

function leadsTo(
  context: LinkContext,
  { workload }: Use,
  { leg, targets }: { leg: DraftLeg; targets: readonly Target[] },
): boolean {
  return targets.some((target) => candidatesOf(context, target, workload).some(({ route }) => route.id === leg.primary.route.id));
}
