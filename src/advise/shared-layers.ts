/** What two routes stand on together: what they share takes both of them down. */
import type { Layer } from '../model/graph.ts';
import type { PortfolioRoute } from '../score/portfolio.ts';

const LAYERS = ['operator', 'maker', 'cloud', 'region'] as const satisfies readonly Layer[];

type SharedLayer = (typeof LAYERS)[number];

/** k from which a shared node counts: a cloud named in passing makes no correlation. */
const HEAVY = { operator: 1e-9, maker: 1e-9, cloud: 0.5, region: 1e-9 } as const satisfies Record<SharedLayer, number>;

/** Tells whether two routes share an owner, a cloud or a region. */
export type Sharing = (one: PortfolioRoute, other: PortfolioRoute) => boolean;

/** `ownerOf` gives the group of a node, else its own name. */
export function sharingOf(ownerOf: (layer: Layer, name: string) => string): Sharing {
  // The same routes are compared with many others.
  const known = new WeakMap<PortfolioRoute, Readonly<Record<SharedLayer, ReadonlyMap<string, number>>>>();
  const ownersOf = (route: PortfolioRoute) => {
    const found = known.get(route);
    if (found) return found;
    const of = (layer: SharedLayer) => weights(route, layer, (name) => ownerOf(layer, name));
    const owners = { operator: of('operator'), maker: of('maker'), cloud: of('cloud'), region: of('region') };
    known.set(route, owners);
    return owners;
  };
  return (one, other) => {
    const [owners, others] = [ownersOf(one), ownersOf(other)];
    return LAYERS.some((layer) => {
      for (const [owner, k] of others[layer]) if (Math.min(k, owners[layer].get(owner) ?? 0) >= HEAVY[layer]) return true;
      return false;
    });
  };
}

function weights(route: PortfolioRoute, layer: SharedLayer, ownerOf: (name: string) => string): ReadonlyMap<string, number> {
  const nodes = route[layer];
  const found = new Map<string, number>();
  for (const [name, k] of nodes === undefined || nodes === 'unknown' ? [] : Object.entries(nodes)) {
    if (name === 'unknown') continue;
    const owner = ownerOf(name);
    found.set(owner, Math.min(1, (found.get(owner) ?? 0) + k));
  }
  return found;
}
