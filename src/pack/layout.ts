import type { TableName } from './compiled.ts';

/** Where a kind of pack file lies and what it fills. */
export interface Place {
  /** Name of its schema under rules/schema/. */
  readonly schema: string;
  readonly table: TableName | 'scoring';
  /** Files of many entries: the key that holds them. */
  readonly entries?: string;
  /** Files of many entries: the field of the head that every entry inherits. */
  readonly head?: string;
  /** What the path says the id (or the head) is. */
  readonly named?: string;
}

const LAYOUT: readonly { readonly path: RegExp; readonly place: Place; readonly free?: true }[] = [
  { path: /^catalog\/providers\/([^/]+)$/, place: { schema: 'provider', table: 'providers' } },
  { path: /^catalog\/clouds$/, place: { schema: 'clouds', table: 'clouds', entries: 'clouds' } },
  { path: /^catalog\/regions\/([^/]+)$/, place: { schema: 'regions', table: 'regions', entries: 'regions', head: 'cloud' } },
  { path: /^catalog\/models\/([^/]+)$/, place: { schema: 'family', table: 'families' } },
  { path: /^catalog\/prefixes$/, place: { schema: 'prefixes', table: 'prefixes', entries: 'prefixes' } },
  { path: /^catalog\/makers$/, place: { schema: 'makers', table: 'makers', entries: 'makers' } },
  {
    path: /^catalog\/retirements\/([^/]+)$/,
    place: { schema: 'retirements', table: 'retirements', entries: 'retirements', head: 'operator' },
  },
  { path: /^catalog\/scopes\/([^/]+)$/, place: { schema: 'scopes', table: 'scopes', entries: 'scopes', head: 'provider' } },
  {
    path: /^catalog\/packages\/([^/]+)$/,
    place: { schema: 'packages', table: 'packages', entries: 'packages', head: 'ecosystem' },
  },
  { path: /^catalog\/services$/, place: { schema: 'services', table: 'services', entries: 'services' } },
  { path: /^catalog\/notices$/, place: { schema: 'notices', table: 'notices', entries: 'notices' } },
  { path: /^catalog\/tools\/([^/]+)$/, place: { schema: 'tools', table: 'tools', entries: 'tools' }, free: true },
  { path: /^catalog\/features\/([^/]+)$/, place: { schema: 'features', table: 'features', entries: 'features' }, free: true },
  {
    path: /^catalog\/resources\/([^/]+)$/,
    place: { schema: 'resources', table: 'resources', entries: 'resources', head: 'tool' },
    free: true,
  },
  { path: /^catalog\/surfaces\/([^/]+\/[^/]+)$/, place: { schema: 'surface', table: 'surfaces' } },
  { path: /^catalog\/config\/([^/]+)$/, place: { schema: 'gateway-config', table: 'configs' } },
  { path: /^scenarios\/([^/]+)$/, place: { schema: 'scenario', table: 'scenarios' } },
  { path: /^scoring$/, place: { schema: 'scoring', table: 'scoring' } },
  { path: /^((?!catalog\/|scenarios\/)[^/]+\/[^/]+)$/, place: { schema: 'rule', table: 'rules' } },
];

/** What the file at this path (without extension) is; undefined: no place for a file of a pack. */
export function placeOf(path: string): Place | undefined {
  for (const { path: pattern, place, free } of LAYOUT) {
    const match = pattern.exec(path);
    if (match) return match[1] === undefined || free ? place : { ...place, named: match[1] };
  }
  return undefined;
}
