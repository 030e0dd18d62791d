import type { Provider } from '../model/catalog.ts';
import { fixedSuffixes } from './pattern-text.ts';

export interface HostIndexes {
  /** Whole host name. */
  readonly hosts: { readonly provider: string; readonly country?: string };
  /** Last two labels -> patterns that can only end so; '' -> the others. */
  readonly hostEnds: readonly { readonly provider: string; readonly pattern: string }[];
}

/** Providers by host, and their patterns by what the names they match end in: taking patterns apart is dear. */
export function hostIndexes(providers: readonly Provider[]): {
  readonly [K in keyof HostIndexes]: ReadonlyMap<string, HostIndexes[K]>;
} {
  const hosts = new Map<string, HostIndexes['hosts']>();
  const hostEnds = new Map<string, { provider: string; pattern: string }[]>();
  for (const { id: provider, hosts: names, hostPatterns } of providers) {
    for (const host of names) if (!hosts.has(host)) hosts.set(host, { provider });
    for (const pattern of hostPatterns) {
      for (const key of new Set(fixedSuffixes(pattern).map(lastLabels))) {
        hostEnds.set(key, [...(hostEnds.get(key) ?? []), { provider, pattern }]);
      }
    }
  }
  // A residency host says more than a plain one, so it comes last.
  for (const { id: provider, residency } of providers) {
    for (const { host, country } of residency) hosts.set(host, { provider, country });
  }
  return { hosts, hostEnds };
}

/** The last two labels where a text fixes them both (`.azure.com` does, `azure.com` may go on to the left), else ''. */
export function lastLabels(suffix: string): string {
  const parts = suffix.split('.');
  if (parts.length < 3) return '';
  return parts.slice(-2).join('.');
}
