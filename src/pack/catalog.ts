import type { Catalog } from '../model/catalog.ts';
import type { CompiledPack } from './compiled.ts';
import { endpointOf } from './endpoint.ts';
import { hostLookup } from './hosts.ts';
import { lazy } from './lazy.ts';
import { packageLookup, regionLookup, resourceLookup, retirementLookup, scopeLookup } from './lookups.ts';
import { modelLookup } from './models.ts';
import { envLookup, imageLookup, pathLookup } from './names.ts';

/** The catalog with what a vocabulary is made of. */
export interface LoadedCatalog extends Catalog {
  readonly vocabulary: CompiledPack['vocabulary'];
}

/** Makes the catalog of a compiled pack; every table and index is read and built at its first use. */
export function loadCatalog(pack: CompiledPack): LoadedCatalog {
  const providers = lazy(() => byId(pack.providers));
  const clouds = lazy(() => byId(pack.clouds));
  const families = lazy(() => byId(pack.families));
  const features = lazy(() => byId(pack.features));
  const configs = lazy(() => byId(pack.configs));
  const tools = lazy(() => byId(pack.tools));
  const services = lazy(() => byId(pack.services));
  const notices = lazy(() => new Map(pack.notices.map((policy) => [policy.provider, policy])));
  return {
    ...lookupsOf(pack, providers),
    digest: pack.digest,
    date: pack.date,
    vocabulary: pack.vocabulary,
    scoring: pack.scoring,
    get providers() {
      return providers();
    },
    get clouds() {
      return clouds();
    },
    get families() {
      return families();
    },
    get features() {
      return features();
    },
    get tools() {
      return tools();
    },
    get services() {
      return services();
    },
    notice: (provider) => notices().get(provider),
    get surfaces() {
      return pack.surfaces;
    },
    get configs() {
      return configs();
    },
  };
}

type Tabled =
  | 'digest'
  | 'date'
  | 'vocabulary'
  | 'scoring'
  | 'providers'
  | 'clouds'
  | 'families'
  | 'features'
  | 'tools'
  | 'services'
  | 'notice'
  | 'surfaces'
  | 'configs';

function lookupsOf(pack: CompiledPack, providers: () => Catalog['providers']): Omit<LoadedCatalog, Tabled> {
  const listed = () => pack.providers;
  const region = regionLookup(() => pack.regions);
  const scope = scopeLookup(() => pack.scopes);
  const { model, bareOf } = modelLookup({ pack, scope });
  const host = hostLookup(pack, (cloud, token) => region(cloud, token)?.country);
  const path = pathLookup(listed);
  const env = envLookup(listed);
  return {
    host,
    path,
    env,
    endpoint: (url, names) => endpointOf({ host, path, env, providers: providers() }, url, names),
    image: imageLookup(listed),
    model,
    region,
    scope,
    retirement: retirementLookup(() => pack.retirements, bareOf),
    package: packageLookup(() => pack.packages),
    resource: resourceLookup(() => pack.resources),
  };
}

function byId<T extends { readonly id: string }>(entries: readonly T[]): ReadonlyMap<string, T> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}
