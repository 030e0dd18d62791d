/** What configurations of gateways show by themselves, whether code calls the gateway or not. */
import type { Capability } from '../model/graph.ts';
import type { Inventory } from '../model/inventory.ts';
import type { GatewayFallback, GatewayModel } from '../model/resolved.ts';
import { entryCandidate } from './behind.ts';
import type { LinkContext } from './context.ts';
import { detectorOf } from './detector.ts';
import { byText, placeOf } from './evidence.ts';
import { type Behind, behindIn, type GatewayFile } from './gateways.ts';
import { byKey, entryOf, type ProviderSighting, placedEntry, sightingsOf } from './inventory.ts';
import type { Candidate } from './routes.ts';

interface EntryRoute {
  readonly entry: GatewayModel;
  readonly candidate: Candidate;
}

const entries = new WeakMap<LinkContext, readonly EntryRoute[]>();

/** Every entry as a route of its own. */
export function entryRoutes(context: LinkContext): readonly EntryRoute[] {
  const known = entries.get(context);
  if (known) return known;
  const found = context.gateways.files.flatMap((file) =>
    file.models.map((entry) => ({ entry, candidate: entryCandidate(context, { entry, asked: entry.name, file }) })),
  );
  entries.set(context, found);
  return found;
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

/** Fallbacks that are configured and that no call reaches. */
export function configuredFallbacks(context: LinkContext, capabilities: readonly Capability[]): Inventory['fallbacks'] {
  const used = new Set(
    capabilities.flatMap(({ legs }) => legs.flatMap((leg) => leg.fallbacks.flatMap((fallback) => fallback.evidence))),
  );
  return context.gateways.files.flatMap((file) =>
    spareWays(file).flatMap((way) => {
      const reach = reachOf(context, way);
      if (reach === undefined) return [];
      const evidence = context.book.add({ at: way.at, token: way.token, detector: detectorOf(file.path), how: 'literal' });
      if (used.has(evidence)) return [];
      const base = { context: way.context, evidence: [evidence], confidence: 0.9, how: 'config' as const };
      const id = `${file.path}:${way.name}`;
      return [
        {
          ...entryOf(context, { ...base, id, key: `${file.path} ${way.mechanism} ${evidence}` }),
          kind: way.mechanism,
          class: way.class,
          from: null,
          to: [],
          crossProvider: reach === 'cross',
        },
      ];
    }),
  );
}

interface Way extends Pick<GatewayFallback, 'at' | 'name' | 'class' | 'mechanism' | 'context'> {
  readonly token: string;
  readonly own: readonly Behind[];
  readonly spares: readonly Behind[];
  /** It names other models; else one of a pool follows the other. */
  readonly isNamed: boolean;
}

/** Fallbacks that name other models, and further entries of one name that are tried when its first fails. */
function spareWays(file: GatewayFile): readonly Way[] {
  const named = file.fallbacks.map((fallback): Way => {
    const isAll = fallback.name === '*';
    const own = isAll ? file.models.map((entry) => ({ entry, asked: entry.name, file })) : behindIn(file, fallback.name);
    const spares = fallback.to.flatMap((name) => behindIn(file, name));
    return { ...fallback, token: isAll ? fallback.mechanism : fallback.name, own, spares, isNamed: true };
  });
  const firsts = new Map(file.models.map((entry) => [entry.name, entry] as const).toReversed());
  const pooled = file.models.flatMap((entry): readonly Way[] => {
    const first = firsts.get(entry.name);
    if (!first || first === entry || entry.class === 'manual') return [];
    const behind = (one: GatewayModel): Behind => ({ entry: one, asked: entry.name, file });
    return [{ ...entry, token: entry.name || entry.mechanism, own: [behind(first)], spares: [behind(entry)], isNamed: false }];
  });
  return [...named, ...pooled];
}

/** Whether a fallback leaves the operator; undefined: it only tries the same again, or names nothing. */
function reachOf(context: LinkContext, { own, spares, isNamed, class: kind }: Way): 'cross' | 'same' | undefined {
  const leaves = (from: Behind, to: Behind) => areTwo(context, runnerOf(context, from), runnerOf(context, to));
  const isCross = spares.some((spare) => own.some((one) => leaves(one, spare)));
  if (isCross) return 'cross';
  const asked = new Set(own.map(modelOf));
  return isNamed && kind === 'auto' && own.length && spares.some((spare) => !asked.has(modelOf(spare))) ? 'same' : undefined;
}

/** Two who are known to differ. Somebody unknown may be any of those who run models themselves. */
export function areTwo({ catalog }: LinkContext, one: string | undefined, other: string | undefined): boolean {
  if (one !== undefined && other !== undefined) return one !== other;
  const known = catalog.providers.get(one ?? other ?? '');
  return known !== undefined && !known.selfHosted;
}

function modelOf({ entry: { name, facets } }: Behind): string {
  return facets.model?.[0]?.text ?? name;
}

const runners = new WeakMap<LinkContext, ReadonlyMap<GatewayModel, string | undefined>>();

/** Who runs an entry, if that is known; entries that a pattern fills in are looked at anew. */
function runnerOf(context: LinkContext, behind: Behind): string | undefined {
  const known =
    runners.get(context) ??
    new Map(entryRoutes(context).map(({ entry, candidate }) => [entry, candidate.route.provider] as const));
  runners.set(context, known);
  return known.has(behind.entry) ? known.get(behind.entry) : entryCandidate(context, behind).route.provider;
}

/** Whatever a configuration keeps elsewhere, once per place. */
export function hiddenIn(context: LinkContext): readonly string[] {
  return context.resolved.gateways
    .filter((entry) => entry.kind === 'opaque' && entry.context === 'production')
    .map((entry) => (entry.kind === 'opaque' ? entry.why : ''))
    .sort(byText);
}
