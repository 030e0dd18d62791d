/** Clients and resources as rules look at them. */
import type { Capability, ClientElement, Linked, ResourceElement } from '../model/graph.ts';
import type { Reading } from '../model/reading.ts';
import type { LinkContext } from './context.ts';
import { byText } from './evidence.ts';
import type { KnownResource } from './infrastructure.ts';
import { candidatesOf } from './routes.ts';

/** Every client that code makes, with how its options are known. */
export function clientsOf(context: LinkContext, capabilities: readonly Capability[]): Linked['clients'] {
  const byEvidence = new Map<string, Set<string>>();
  const routes = new Map<string, string[]>();
  for (const capability of capabilities) {
    for (const leg of capability.legs)
      for (const id of [leg.primary, ...leg.fallbacks.map((fallback) => fallback.route)])
        routes.set(id, [...(routes.get(id) ?? []), capability.id]);
  }
  const clients = new Map<string, ClientElement>();
  for (const use of context.resolved.uses) {
    for (const target of use.targets) {
      const id = context.book.add({
        at: target.at,
        token: target.made[0]?.api || target.surface.id,
        detector: target.surface.id,
        how: 'literal',
      });
      const candidates = candidatesOf(context, target, use.workload);
      const serves = byEvidence.get(id) ?? new Set<string>();
      for (const { route } of candidates) for (const capability of routes.get(route.id) ?? []) serves.add(capability);
      byEvidence.set(id, serves);
      const provider = candidates[0]?.route.provider ?? candidates[0]?.who.gateway?.id;
      const region = known(target.facets.region);
      const element: ClientElement = {
        id,
        ...(provider ? { provider } : {}),
        ...(target.surface.package ? { sdk: target.surface.package } : {}),
        ...(region?.text ? { region: region.text } : {}),
        regionHow: howOf(target.facets.region),
        baseUrlHow: howOf(target.facets.baseUrl),
        modelHow: howOf(target.facets.model),
        ...(known(target.facets.apiVersion)?.text ? { apiVersion: known(target.facets.apiVersion)?.text ?? '' } : {}),
        workload: use.workload,
        context: use.context,
        capabilities: [...serves].sort(byText),
        evidence: [id],
      };
      const old = clients.get(id);
      clients.set(
        id,
        old ? { ...old, ...element, modelHow: old.modelHow === 'none' ? element.modelHow : old.modelHow } : element,
      );
    }
  }
  return [...clients.values()].sort((a, b) => byText(a.id, b.id));
}

function known(readings: readonly Reading[] | undefined): Reading | undefined {
  return readings?.find((reading) => reading.text !== undefined && !reading.why);
}

function howOf(readings: readonly Reading[] | undefined): ClientElement['modelHow'] {
  if (!readings?.length) return 'none';
  return known(readings)?.how ?? 'unknown';
}

/** Resources with what rules read of them. A resource that another one copies to a second place is replicated. */
export function resourceElements(
  context: LinkContext,
  known: readonly KnownResource[],
  capabilities: readonly Capability[],
): Linked['resources'] {
  const copied = new Set(
    known
      .filter(({ resource }) => /replicat|global_|geo|secondary|failover/.test(resource.type))
      .flatMap(({ resource }) => resource.references),
  );
  return known
    .filter(({ resource }) => resource.block === 'resource' || resource.block === 'service')
    .map(({ resource, type, provider, cloud, regions, sku, evidence }): ResourceElement => {
      const [region] = regions;
      const id = `${resource.path}:${resource.type}.${resource.name}`;
      const serves = capabilities
        .filter((capability) => capability.workload === resource.workload || isOneWorkload(context))
        .map((capability) => capability.id);
      const provided = provider?.id;
      return {
        id,
        type: resource.type,
        name: resource.name,
        layer: type?.layer ?? (provider?.kind === 'vector-store' ? 'store' : 'other'),
        ...(provided ? { provider: provided } : {}),
        ...(cloud ? { cloud } : {}),
        ...(cloud && region ? { region: `region:${cloud}:${region.region}` as const } : {}),
        ...(sku ? { sku } : {}),
        ...(type?.feature ? { feature: type.feature } : {}),
        attributes: Object.fromEntries(
          Object.entries(resource.attributes).flatMap(([path, readings]) => {
            const text = readings.find((reading) => reading.text !== undefined && !reading.why)?.text;
            return text === undefined ? [] : [[path, text]];
          }),
        ),
        replicated:
          copied.has(`${resource.type}.${resource.name}`) ||
          Object.keys(resource.attributes).some((path) => /replica|geo_location|failover_location/.test(path)),
        capabilities: serves,
        workload: resource.workload,
        context: resource.context,
        evidence: [evidence],
      };
    })
    .sort((a, b) => byText(a.id, b.id));
}

function isOneWorkload(context: LinkContext): boolean {
  return new Set(context.resolved.uses.map((use) => use.workload)).size === 1;
}
