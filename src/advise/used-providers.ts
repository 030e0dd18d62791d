/** Which providers a workload already knows: a move to one of them touches fewer files. */
import type { Provider } from '../model/catalog.ts';
import type { Linked, Route } from '../model/graph.ts';

/** Answers for each workload. */
export interface UsedProviders {
  /** The workload has a route to it. */
  isUsed(workload: string, provider: string): boolean;
  /** The workload can call it without another package. */
  isInstalled(workload: string, provider: Provider, primary: Route): boolean;
  /** Manifests that declare the AI packages of a workload. */
  manifestsOf(workload: string): readonly string[];
}

/** Indexes routes and packages by workload. */
export function usedProviders({ capabilities, routes, workloads, inventory }: Linked): UsedProviders {
  const byId = new Map(routes.map((route) => [route.id, route]));
  const routed = new Map<string, Set<string>>();
  for (const { workload, legs } of capabilities) {
    for (const leg of legs) {
      for (const id of [leg.primary, ...leg.fallbacks.map(({ route }) => route)]) {
        const provider = byId.get(id)?.provider;
        if (provider !== undefined) addTo(routed, workload, provider);
      }
    }
  }
  const installed = new Map<string, Set<string>>();
  const manifests = new Map<string, Set<string>>();
  const owners = [...workloads].sort((one, other) => other.path.length - one.path.length);
  for (const { providers, manifest } of inventory.packages) {
    const owner = owners.find(({ path }) => path === '' || manifest.startsWith(`${path}/`));
    if (!owner || providers.length === 0) continue;
    addTo(manifests, owner.id, manifest);
    for (const provider of providers) addTo(installed, owner.id, provider);
  }
  const isUsed = (workload: string, provider: string) => routed.get(workload)?.has(provider) ?? false;
  return {
    isUsed,
    isInstalled: (workload, provider, primary) =>
      isUsed(workload, provider.id) ||
      (installed.get(workload)?.has(provider.id) ?? false) ||
      (provider.compatible && primary.api === 'openai-compatible'),
    manifestsOf: (workload) => [...(manifests.get(workload) ?? [])],
  };
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(value));
}
