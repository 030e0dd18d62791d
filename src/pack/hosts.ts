import type { Provider } from '../model/catalog.ts';
import type { HostMatch } from '../model/match.ts';
import type { CompiledPack } from './compiled.ts';
import { lastLabels } from './host-index.ts';
import { lazy } from './lazy.ts';
import { MATCH_LIMIT } from './pattern-check.ts';

interface Pattern {
  readonly provider: string;
  readonly regexp: () => RegExp;
}

export type CountryOf = (cloud: string, region: string) => string | undefined;
type Hosts = Pick<CompiledPack, 'rows' | 'indexes'>;

/** Finds the provider of a host: by its whole name, else by the patterns that share its last labels. */
export function hostLookup(pack: Hosts, countryOf: CountryOf): (host: string) => HostMatch | undefined {
  const buckets = new Map<string, readonly Pattern[]>();
  const bucket = (key: string): readonly Pattern[] => {
    const known = buckets.get(key) ?? patternsOf(pack, key);
    buckets.set(key, known);
    return known;
  };
  return (host) => {
    const name = bareHost(host);
    if (name === '' || name.length > MATCH_LIMIT) return undefined;
    const exact = pack.indexes.hosts.get(name);
    const owner = exact && pack.rows.providers.get(exact.provider);
    if (exact && owner) return { ...exact, provider: owner };
    return byPattern([...bucket(lastLabels(`.${name}`)), ...bucket('')], name, { pack, countryOf });
  };
}

/** Lower case, without port, brackets and the dot of the root. */
function bareHost(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
}

function patternsOf({ indexes }: Hosts, key: string): readonly Pattern[] {
  return (indexes.hostEnds.get(key) ?? []).map(({ provider, pattern }) => ({
    provider,
    regexp: lazy(() => new RegExp(`^(?:${pattern})$`)),
  }));
}

interface Context {
  readonly pack: Hosts;
  readonly countryOf: CountryOf;
}

function byPattern(patterns: readonly Pattern[], name: string, { pack, countryOf }: Context): HostMatch | undefined {
  for (const { provider: id, regexp } of patterns) {
    const match = regexp().exec(name);
    const provider = match && pack.rows.providers.get(id);
    if (!match || !provider) continue;
    const region = match.groups?.region;
    if (region === undefined) return { provider };
    const cloud = match.groups?.cloud ?? provider.cloud ?? soleCloud(provider);
    const country = cloud === undefined ? undefined : countryOf(cloud, region);
    return country === undefined ? { provider, region } : { provider, region, country };
  }
  return undefined;
}

/** Without a cloud of its own a service names regions of the one it stands on. */
function soleCloud({ hostedOn }: Provider): string | undefined {
  return hostedOn.find(({ relation }) => relation === 'sole')?.cloud;
}
