/** Sightings + catalog -> capabilities, routes, the layered graph and the inventory. */
import type { Catalog } from '../model/catalog.ts';
import type { Config } from '../model/config.ts';
import type { Assumption, Capability, Linked, Route, Workload } from '../model/graph.ts';
import type { Resolved } from '../model/resolved.ts';
import { callSitesOf, featuresOf, gatewaysOf, routesOfUse } from './call-sites.ts';
import type { Draft } from './capabilities.ts';
import { capabilitiesOf } from './capability.ts';
import type { LinkContext } from './context.ts';
import { clientsOf, resourceElements } from './elements.ts';
import { byText, evidenceBook } from './evidence.ts';
import { fallbacksOf, spareSightings } from './fallbacks.ts';
import { configuredFallbacks, configuredGateways, configuredSightings, entryRoutes, hiddenIn } from './gateway-inventory.ts';
import { gatewayLookup } from './gateways.ts';
import { graphOf } from './graph.ts';
import { accountLookup, deploymentsOf, hostLookup, type KnownResource, knownResources, servicesOf } from './infrastructure.ts';
import { byKey, draftSightings, providersOf } from './inventory.ts';
import { joinedDrafts } from './join.ts';
import { modelsOf } from './models.ts';
import { boundSightings } from './platforms.ts';
import { clientSightings, cloudsOf, infrastructureSightings, packagesOf, regionsOf } from './sightings.ts';
import { toolsOf } from './tools.ts';
import { weightsOf } from './weights.ts';

export interface LinkInput {
  readonly resolved: Resolved;
  readonly catalog: Catalog;
  readonly config: Pick<Config, 'criticality' | 'declared'>;
  readonly asOf: string;
  /** Paths of the tree, for tools that show by a file's name alone. */
  readonly paths?: readonly string[];
}

/** Gives every sighting its meaning. */
export function link({ resolved, catalog, config, asOf, paths = [] }: LinkInput): Linked {
  const book = evidenceBook();
  const known = knownResources(catalog, resolved, book);
  const context: LinkContext = {
    catalog,
    resolved,
    book,
    asOf,
    hostRegions: hostLookup(known, book),
    accountRegions: accountLookup(known, book),
    deployments: deploymentsOf(known),
    services: servicesOf(known),
    gateways: gatewayLookup(resolved.gateways),
  };
  const { drafts, reachable } = joinedDrafts(context);
  const capabilities = capabilitiesOf(context, drafts, config);
  const routes = routesOf(drafts, capabilities);
  const workloads = workloadsOf(context, known, capabilities);
  const graph = graphOf(catalog, [...routes.values()], workloads);
  const inventory = inventoryOf(context, { known, capabilities, routes, reachable, paths });
  return {
    ...graph,
    routes: [...routes.values()].sort((a, b) => byText(a.id, b.id)),
    capabilities,
    workloads,
    inventory,
    resources: resourceElements(context, known, capabilities),
    clients: clientsOf(context, capabilities),
    assumptions: assumptionsOf(context, [...routes.values()]),
    unknown: unknownOf(context, capabilities, routes),
    evidence: book.list(),
  };
}

/** Routes that capabilities use; one id may be reached from several places: its evidence is united. */
function routesOf(drafts: readonly Draft[], capabilities: readonly Capability[]): ReadonlyMap<string, Route> {
  const wanted = new Set(
    capabilities.flatMap(({ legs }) => legs.flatMap((leg) => [leg.primary, ...leg.fallbacks.map((fallback) => fallback.route)])),
  );
  const routes = new Map<string, Route>();
  for (const draft of drafts) {
    for (const leg of draft.legs) {
      for (const { route } of [leg.primary, ...leg.fallbacks.map((fallback) => fallback.candidate)]) {
        if (!wanted.has(route.id)) continue;
        const old = routes.get(route.id);
        routes.set(route.id, old ? { ...old, evidence: [...new Set([...old.evidence, ...route.evidence])].sort(byText) } : route);
      }
    }
  }
  return routes;
}

function workloadsOf(
  context: LinkContext,
  known: readonly KnownResource[],
  capabilities: readonly Capability[],
): readonly Workload[] {
  const used = new Set([
    ...capabilities.map((capability) => capability.workload),
    ...known.map(({ resource }) => resource.workload),
  ]);
  return context.resolved.workloads
    .filter((workload) => used.has(workload.id))
    .map(({ id, path, kind }) => {
      const regions = context.hostRegions(id);
      const host = regions.map(({ cloud, region, evidence }) => ({
        node: `host:${cloud}:${region}`,
        k: 1 / regions.length,
        evidence: [evidence],
      }));
      return { id, path, kind, host, virtualization: virtualizationOf(known, id) };
    })
    .sort((a, b) => byText(a.id, b.id));
}

