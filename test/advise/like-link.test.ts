/** A proposed route must be what link would make of the code, or the next audit would not find the gain that was promised. */
import { expect, test } from 'vitest';
import { candidateSource } from '../../src/advise/candidates.ts';
import type { LinkContext } from '../../src/link/context.ts';
import { placesOf } from '../../src/link/places.ts';
import type { RouteNode } from '../../src/model/graph.ts';
import { loadBuiltin } from '../../src/pack/load.ts';

const AS_OF = '2026-11-20';

test('clouds, regions and jurisdictions of every candidate of the built-in catalog', async () => {
  const { catalog } = await loadBuiltin();
  const [surface] = catalog.surfaces.imported('javascript', 'openai');
  if (!surface) throw new Error('the built-in catalog has no surface');
  const context = {
    catalog,
    asOf: AS_OF,
    hostRegions: () => [],
    accountRegions: () => [],
    deployments: new Map(),
    services: new Map(),
  } as unknown as LinkContext;
  const candidates = (['chat', 'embeddings', 'image'] as const).flatMap((kind) =>
    candidateSource(catalog, { asOf: AS_OF, nodes: [] })(kind),
  );
  expect(candidates.length).toBeGreaterThan(20);
  const differing = candidates.flatMap(({ provider, modelId, route }) => {
    const target = { surface, facets: {}, defaults: {}, implicitEnv: {}, features: [], made: [] };
    const input = {
      target,
      who: { operator: provider, assumed: false, heuristic: false },
      model: catalog.model(modelId, true),
      workload: 'shop',
    };
    const places = placesOf(context, { ...input, region: undefined } as unknown as Parameters<typeof placesOf>[1]);
    const same = (['cloud', 'region', 'jurisdiction'] as const).every((layer) => sameNodes(places[layer], route[layer], layer));
    return same ? [] : [`${provider.id} ${modelId}`];
  });
  expect(differing).toEqual([]);
});

function sameNodes(linked: readonly RouteNode[], proposed: unknown, layer: string): boolean {
  const nodes = linked.map((one) => ('node' in one ? [one.node.slice(layer.length + 1), one.k] : ['unknown', 1]));
  return JSON.stringify(sorted(nodes)) === JSON.stringify(sorted(Object.entries(proposed ?? {})));
}

function sorted<T>(entries: readonly T[]): readonly T[] {
  return [...entries].sort((one, other) => (String(one) < String(other) ? -1 : 1));
}
