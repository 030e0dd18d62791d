/** What configurations of gateways show by themselves, whether code calls the gateway or not. */
import type { Capability } from '../model/graph.ts';
import type { Inventory } from '../model/inventory.ts';
import type { GatewayFallback, GatewayModel } from '../model/resolved.ts';
import { entryCandidate } from './behind.ts';
import type { LinkContext } from './context.ts';
import { detectorOf } from './detector.ts';
import { byText, placeOf } from './evidence.ts';
import { behindIn, type GatewayFile } from './gateways.ts';
import { byKey, entryOf, type ProviderSighting, placedEntry, sightingsOf } from './inventory.ts';
import type { Candidate } from './routes.ts';

/** Every entry as a route of its own. */
export function entryRoutes(context: LinkContext): readonly { readonly entry: GatewayModel; readonly candidate: Candidate }[] {
  return context.gateways.files.flatMap((file) =>
    file.models.map((entry) => ({ entry, candidate: entryCandidate(context, { entry, asked: entry.name, file }) })),
  );
}

/** Upstreams, and the gateways themselves: also those whose models are kept elsewhere. */
export function configuredSightings(context: LinkContext): readonly ProviderSighting[] {
  const models = entryRoutes(context).flatMap(({ entry, candidate }) => sightingsOf(context, candidate.route, entry.context));
  const gateways = context.resolved.gateways.map(
    (entry): ProviderSighting => ({
      id: entry.gateway,
      role: 'gateway',
      context: entry.context,
      evidence: [evidenceOf(context, entry)],
      confidence: 1,
      how: 'config',
    }),
  );
  return [...models, ...gateways];
}

function evidenceOf(context: LinkContext, { at, path, gateway }: LinkContext['resolved']['gateways'][number]): string {
  return context.book.add({ at, token: gateway, detector: detectorOf(path), how: 'config' });
}

/** Gateways that are configured and that no call reaches. */
export function configuredGateways(context: LinkContext, reached: Inventory['gateways']): Inventory['gateways'] {
  const known = new Set(reached.map((one) => `${one.id} ${one.context}`));
  const rows = context.resolved.gateways.filter((entry) => !known.has(`${entry.gateway} ${entry.context}`));
  const byGateway = new Map(rows.map((entry) => [`${entry.gateway} ${entry.context}`, entry] as const).toReversed());
  const added = [...byGateway].map(([key, { gateway, context: where }]) => {
    const provider = context.catalog.providers.get(gateway);
    const evidence = rows
      .filter((one) => one.gateway === gateway && one.context === where)
      .map((one) => evidenceOf(context, one));
    return {
      ...entryOf(context, { id: gateway, key, context: where, evidence, confidence: 1, how: 'config' as const }),
      name: provider?.name ?? gateway,
      deployment: provider?.selfHosted ? ('self-hosted' as const) : ('hosted' as const),
      behind: [],
    };
  });
  return [...reached, ...added].sort(byKey);
}

/** Regions that entries are bound to. */
export function configuredRegions(context: LinkContext): Inventory['regions'] {
  return entryRoutes(context).flatMap(({ entry, candidate }) => {
    const cloud = candidate.who.operator?.cloud;
    return (entry.facets.region ?? []).flatMap((reading) => {
      const region = cloud && reading.text && !reading.why ? context.catalog.region(cloud, reading.text) : undefined;
      const at = placeOf(reading);
      if (!region || !at || reading.text === undefined) return [];
      const { how, confidence } = reading;
      const evidence = [context.book.add({ at, token: reading.text, detector: detectorOf(at.path), how, confidence })];
      const id = `${region.cloud}:${region.id}`;
      const key = `${id} ${at.path}:${at.line}:${at.column} 1 endpoint`;
      return [
        {
          ...placedEntry(context, { id, key, context: entry.context, evidence, confidence, how }),
          cloud: region.cloud,
          region: region.id,
          country: region.country,
          role: 'endpoint' as const,
        },
      ];
    });
  });
}

/** Fallbacks that are configured for names which no call asks for. */
export function configuredFallbacks(context: LinkContext, capabilities: readonly Capability[]): Inventory['fallbacks'] {
  const used = new Set(
    capabilities.flatMap(({ legs }) => legs.flatMap((leg) => leg.fallbacks.flatMap((fallback) => fallback.evidence))),
  );
  return context.gateways.files.flatMap((file) =>
    file.fallbacks.flatMap((fallback) => {
      const token = fallback.name === '*' ? fallback.mechanism : fallback.name;
      const evidence = context.book.add({ at: fallback.at, token, detector: detectorOf(file.path), how: 'literal' });
      const reach = reachOf(context, file, fallback);
      if (used.has(evidence) || reach === undefined) return [];
      const base = { context: fallback.context, evidence: [evidence], confidence: 0.9, how: 'config' as const };
      return [
        {
          ...entryOf(context, {
            ...base,
            id: `${file.path}:${fallback.name}`,
            key: `${file.path} ${fallback.mechanism} ${evidence}`,
          }),
          kind: fallback.mechanism,
          class: fallback.class,
          from: null,
          to: [],
          crossProvider: reach === 'cross',
        },
      ];
    }),
  );
}

/** Whether a fallback leaves the operator; undefined: it only tries the same one again, or names nothing. */
function reachOf(context: LinkContext, file: GatewayFile, { name, to }: GatewayFallback): 'cross' | 'same' | undefined {
  const operators = (names: readonly string[]) =>
    new Set(
      names
        .flatMap((one) => behindIn(file, one))
        .map((behind) => entryCandidate(context, behind).route.provider ?? `unknown ${behind.entry.name}`),
    );
  const spares = operators(to);
  const own = operators(name === '*' ? file.models.map((model) => model.name) : [name]);
  if (!spares.size || !own.size) return undefined;
  const isCross = [...spares].some((operator) => [...own].some((other) => other !== operator));
  return isCross ? 'cross' : undefined;
}

/** Whatever a configuration keeps elsewhere, once per place. */
export function hiddenIn(context: LinkContext): readonly string[] {
  return context.resolved.gateways
    .filter((entry) => entry.kind === 'opaque' && entry.context === 'production')
    .map((entry) => (entry.kind === 'opaque' ? entry.why : ''))
    .sort(byText);
}
