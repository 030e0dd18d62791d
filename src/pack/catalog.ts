import type { Catalog } from '../model/catalog.ts';
import { type CompiledPack, packageKey } from './compiled.ts';
import { endpointOf } from './endpoint.ts';
import { hostLookup } from './hosts.ts';
import { regionLookup, retirementLookup, scopeLookup } from './lookups.ts';
import { modelLookup } from './models.ts';
import { envLookup, imageLookup, ownHostLookup, pathLookup } from './names.ts';
import { prefixesOf } from './prefixes.ts';
import { surfaceLookup } from './surfaces.ts';

/** The catalog with what a vocabulary is made of. */
export interface LoadedCatalog extends Catalog {
  readonly vocabulary: CompiledPack['vocabulary'];
}

/** Makes the catalog of a compiled pack; every row is read at its first use. */
export function loadCatalog(pack: CompiledPack): LoadedCatalog {
  const { rows } = pack;
  const region = regionLookup(pack);
  const scope = scopeLookup(() => pack.scopes);
  const prefixes = prefixesOf(pack);
  const host = hostLookup(pack, (cloud, token) => region(cloud, token)?.country);
  const path = pathLookup(pack);
  const env = envLookup(pack);
  return {
    digest: pack.digest,
    date: pack.date,
    vocabulary: pack.vocabulary,
    scoring: pack.scoring,
    providers: rows.providers,
    providersOf: (kind) => (pack.kinds[kind] ?? []).flatMap((id) => rows.providers.get(id) ?? []),
    clouds: rows.clouds,
    families: rows.families,
    features: rows.features,
    tools: rows.tools,
    services: rows.services,
    configs: rows.configs,
    surfaces: surfaceLookup(pack),
    host,
    path,
    env,
    endpoint: (url, names) => endpointOf({ host, path, env, own: ownHostLookup(pack) }, url, names),
    image: imageLookup(pack),
    model: modelLookup(pack, prefixes, scope),
    region,
    scope,
    retirement: retirementLookup(pack, prefixes),
    notice: (provider) => rows.notices.get(provider),
    package: (ecosystem, name) => rows.packages.get(packageKey(ecosystem, name)),
    resource: (tool, type) => rows.resources.get(`${tool} ${type}`),
  };
}
