/** Everything seen, one entry per id and place; providers, clouds and gateways one per id and context. */
import type { Context } from '../model/collected.ts';
import type { Evidence, EvidenceId, Route } from '../model/graph.ts';
import type { Inventory, InventoryEntry, ProviderRole } from '../model/inventory.ts';
import type { How } from '../model/reading.ts';
import type { Draft } from './capabilities.ts';
import type { LinkContext } from './context.ts';
import { byText } from './evidence.ts';

/** Something seen of a provider: where, and as what. */
export interface ProviderSighting {
  readonly id: string;
  readonly role: ProviderRole;
  readonly context: Context;
  readonly evidence: readonly EvidenceId[];
  readonly confidence: number;
  readonly how: How;
}

/** Providers by id and context, roles and evidence united. */
export function providersOf(context: LinkContext, sightings: readonly ProviderSighting[]): Inventory['providers'] {
  const groups = new Map<string, ProviderSighting[]>();
  for (const sighting of sightings) {
    const key = `${sighting.id} ${sighting.context}`;
    groups.set(key, [...(groups.get(key) ?? []), sighting]);
  }
  return [...groups]
    .flatMap(([key, group]) => {
      const [first] = group;
      if (!first) return [];
      const provider = context.catalog.providers.get(first.id);
      const roles = [...new Set(group.map((one) => one.role))].sort(byText);
      return [
        {
          ...entryOf(context, {
            id: first.id,
            key,
            context: first.context,
            evidence: group.flatMap((one) => one.evidence),
            confidence: Math.max(...group.map((one) => one.confidence)),
            how: first.how,
          }),
          name: provider?.name ?? first.id,
          kind: provider?.kind ?? 'unknown',
          roles,
        },
      ];
    })
    .sort(byKey);
}

export interface EntryInput {
  readonly id: string;
  readonly key: string;
  readonly context: Context;
  readonly evidence: readonly EvidenceId[];
  readonly confidence: number;
  readonly how: How;
}

/** The common part of an entry; path and line are those of its first evidence. */
export function entryOf(context: LinkContext, { id, key, evidence, ...rest }: EntryInput): InventoryEntry {
  const places = [...new Set(evidence)].flatMap((one): Evidence[] => {
    const found = context.book.get(one);
    return found ? [found] : [];
  });
  places.sort((a, b) => byText(a.path, b.path) || a.line - b.line || a.column - b.column || byText(a.id, b.id));
  return { id, key, ...rest, evidence: places.map((place) => place.id), path: places[0]?.path ?? '', line: places[0]?.line ?? 0 };
}

/** An entry that keeps the order of its evidence: its own place first. */
export function placedEntry(context: LinkContext, { id, key, evidence, ...rest }: EntryInput): InventoryEntry {
  const ids = [...new Set(evidence)];
  const place = ids[0] ? context.book.get(ids[0]) : undefined;
  return { id, key, ...rest, evidence: ids, path: place?.path ?? '', line: place?.line ?? 0 };
}

export function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return byText(a.key, b.key);
}

/** Provider ids a route reaches: gateway, operator or runtime; an open endpoint has none. */
export function reachedProviders(route: Route): readonly string[] {
  const hop = route.gateway?.slice('gateway:'.length);
  return [...(hop ? [hop] : []), ...(route.provider ? [route.provider] : [])];
}

/** Sightings of operators, gateways, runtimes and makers in every route a call can take. */
export function draftSightings(context: LinkContext, drafts: readonly Draft[]): readonly ProviderSighting[] {
  return drafts.flatMap((draft) =>
    draft.legs.flatMap((leg) =>
      [leg.primary, ...leg.fallbacks.map((fallback) => fallback.candidate)].flatMap(({ route }) =>
        sightingsOf(context, route, draft.context),
      ),
    ),
  );
}

/** What one route says of providers. A gateway's upstream is a claim only where the code names it. */
export function sightingsOf(context: LinkContext, route: Route, where: Context): readonly ProviderSighting[] {
  const base = { context: where, evidence: route.evidence, how: route.how };
  const found: ProviderSighting[] = [];
  const hop = route.gateway?.slice('gateway:'.length);
  if (hop) found.push({ ...base, id: hop, role: 'gateway', confidence: hop && route.provider ? 1 : route.confidence });
  if (route.provider) {
    const provider = context.catalog.providers.get(route.provider);
    found.push({
      ...base,
      id: route.provider,
      role: provider?.selfHosted ? 'runtime' : 'operator',
      confidence: route.confidence,
    });
  }
  for (const node of route.nodes.maker ?? []) {
    if ('node' in node)
      found.push({ ...base, id: node.node.slice('maker:'.length), role: 'maker', confidence: route.confidence });
  }
  return found;
}
