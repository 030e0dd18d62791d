/** Packages, regions, clouds and infrastructure of the inventory. */
import type { Inventory } from '../model/inventory.ts';
import type { Reading } from '../model/reading.ts';
import type { Location } from '../model/source.ts';
import type { LinkContext } from './context.ts';
import { detectorOf } from './detector.ts';
import { placeOf } from './evidence.ts';
import { configuredRegions } from './gateway-inventory.ts';
import type { KnownResource } from './infrastructure.ts';
import { byKey, entryOf, type ProviderSighting, placedEntry } from './inventory.ts';
import { operatorId } from './operators.ts';
import { candidatesOf } from './routes.ts';

type Region = Inventory['regions'][number];

/** One place may feed several resources (a variable's default): what is deployed there comes first. */
const ROLES: readonly Region['role'][] = ['deploy', 'endpoint', 'data', 'state', 'table'];

function keyOf(id: string, role: Region['role'], at: Location): string {
  return `${id} ${at.path}:${at.line}:${at.column} ${ROLES.indexOf(role)} ${role}`;
}

/** Packages of manifests that the catalog knows. */
export function packagesOf(context: LinkContext): Inventory['packages'] {
  const found = context.resolved.packages.flatMap((use) => {
    const { entry, at } = use;
    const known = context.catalog.package(entry.ecosystem, entry.name);
    // `general`: a package with an AI side that most of its users never touch; its use shows at its surfaces.
    if (!known || known.role === 'general') return [];
    const evidence = context.book.add({ at, token: entry.name, detector: `manifest/${entry.ecosystem}`, how: 'literal' });
    const uses = use.imports.map((place) =>
      context.book.add({ at: place, token: entry.name, detector: 'source/typescript', how: 'literal' }),
    );
    return [
      {
        ...placedEntry(context, {
          id: `${entry.ecosystem}:${entry.name}`,
          key: `${entry.ecosystem}:${entry.name} ${use.path}:${at.line}`,
          context: use.context,
          evidence: [evidence, ...uses],
          confidence: known.verified ? 1 : 0.9,
          how: 'literal' as const,
        }),
        ecosystem: entry.ecosystem,
        name: entry.name,
        version: use.locked ?? null,
        role: known.role,
        manifest: use.path,
        used: use.imports.length > 0,
        providers: known.providers,
        range: entry.version,
        group: entry.group,
        locked: use.lockfile,
        deprecated: known.deprecated !== undefined,
        replacement: known.deprecated?.replacement ?? null,
      },
    ];
  });
  return found.sort(byKey);
}

/** Regions that clients are bound to, and those that infrastructure names. */
export function regionsOf(context: LinkContext, known: readonly KnownResource[]): Inventory['regions'] {
  const found = [...endpointRegions(context), ...configuredRegions(context), ...infrastructureRegions(context, known)];
  return [...new Map(found.map((region) => [region.key, region])).values()].sort(byKey);
}

function endpointRegions(context: LinkContext): readonly Region[] {
  return context.resolved.uses.flatMap((use) =>
    use.targets.flatMap((target) => {
      const cloud = candidatesOf(context, target, use.workload)
        .map(({ who }) => who.operator?.cloud)
        .find((one) => one !== undefined);
      const readings = [...(target.facets.region ?? []), ...(target.facets.baseUrl ?? []), ...(target.written ?? [])];
      return readings.flatMap((whole): Region[] => {
        const reading = regionIn(context, whole);
        const region = cloud && reading?.text !== undefined ? context.catalog.region(cloud, reading.text) : undefined;
        const at = placeOf(reading);
        if (!cloud || !reading || !region || !at) return [];
        const evidence = context.book.add({
          at,
          token: reading.text ?? region.id,
          detector: target.surface.id,
          how: reading.how,
          confidence: reading.confidence,
        });
        const key = keyOf(`${cloud}:${region.id}`, 'endpoint', at);
        return [
          {
            ...placedEntry(context, {
              id: `${cloud}:${region.id}`,
              key,
              context: use.context,
              evidence: [evidence],
              confidence: reading.confidence,
              how: reading.how,
            }),
            cloud,
            region: region.id,
            country: region.country,
            role: 'endpoint',
          },
        ];
      });
    }),
  );
}

