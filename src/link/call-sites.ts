/** Call sites, fallbacks, gateways and features of the inventory. */
import type { Capability, Route } from '../model/graph.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Use } from '../model/resolved.ts';
import { withSpares } from './behind.ts';
import type { LinkContext } from './context.ts';
import { byText } from './evidence.ts';
import { featuresOfUse } from './features.ts';
import { byKey, entryOf, placedEntry, reachedProviders } from './inventory.ts';
import { candidatesOf } from './routes.ts';

/** Routes of a use: own targets and catalog fallbacks. */
export function routesOfUse(context: LinkContext, use: Use): readonly Route[] {
  const targets = [
    ...use.targets.filter((target) => !target.store || target.operator),
    ...use.fallbacks.flatMap((fallback) => fallback.targets),
  ];
  return targets.flatMap((target) => withSpares(context, candidatesOf(context, target, use.workload)).map(({ route }) => route));
}

/** Model calls, listings at providers, and the construction of clients and models. */
export function callSitesOf(context: LinkContext, capabilities: readonly Capability[]): Inventory['callSites'] {
  const bySite = new Map<string, string[]>();
  for (const capability of capabilities)
    for (const site of capability.sites) bySite.set(site, [...(bySite.get(site) ?? []), capability.id]);
  const fallbackRoutes = new Set(
    capabilities.flatMap((capability) =>
      capability.legs.flatMap((leg) => [leg.primary, ...leg.fallbacks.map((fallback) => fallback.route)]),
    ),
  );
  return context.resolved.uses
    .filter((use) => isListed(use))
    .map((use) => {
      const routes = routesOfUse(context, use);
      const id = context.book.add({ at: use.at, token: use.api, detector: use.surface.id, how: 'literal' });
      const known = [...new Set(routes.map((route) => route.id))].filter((route) => fallbackRoutes.has(route)).sort(byText);
      const operation = use.operation === 'http' ? 'metadata' : use.operation;
      return {
        ...placedEntry(context, {
          id: `${use.path}:${use.at.line}:${use.at.column}`,
          key: `${use.path}:${use.at.line}:${use.at.column} ${operation} ${use.api}`,
          context: use.context,
          evidence: [id],
          confidence: Math.max(0.6, ...routes.map((route) => route.confidence)),
          how: 'literal' as const,
        }),
        operation,
        api: use.api,
        operators: [...new Set(routes.flatMap(reachedProviders))].sort(byText),
        models: [...new Set(routes.flatMap((route) => (route.modelId ? [route.modelId] : [])))].sort(byText),
        routes: known,
        capabilities: [...new Set(bySite.get(id) ?? [])].sort(byText),
      };
    })
    .filter(uniqueKey())
    .sort(byKey);
}

/** Listings through an SDK run no model and are none; a raw request to a provider's address is named whatever it asks. */
function isListed(use: Use): boolean {
  if (use.operation === 'metadata') return use.targets.some((target) => target.api === 'http');
  return use.operation !== 'client' || use.targets.some((target) => !target.store);
}

export function uniqueKey(): (entry: { readonly key: string }) => boolean {
  const seen = new Set<string>();
  return ({ key }) => !seen.has(key) && seen.add(key).size > 0;
}

/** Hops on the wire. */
export function gatewaysOf(
  context: LinkContext,
  routes: readonly { readonly route: Route; readonly context: Inventory['gateways'][number]['context'] }[],
): Inventory['gateways'] {
  const groups = new Map<string, { route: Route; context: Inventory['gateways'][number]['context'] }[]>();
  for (const one of routes) {
    if (!one.route.gateway) continue;
    const key = `${one.route.gateway.slice('gateway:'.length)} ${one.context}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups]
    .flatMap(([key, group]) => {
      const [first] = group;
      const id = first?.route.gateway?.slice('gateway:'.length);
      if (!first || !id) return [];
      const provider = context.catalog.providers.get(id);
      const deployment = provider?.selfHosted ? ('self-hosted' as const) : ('hosted' as const);
      const behind = [...new Set(group.flatMap(({ route }) => (route.provider ? [route.provider] : [])))].sort(byText);
      return [
        {
          ...entryOf(context, {
            id,
            key,
            context: first.context,
            evidence: group.flatMap(({ route }) => route.evidence),
            confidence: 1,
            how: 'literal' as const,
          }),
          name: provider?.name ?? id,
          deployment,
          behind,
        },
      ];
    })
    .sort(byKey);
}

/** Provider-only features in use. */
export function featuresOf(context: LinkContext): Inventory['features'] {
  const found = context.resolved.uses.flatMap((use) =>
    featuresOfUse(context, use).map(({ feature, at }) => {
      const known = context.catalog.features.get(feature);
      const evidence = context.book.add({ at, token: feature, detector: use.surface.id, how: 'literal' });
      return {
        ...placedEntry(context, {
          id: feature,
          key: `${feature} ${use.context} ${at.path}:${at.line}:${at.column}`,
          context: use.context,
          evidence: [evidence],
          confidence: 1,
          how: 'literal' as const,
        }),
        name: known?.name ?? feature,
        providers: known?.providers ?? [],
      };
    }),
  );
  return found.filter(uniqueKey()).sort(byKey);
}