function virtualizationOf(known: readonly KnownResource[], workload: string): Workload['virtualization'] {
  const nodes = new Map<string, string[]>();
  for (const { resource, type, provider, evidence } of known) {
    const isHypervisor = type?.layer === 'virtualization' || provider?.kind === 'hypervisor';
    const isOwn = resource.workload === workload && resource.context === 'production' && resource.block === 'resource';
    if (!isHypervisor || !isOwn) continue;
    const node = `virtualization:${provider?.group ?? provider?.id ?? resource.type.split('_')[0]}`;
    nodes.set(node, [...(nodes.get(node) ?? []), evidence]);
  }
  return [...nodes].sort(([a], [b]) => byText(a, b)).map(([node, evidence]) => ({ node, k: 1, evidence }));
}

interface Parts {
  readonly paths: readonly string[];
  readonly reachable: readonly Draft[];
  readonly known: readonly KnownResource[];
  readonly capabilities: readonly Capability[];
  readonly routes: ReadonlyMap<string, Route>;
}

function inventoryOf(context: LinkContext, { known, capabilities, routes, reachable, paths }: Parts): Linked['inventory'] {
  const sightings = [
    ...draftSightings(context, reachable),
    ...clientSightings(context),
    ...spareSightings(context),
    ...infrastructureSightings(known),
    ...configuredSightings(context),
    ...boundSightings(context, known),
  ];
  const reached = [
    ...context.resolved.uses.flatMap((use) => routesOfUse(context, use).map((route) => ({ route, context: use.context }))),
    ...entryRoutes(context).map(({ entry, candidate }) => ({ route: candidate.route, context: entry.context })),
  ];
  return {
    providers: providersOf(context, sightings),
    models: modelsOf(context, known),
    clouds: cloudsOf(context, known),
    regions: regionsOf(context, known),
    packages: packagesOf(context),
    callSites: callSitesOf(context, capabilities),
    gateways: configuredGateways(context, gatewaysOf(context, reached)),
    fallbacks: [...fallbacksOf(context, capabilities, routes), ...configuredFallbacks(context, capabilities)].sort(byKey),
    features: featuresOf(context),
    weights: weightsOf(context),
    tools: toolsOf(context, paths),
  };
}

/** What the numbers rest on beside the code. */
function assumptionsOf(context: LinkContext, routes: readonly Route[]): readonly Assumption[] {
  const found: Assumption[] = [
    { kind: 'editorial', text: 'weights, fallback credits and factor sizes are editorial constants of score model 1', count: 1 },
  ];
  const split = routes.filter((route) => (route.nodes.cloud ?? []).some((node) => 'node' in node && node.k > 0 && node.k < 1));
  if (split.length)
    found.push({
      kind: 'assumed-split',
      text: 'hosting of an operator over several clouds is an assumed split of what is publicly reported',
      count: split.length,
    });
  const upstream = routes.filter((route) => route.provider && hasDefaults(context, route.gateway));
  if (upstream.length)
    found.push({
      kind: 'gateway-default',
      text: 'behind a hosted gateway the first-party service of the maker is assumed, the default of that gateway',
      count: upstream.length,
    });
  const hidden = routes.filter((route) => (route.nodes.cloud ?? []).some((node) => 'unknown' in node));
  if (hidden.length)
    found.push({ kind: 'unknown-hosting', text: 'nothing public says on which cloud an operator runs', count: hidden.length });
  const unverified = new Set(
    routes.flatMap((route) =>
      route.provider && context.catalog.providers.get(route.provider)?.hq?.verified === false ? [route.provider] : [],
    ),
  );
  if (unverified.size)
    found.push({
      kind: 'unverified-fact',
      text: 'headquarters of a provider not read in a primary source',
      count: unverified.size,
    });
  return found.sort((a, b) => byText(a.kind, b.kind));
}

/** Whether the upstreams of a gateway are what the catalog says is its default. */
function hasDefaults({ catalog }: LinkContext, gateway: string | undefined): boolean {
  return gateway !== undefined && catalog.providers.get(gateway.slice('gateway:'.length))?.firstParty !== undefined;
}

/** Why something stayed unknown -> how often, over the primaries of scored capabilities and unresolved calls. */
function unknownOf(
  context: LinkContext,
  capabilities: readonly Capability[],
  routes: ReadonlyMap<string, Route>,
): Linked['unknown'] {
  const counts = new Map<string, number>();
  const count = (why: string) => counts.set(why, (counts.get(why) ?? 0) + 1);
  for (const { legs, weight } of capabilities) {
    if (weight === 0) continue;
    for (const leg of legs) {
      const route = routes.get(leg.primary);
      if (!route) continue;
      if (route.modelId === undefined) count('model');
      for (const [layer, nodes] of Object.entries(route.nodes))
        for (const node of nodes ?? []) if ('unknown' in node) count(`${layer}: ${node.unknown}`);
    }
  }
  for (const use of context.resolved.uses)
    if (use.unresolved && use.operation !== 'client' && use.context === 'production') count(`call: ${use.unresolved}`);
  for (const why of hiddenIn(context)) count(`gateway: ${why}`);
  return Object.fromEntries([...counts].sort(([a], [b]) => byText(a, b)));
}