/** A region, or the part of an address that names one. */
function regionIn({ catalog }: LinkContext, reading: Reading): Reading | undefined {
  const { text, why, words = [] } = reading;
  if (text === undefined) return undefined;
  const named = /[./]/.test(text) ? catalog.endpoint(text, [])?.region : undefined;
  if (named === undefined) return why ? undefined : reading;
  const word = words.findLast((one) => one.text === named);
  const { confidence } = reading;
  return { ...reading, ...word, text: named, confidence: Math.min(confidence, word?.confidence ?? 1) };
}

function infrastructureRegions(context: LinkContext, known: readonly KnownResource[]): readonly Region[] {
  return known.flatMap((one) =>
    one.regions.flatMap(({ region, reading, at }): Region[] => {
      const { cloud, resource } = one;
      if (!cloud) return [];
      const role = roleOf(one);
      const evidence = context.book.add({
        at,
        token: reading.text ?? region,
        detector: /^(?:terraform|cloudformation)$/.test(resource.format) ? 'infra/terraform' : detectorOf(at.path),
        how: reading.how,
        confidence: reading.confidence,
      });
      const key = keyOf(`${cloud}:${region}`, role, at);
      const country = context.catalog.region(cloud, region)?.country ?? null;
      return [
        {
          ...placedEntry(context, {
            id: `${cloud}:${region}`,
            key,
            context: resource.context,
            evidence: [evidence],
            confidence: reading.confidence,
            how: reading.how,
          }),
          cloud,
          region,
          country,
          role,
        },
      ];
    }),
  );
}

function roleOf({ type, resource }: KnownResource): Region['role'] {
  if (resource.block === 'provider') return 'deploy';
  if (resource.block === 'terraform') return 'state';
  const layer = type?.layer;
  if (layer === 'endpoint' || layer === 'model' || layer === 'agent') return 'endpoint';
  if (layer === 'store' || layer === 'knowledge-base') return 'data';
  return layer === 'state' ? 'state' : 'deploy';
}

/** Clouds that infrastructure uses. */
export function cloudsOf(context: LinkContext, known: readonly KnownResource[]): Inventory['clouds'] {
  const groups = new Map<string, KnownResource[]>();
  for (const one of known) {
    if (!one.cloud || one.resource.block === 'data') continue;
    const key = `${one.cloud} ${one.resource.context}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups]
    .flatMap(([key, group]) => {
      const [first] = group;
      if (!first?.cloud) return [];
      const name = context.catalog.clouds.get(first.cloud)?.name ?? first.cloud;
      return [
        {
          ...entryOf(context, {
            id: first.cloud,
            key,
            context: first.resource.context,
            evidence: group.map((one) => one.evidence),
            confidence: 1,
            how: 'iac' as const,
          }),
          name,
        },
      ];
    })
    .sort(byKey);
}

/** Providers whose models, endpoints, stores or runtimes infrastructure creates. */
export function infrastructureSightings(known: readonly KnownResource[]): readonly ProviderSighting[] {
  return known.flatMap(({ provider, resource, type, evidence }) => {
    const creates = resource.block === 'resource' || resource.block === 'service';
    if (!provider || !creates) return [];
    const role =
      provider.kind === 'gateway'
        ? ('gateway' as const)
        : provider.kind === 'hypervisor'
          ? ('host' as const)
          : provider.selfHosted
            ? ('runtime' as const)
            : ('operator' as const);
    return [
      {
        id: provider.id,
        role,
        context: resource.context,
        evidence: [evidence],
        confidence: type?.verified === false ? 0.9 : 1,
        how: 'iac' as const,
      },
    ];
  });
}

/** Clients that are made and never called still depend on who runs them. */
export function clientSightings(context: LinkContext): readonly ProviderSighting[] {
  return context.resolved.uses.flatMap((use) =>
    use.targets.flatMap((target) =>
      candidatesOf(context, target, use.workload).flatMap(({ route, who }): ProviderSighting[] => {
        const base = { context: use.context, evidence: route.evidence, confidence: route.confidence, how: 'literal' as const };
        const store = target.store ? [{ ...base, id: target.store, role: 'operator' as const }] : [];
        const hop = who.gateway ? [{ ...base, id: who.gateway.id, role: 'gateway' as const }] : [];
        const id = operatorId(who);
        const runner = id ? [{ ...base, id, role: who.operator?.selfHosted ? ('runtime' as const) : ('operator' as const) }] : [];
        return [...store, ...hop, ...runner];
      }),
    ),
  );
}
