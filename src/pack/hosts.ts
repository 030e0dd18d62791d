import type { Provider } from '../model/catalog.ts';
import type { HostMatch } from '../model/match.ts';
import { lazy } from './lazy.ts';
import { MATCH_LIMIT } from './pattern-check.ts';
import { fixedSuffixes } from './pattern-text.ts';

interface Pattern {
  readonly provider: Provider;
  readonly regexp: () => RegExp;
}

interface HostIndex {
  readonly exact: ReadonlyMap<string, HostMatch>;
  /** Last two labels -> patterns that can only end so; '' -> the others. */
  readonly buckets: ReadonlyMap<string, readonly Pattern[]>;
}

/** Providers, and the last labels of their patterns: derived once, when the pack is compiled. */
export interface Hosts {
  readonly providers: readonly Provider[];
  readonly hostEnds: HostEnds;
}

export type CountryOf = (cloud: string, region: string) => string | undefined;

/** Finds the provider of a host: by its whole name, else by the patterns that share its last labels. */
export function hostLookup(hosts: Hosts, countryOf: CountryOf): (host: string) => HostMatch | undefined {
  const index = lazy(() => indexHosts(hosts));
  return (host) => {
    const name = bareHost(host);
    if (name === '' || name.length > MATCH_LIMIT) return undefined;
    return index().exact.get(name) ?? byPattern(index(), name, countryOf);
  };
}

/** Lower case, without port, brackets and the dot of the root. */
function bareHost(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
}

function indexHosts({ providers, hostEnds }: Hosts): HostIndex {
  const exact = new Map<string, HostMatch>();
  const buckets = new Map<string, Pattern[]>();
  for (const provider of providers) {
    for (const host of provider.hosts) if (!exact.has(host)) exact.set(host, { provider });
    for (const pattern of provider.hostPatterns) {
      const entry = { provider, regexp: lazy(() => new RegExp(`^(?:${pattern})$`)) };
      for (const key of hostEnds[pattern] ?? []) {
        const bucket = buckets.get(key);
        if (bucket) bucket.push(entry);
        else buckets.set(key, [entry]);
      }
    }
  }
  // A residency host says more than a plain one, so it comes last.
  for (const provider of providers) {
    for (const { host, country } of provider.residency) exact.set(host, { provider, country });
  }
  return { exact, buckets };
}

function byPattern(index: HostIndex, name: string, countryOf: CountryOf): HostMatch | undefined {
  for (const key of [lastLabels(`.${name}`), '']) {
    for (const { provider, regexp } of index.buckets.get(key) ?? []) {
      const match = regexp().exec(name);
      if (!match) continue;
      const region = match.groups?.region;
      if (region === undefined) return { provider };
      const cloud = match.groups?.cloud ?? provider.cloud ?? soleCloud(provider);
      const country = cloud === undefined ? undefined : countryOf(cloud, region);
      return country === undefined ? { provider, region } : { provider, region, country };
    }
  }
  return undefined;
}

/** Without a cloud of its own a service names regions of the one it stands on. */
function soleCloud({ hostedOn }: Provider): string | undefined {
  return hostedOn.find(({ relation }) => relation === 'sole')?.cloud;
}

/** The last two labels where a text fixes them both (`.azure.com` does, `azure.com` may go on to the left), else ''. */
function lastLabels(suffix: string): string {
  const parts = suffix.split('.');
  if (parts.length < 3) return '';
  return parts.slice(-2).join('.');
}

/** By pattern: what the names it matches can end in, two labels of it; '' where that is open. Taking patterns apart is dear. */
export type HostEnds = Readonly<Record<string, readonly string[]>>;

/** The ends of every pattern of hosts. */
export function hostEndsOf(providers: readonly Provider[]): HostEnds {
  const patterns = providers.flatMap(({ hostPatterns }) => hostPatterns);
  return Object.fromEntries(patterns.map((pattern) => [pattern, [...new Set(fixedSuffixes(pattern).map(lastLabels))]]));
}
