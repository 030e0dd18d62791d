/** Drafts -> capabilities-to-be: fallbacks put where they belong, menus made one, legs in series, same keys merged. */

import type { EvidenceId, RouteFallback } from '../model/graph.ts';
import type { Pairing, Use } from '../model/resolved.ts';
import type { Operation } from '../model/surface.ts';
import { fallbacksOfCallers, isOnlySpare } from './asked-again.ts';
import { type Draft, type DraftFallback, type DraftLeg, distinct, draftOf, operationOf } from './capabilities.ts';
import type { LinkContext } from './context.ts';
import { byText } from './evidence.ts';
import { configuredDrafts } from './gateway-drafts.ts';
import { menuKeys, withMenuModels } from './menus.ts';
import { candidatesOf } from './routes.ts';

const SIDE: ReadonlySet<Operation> = new Set(['embeddings', 'rerank', 'moderation']);
const ORDER: readonly RouteFallback['class'][] = ['dead', 'manual', 'auto', 'tested'];

export interface Joined {
  readonly drafts: readonly Draft[];
  /** Every route that some call can take, also those that merging drops as protection. */
  readonly reachable: readonly Draft[];
}

/** All capabilities-to-be. */
export function joinedDrafts(context: LinkContext): Joined {
  const { uses, pairings } = context.resolved;
  const written = pairings.filter((pairing) => pairing.mechanism !== 'switch');
  const asFallback = new Set(written.flatMap((pairing) => pairing.uses.slice(1)));
  const drafts = uses
    .flatMap((use, index) => (operationOf(use) && !asFallback.has(index) ? draftOf(context, use, index) : []))
    .filter((draft) => !isOnlySpare(context, draft, written));
  const paired = drafts.map((draft) => withPairings(context, draft, written));
  if (!uses.some((use) => operationOf(use))) {
    const configured = configuredDrafts(context);
    return { drafts: configured, reachable: configured };
  }
  const filled = paired.map((draft) => withMenuModels(context, draft));
  const menus = mergeMenus(
    context,
    filled,
    pairings.filter((pairing) => pairing.mechanism === 'switch'),
  );
  const side = menus.filter(isSide);
  const main = mergeSame(menus.filter((draft) => !isSide(draft)));
  return { drafts: mergeSame(inSeries(context, main, side)), reachable: filled };
}

/** Adds the routes of paired calls as automatic fallbacks. */
function withPairings(context: LinkContext, draft: Draft, pairings: readonly Pairing[]): Draft {
  const [own] = draft.uses;
  const mine = pairings.filter((pairing) => pairing.uses[0] === own);
  if (!mine.length) return draft;
  const legs = draft.legs.map((leg): DraftLeg => {
    const added = mine.flatMap((pairing) => [
      ...pairedFallbacks(context, leg, pairing),
      ...fallbacksOfCallers(context, leg, pairing),
    ]);
    const loop = mine.find((pairing) => pairing.mechanism === 'loop');
    return { ...leg, fallbacks: [...added, ...(loop ? leg.fallbacks.map(asLoop(context, loop)) : leg.fallbacks)] };
  });
  return { ...draft, legs };
}

/** What a loop tries in turn stands where it calls. */
function asLoop(context: LinkContext, { uses, at }: Pairing): (fallback: DraftFallback) => DraftFallback {
  const use = context.resolved.uses[uses[0] ?? -1];
  const evidence = use ? [context.book.add({ at, token: use.api, detector: use.surface.id, how: 'literal' })] : [];
  return (fallback) => (fallback.class === 'manual' ? { ...fallback, class: 'auto', mechanism: 'loop', evidence } : fallback);
}

function pairedFallbacks(context: LinkContext, leg: DraftLeg, pairing: Pairing): readonly DraftFallback[] {
  return pairing.uses.slice(1).flatMap((index) => {
    const use = context.resolved.uses[index];
    if (!use || operationOf(use) !== leg.operation) return [];
    const evidence = [context.book.add({ at: use.at, token: use.api, detector: use.surface.id, how: 'literal' })];
    const asked = sameCallers(context, { leg, use, pairing });
    const routes = draftOf(context, asked, index).flatMap((draft) => draft.legs.map((other) => other.primary));
    return distinct(routes).map(
      (candidate): DraftFallback => ({ candidate, class: 'auto', mechanism: pairing.mechanism, evidence }),
    );
  });
}

/** `ask(primary, spare)`: the spare of one caller stands behind the primary of that caller alone. */
function sameCallers(context: LinkContext, { leg, use, pairing }: { leg: DraftLeg; use: Use; pairing: Pairing }): Use {
  const first = context.resolved.uses[pairing.uses[0] ?? -1];
  const callers = new Set(
    (first?.targets ?? []).flatMap((target) =>
      first && candidatesOf(context, target, first.workload).some(({ route }) => route.id === leg.primary.route.id)
        ? [target.caller]
        : [],
    ),
  );
  if (!callers.size || callers.has(undefined)) return use;
  return { ...use, targets: use.targets.filter(({ caller }) => caller === undefined || callers.has(caller)) };
}

/** Alternatives that a user or the configuration picks from become one draft with manual fallbacks. */
function mergeMenus(context: LinkContext, drafts: readonly Draft[], switches: readonly Pairing[]): readonly Draft[] {
  const keys = menuKeys(context, drafts);
  const groups = new Map<string, Draft[]>();
  drafts.forEach((draft, index) => {
    const key = keys[index] ?? switchKey(draft, switches) ?? `single ${index}`;
    groups.set(key, [...(groups.get(key) ?? []), draft]);
  });
  return [...groups.values()].flatMap((group) => (group.length > 1 ? mergeMenu(group) : group));
}

