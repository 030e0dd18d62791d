/** Platforms that a configuration deploys to: their cloud, their regions, and the services they bind. */
import type { Catalog } from '../model/catalog.ts';
import type { Reading } from '../model/reading.ts';
import type { Resource } from '../model/resolved.ts';
import type { Location } from '../model/source.ts';
import type { LinkContext } from './context.ts';
import { placeOf } from './evidence.ts';
import type { KnownResource } from './infrastructure.ts';
import type { ProviderSighting } from './inventory.ts';

/** A region that is deployed to, and how that is known. */
export interface PlatformRegion {
  readonly region: string;
  readonly reading: Reading;
  readonly at: Location;
}

/** Cloud and regions of a project or worker; undefined: the resource is something else. */
export function platformOf(
  catalog: Catalog,
  resource: Resource,
): { readonly cloud: string; readonly regions: readonly PlatformRegion[] } | undefined {
  const config = catalog.configs.get(resource.format);
  const { cloud } = config ?? {};
  if (!config || cloud === undefined) return undefined;
  const written = config.host
    .filter(({ block }) => block === resource.block)
    .flatMap(({ path }) => readingsAt(resource, path))
    .filter((reading) => reading.text !== undefined && !reading.why);
  const fallback = config.defaults.region;
  const absent: readonly Reading[] =
    fallback === undefined ? [] : [{ text: fallback, how: 'sdk-default', env: [], confidence: 0.9, trail: [resource.at] }];
  const regions = new Map<string, PlatformRegion>();
  for (const reading of written.length ? written : absent) {
    const region = catalog.region(cloud, reading.text ?? '')?.id;
    if (region !== undefined && !regions.has(region))
      regions.set(region, { region, reading, at: placeOf(reading) ?? resource.at });
  }
  return { cloud, regions: [...regions.values()] };
}

/** Readings of all attributes at a path, `*` being any key. */
function readingsAt({ attributes }: Resource, path: string): readonly Reading[] {
  const [before = '', after] = path.split('.*.');
  if (after === undefined) return attributes[path] ?? [];
  return Object.entries(attributes).flatMap(([name, readings]) =>
    name.startsWith(`${before}.`) && name.endsWith(`.${after}`) ? readings : [],
  );
}

/** Services of the platform that it hands to the code by a binding. */
export function boundSightings({ catalog, book }: LinkContext, known: readonly KnownResource[]): readonly ProviderSighting[] {
  return known.flatMap(({ resource }) =>
    (catalog.configs.get(resource.format)?.bindings ?? []).flatMap(({ path, provider }): ProviderSighting[] => {
      const reading = resource.attributes[path]?.[0];
      if (!reading) return [];
      const at = placeOf(reading) ?? resource.at;
      const evidence = book.add({ at, token: reading.text ?? path, detector: `config/${resource.format}`, how: 'config' });
      return [
        { id: provider, role: 'operator', context: resource.context, evidence: [evidence], confidence: 0.9, how: 'config' },
      ];
    }),
  );
}
