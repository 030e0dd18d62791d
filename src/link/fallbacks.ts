/** Fallbacks of the inventory: those of calls, and those that code sets up for others to call. */
import type { Capability, Route, RouteFallback } from '../model/graph.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Target } from '../model/resolved.ts';
import { uniqueKey } from './call-sites.ts';
import type { LinkContext } from './context.ts';
import { byText } from './evidence.ts';
import { areTwo } from './gateway-inventory.ts';
import { entryOf, type ProviderSighting, sightingsOf } from './inventory.ts';
import { candidatesOf } from './routes.ts';

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
  return [...found, ...setUp(context, capabilities)].filter(uniqueKey());
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
  const crossProvider = others.some((route) => leaves(context, from, route));
  if (!crossProvider && isRetry(context, from, { fallback: first, others })) return [];
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

/** Fallbacks that code sets up for a model which no call here asks. */
function setUp(context: LinkContext, capabilities: readonly Capability[]): Inventory['fallbacks'] {
  const used = new Set(
    capabilities.flatMap(({ legs }) => legs.flatMap((leg) => leg.fallbacks.flatMap((fallback) => fallback.evidence))),
  );
  const { uses, spares } = context.resolved;
  return [...spares, ...uses.filter(({ operation }) => operation === 'client')].flatMap((one) =>
    one.fallbacks.flatMap((fallback): Inventory['fallbacks'] => {
      const evidence = context.book.add({ at: fallback.at, token: fallback.mechanism, detector: one.surface.id, how: 'literal' });
      const routesTo = (targets: readonly Target[]) =>
        targets.flatMap((target) => candidatesOf(context, target, one.workload).map(({ route }) => route));
      const own = routesTo(one.targets);
      const others = routesTo(fallback.targets);
      const from = own.length ? own.map((route) => operatorOf(context, route)) : [undefined];
      const crossProvider = others.some((route) => from.some((runner) => areTwo(context, runner, operatorOf(context, route))));
      const isRepeat = !crossProvider && own.every((route) => isRetry(context, route, { fallback, others }));
      if (used.has(evidence) || isRepeat) return [];
      const { class: kind, mechanism } = fallback;
      const key = `${one.path} ${mechanism} ${evidence}`;
      const base = { context: one.context, evidence: [evidence], confidence: 0.9, how: 'literal' as const };
      return [
        { ...entryOf(context, { ...base, id: key, key }), kind: mechanism, class: kind, from: null, to: [], crossProvider },
      ];
    }),
  );
}

/** Who is asked when such a model fails. */
export function spareSightings(context: LinkContext): readonly ProviderSighting[] {
  return context.resolved.spares.flatMap((one) =>
    one.fallbacks.flatMap(({ targets }) =>
      targets.flatMap((target) =>
        candidatesOf(context, target, one.workload).flatMap(({ route }) => sightingsOf(context, route, one.context)),
      ),
    ),
  );
}

/** Behind one gateway, somebody unknown may be anybody. */
function leaves(context: LinkContext, from: Route, to: Route): boolean {
  const isOpen = from.provider === undefined || to.provider === undefined;
  if (isOpen && from.gateway !== undefined && from.gateway === to.gateway) return false;
  return areTwo(context, operatorOf(context, to), operatorOf(context, from));
}

interface Spares {
  readonly fallback: Pick<RouteFallback, 'class' | 'mechanism'>;
  readonly others: readonly Route[];
}

/** The same operator again, and no option that names another model. */
function isRetry(context: LinkContext, from: Route, { fallback, others }: Spares): boolean {
  const isNamed = fallback.class === 'auto' && isOption(context, fallback.mechanism);
  if (isNamed && others.some(({ modelId }) => modelId !== from.modelId)) return false;
  return !isHosted(context, from.gateway) && others.every((route) => route.provider === from.provider);
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
