/** Countries of owners and foundations of regions, for selectors such as `operator[hq=US]` and `region:aws:me-central-1`. */
import type { Catalog } from '../model/catalog.ts';
import type { OwnerFacts } from './selectors.ts';

/** Reads headquarters and foundations from the catalog. */
export function ownersOf(catalog: Catalog): OwnerFacts {
  return {
    hqOf: (node) => {
      const [layer = '', ...rest] = node.split(':');
      const name = rest.join(':');
      if (layer === 'cloud') return catalog.clouds.get(name)?.hq?.country;
      if (layer !== 'model') return catalog.providers.get(name)?.hq?.country;
      const family = catalog.model(name, true)?.family;
      return family && (catalog.providers.get(family.maker)?.hq?.country ?? family.country);
    },
    underlyingOf: (node) => {
      const [, cloud = '', ...region] = node.split(':');
      return catalog.region(cloud, region.join(':'))?.underlying;
    },
  };
}
