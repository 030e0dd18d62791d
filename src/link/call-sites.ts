/** Call sites, fallbacks, gateways and features of the inventory. */
import type { Capability, Route, RouteFallback } from '../model/graph.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Use } from '../model/resolved.ts';
import { withSpares } from './behind.ts';
import type { LinkContext } from './context.ts';
import { byText } from './evidence.ts';
import { featuresOfUse } from './features.ts';
import { areTwo } from './gateway-inventory.ts';
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

function uniqueKey(): (entry: { readonly key: string }) => boolean {
  const seen = new Set<string>();
  return ({ key }) => !seen.has(key) && seen.add(key).size > 0;
}

/** Mechanisms where somebody chooses: no failover, whatever became of the route. */
const CHOSEN = new Set(['menu', 'switch', 'default']);

/** Code that tries again. */
const WRITTEN = new Set(['try-catch', 'catch-callback', 'loop']);

/** Automatic mechanisms. A retry at the same operator, or the same endpoint again, is none; an option that names another model is one. */
export function fallbacksOf(
  context: LinkContext,
  capabilities: readonly Capability[],
  routes: ReadonlyMap<string, Route>,
): Inventory['fallbacks'] {
  const found = capabilities.flatMap((capability) =>
    capability.legs.flatMap((leg) => {
      const byMechanism = new Map<string, RouteFallback[]>();
      for (const fallback of leg.fallbacks) {
        if (CHOSEN.has(fallback.mechanism) || fallback.class === 'manual') continue;
        const key = `${fallback.mechanism} ${fallback.evidence[0] ?? ''}`;
        byMechanism.set(key, [...(byMechanism.get(key) ?? []), fallback]);
      }
      return [...byMechanism.values()].flatMap((group) =>
        fallbackEntry(context, { capability, primary: leg.primary, group, routes }),
      );
    }),
  );
  return found.filter(uniqueKey()).sort(byKey);
}

interface FallbackGroup {
  readonly capability: Capability;
  readonly primary: string;
  readonly group: readonly RouteFallback[];
  readonly routes: ReadonlyMap<string, Route>;
}

function fallbackEntry(context: LinkContext, { capability, primary, group, routes }: FallbackGroup): Inventory['fallbacks'] {
  const [first] = group;
  const from = routes.get(primary);
  if (!first || !from) return [];
  const others = group.flatMap((fallback) => routes.get(fallback.route) ?? []);
  const crossProvider = others.some((route) => areTwo(context, operatorOf(context, route), operatorOf(context, from)));
  const isNamed =
    first.class === 'auto' && isOption(context, first.mechanism) && others.some(({ modelId }) => modelId !== from.modelId);
  const isRetry =
    !crossProvider && !isNamed && !isHosted(context, from.gateway) && others.every((route) => route.provider === from.provider);
  if (isRetry) return [];
  return [
    {
      ...entryOf(context, {
        id: `${capability.id}:${first.mechanism}`,
        key: `${capability.id} ${first.mechanism} ${first.evidence[0] ?? ''}`,
        context: capability.context,
        evidence: first.evidence,
        confidence: 0.9,
        how: 'literal',
      }),
      kind: first.mechanism,
      class: first.class,
      from: primary,
      to: group.map((fallback) => fallback.route).sort(byText),
      crossProvider,
    },
  ];
}

/** Neither code that tries again nor a pool that shares the load. */
function isOption({ catalog }: LinkContext, mechanism: string): boolean {
  return (
    !WRITTEN.has(mechanism) &&
    ![...catalog.configs.values()].some(({ pools }) => pools.some((pool) => pool.mechanism === mechanism))
  );
}

/** Whom a hosted gateway calls is its own affair; one's own says so in its configuration. */
function isHosted(context: LinkContext, gateway: string | undefined): boolean {
  return gateway !== undefined && !context.catalog.providers.get(gateway.slice('gateway:'.length))?.selfHosted;
}

/** Who runs a route; behind a hosted gateway that does not say, the gateway. */
function operatorOf(context: LinkContext, { provider, gateway }: Route): string | undefined {
  return provider ?? (isHosted(context, gateway) ? gateway?.slice('gateway:'.length) : undefined);
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