function switchKey(draft: Draft, switches: readonly Pairing[]): string | undefined {
  const [leg, second] = draft.legs;
  const [own] = draft.uses;
  if (!leg || second || own === undefined) return undefined;
  const index = switches.findIndex((pairing) => pairing.uses.includes(own));
  return index < 0 ? undefined : `switch ${index} ${draft.workload} ${draft.context} ${leg.operation}`;
}

/** Primary: the most exposed, i.e. the one with the fewest routes of its own; known operators before unknown ones. */
function mergeMenu(group: readonly Draft[]): readonly Draft[] {
  const [head, ...rest] = [...group].sort((a, b) => unlikeliness(a) - unlikeliness(b) || closedness(b) - closedness(a));
  const [leg] = head?.legs ?? [];
  if (!head || !leg) return group;
  const others = rest.flatMap((draft) =>
    draft.legs.flatMap((other) => [other.primary, ...other.fallbacks.map((fallback) => fallback.candidate)]),
  );
  const manual = distinct(others).map(
    (candidate): DraftFallback => ({ candidate, class: 'manual', mechanism: 'menu', evidence: candidate.route.evidence }),
  );
  return [{ ...mergeRest(head, rest), legs: [{ ...leg, fallbacks: [...leg.fallbacks, ...manual] }] }];
}

/** A choice that nobody can make any more, or that leads nobody knows where, is not the default. */
function unlikeliness(draft: Draft): number {
  const primary = draft.legs[0]?.primary;
  return (primary?.who.operator === undefined ? 2 : 0) + (primary?.route.retired ? 1 : 0);
}

function closedness(draft: Draft): number {
  const route = draft.legs[0]?.primary.route;
  return (route?.openWeights === false ? 2 : 0) + (route?.selfHosted ? 0 : 1);
}

function mergeRest(head: Draft, rest: readonly Draft[]): Draft {
  const features = new Map<string, Set<EvidenceId>>();
  for (const draft of [head, ...rest])
    for (const [feature, ids] of draft.features) features.set(feature, new Set([...(features.get(feature) ?? []), ...ids]));
  return { ...head, uses: [...new Set([head, ...rest].flatMap((draft) => draft.uses))].sort((a, b) => a - b), features };
}

function keyOf(draft: Draft): string {
  return [draft.workload, draft.context, ...draft.legs.map((leg) => `${leg.operation} ${leg.primary.route.id}`)].join('\n');
}

/** Drafts of one key are one capability, protected as well as its least protected call. */
function mergeSame(drafts: readonly Draft[]): readonly Draft[] {
  const groups = new Map<string, Draft[]>();
  for (const draft of drafts) groups.set(keyOf(draft), [...(groups.get(keyOf(draft)) ?? []), draft]);
  return [...groups.values()].flatMap((group) => {
    const [head, ...rest] = group;
    if (!head) return [];
    const legs = head.legs.map((leg, index): DraftLeg => {
      const same = group.flatMap((draft) => draft.legs.slice(index, index + 1));
      return {
        ...leg,
        fallbacks: common(same),
        stores: [...new Map(same.flatMap((one) => one.stores).map((store) => [store.id, store])).values()],
      };
    });
    return [{ ...mergeRest(head, rest), legs }];
  });
}

/** Fallbacks that every call has, each with its weakest class. */
function common(legs: readonly DraftLeg[]): readonly DraftFallback[] {
  const [head, ...rest] = legs;
  return strongest(head?.fallbacks ?? []).flatMap((fallback) => {
    const others = rest.map((leg) =>
      strongest(leg.fallbacks).find((other) => other.candidate.route.id === fallback.candidate.route.id),
    );
    if (others.some((other) => !other)) return [];
    const weakest = Math.min(...[fallback, ...others].map((one) => (one ? ORDER.indexOf(one.class) : 0)));
    return [{ ...fallback, class: ORDER[weakest] ?? 'dead' }];
  });
}

/** One fallback per route, the strongest evidence. */
function strongest(fallbacks: readonly DraftFallback[]): readonly DraftFallback[] {
  const best = new Map<string, DraftFallback>();
  for (const fallback of fallbacks) {
    const known = best.get(fallback.candidate.route.id);
    if (!known || ORDER.indexOf(fallback.class) > ORDER.indexOf(known.class)) best.set(fallback.candidate.route.id, fallback);
  }
  return [...best.values()];
}

/** Embeddings, reranking and moderation that one request needs together with a chat become its legs; the others stay for themselves. */
function inSeries(context: LinkContext, main: readonly Draft[], side: readonly Draft[]): readonly Draft[] {
  const taken = new Set<Draft>();
  const joined = main.map((draft): Draft => {
    const near = new Set(draft.uses.flatMap((index) => context.resolved.uses[index]?.reaches ?? []));
    const sides = side.filter(
      (other) => other.workload === draft.workload && other.context === draft.context && other.uses.some((use) => near.has(use)),
    );
    if (!sides.length || draft.legs.length > 1) return draft;
    for (const one of sides) taken.add(one);
    const legs = mergeSame(sides).flatMap((one) => one.legs);
    return {
      ...mergeRest(draft, sides),
      legs: [...legs.sort((a, b) => byText(a.primary.route.id, b.primary.route.id)), ...draft.legs],
    };
  });
  return [...joined, ...side.filter((draft) => !taken.has(draft))];
}

function isSide(draft: Draft): boolean {
  return draft.legs.every((leg) => SIDE.has(leg.operation));
}
