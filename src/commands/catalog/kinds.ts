/** The tables of the catalog as people ask for them: what each is called, what its entries are called, and what to say of one. */

import type { Provenance } from '../../model/surface.ts';
import { type CompiledPack, keyOf, type TableName, type Tables } from '../../pack/compiled.ts';

/** One entry of a table, with all it says. */
export interface Row {
  readonly kind: Kind;
  readonly id: string;
  /** A few words for a list. */
  readonly about: string;
  readonly entry: Provenance;
}

export interface Kind {
  /** As in `catalog list <name>`. */
  readonly name: string;
  readonly one: string;
  readonly table: TableName;
}

type Factual = Exclude<TableName, 'rules' | 'scenarios'>;

const KINDS = {
  providers: 'provider',
  clouds: 'cloud',
  regions: 'region',
  families: 'model family',
  retirements: 'retirement',
  services: 'end of a service',
  notices: 'notice policy',
  packages: 'package',
  features: 'feature',
  tools: 'developer tool',
  scopes: 'inference scope',
  prefixes: 'model prefix',
  makers: 'name of a maker in model ids',
  resources: 'resource type',
  surfaces: 'SDK surface',
  configs: 'configuration format',
} as const satisfies Record<Factual, string>;

/** What people say for a table. */
const NAMES: Readonly<Record<string, Factual>> = { models: 'families', 'model-families': 'families', gateways: 'providers' };

const ABOUT: { readonly [K in Factual]: (entry: Tables[K][number]) => string } = {
  providers: (entry) => `${entry.name}, ${entry.kind}${entry.status === 'active' ? '' : `, ${entry.status}`}`,
  clouds: (entry) => entry.name,
  regions: (entry) => `${entry.name}, ${entry.country}`,
  families: (entry) => `${entry.maker}, ${entry.kind}, ${entry.weights} weights`,
  retirements: (entry) => `ends ${entry.shutdown ?? 'on a day not yet named'}`,
  services: (entry) => `${entry.service}, ends ${entry.shutdown ?? 'on a day not yet named'}`,
  notices: (entry) => `${entry.days} days`,
  packages: (entry) =>
    [entry.role, ...(entry.providers.length > 0 ? [entry.providers.join(', ')] : []), ...notesOn(entry)].join('; '),
  features: (entry) => entry.name,
  tools: (entry) => `${entry.name}, ${entry.kind}`,
  scopes: (entry) => `${entry.kind}, ${entry.geography ?? 'no geography'}`,
  prefixes: (entry) => `is ${entry.provider}`,
  makers: (entry) => `is ${entry.provider}`,
  resources: (entry) => [entry.layer, entry.provider ?? entry.cloud ?? ''].filter(Boolean).join(', '),
  surfaces: (entry) => entry.modules.slice(0, 3).join(', '),
  configs: (entry) => entry.gateway ?? entry.cloud ?? '',
};

function notesOn({ deprecated, compromised }: Tables['packages'][number]): readonly string[] {
  return [...(deprecated ? ['deprecated'] : []), ...(compromised.length > 0 ? ['has compromised releases'] : [])];
}

/** Names that `catalog list` takes, in the order of its overview. */
export const KIND_NAMES: readonly string[] = [
  'providers',
  'gateways',
  'models',
  ...Object.keys(KINDS)
    .slice(1)
    .filter((name) => name !== 'families'),
];

/** The rows of a kind, in the order of their ids; undefined: no such kind. */
export function rowsOf(pack: CompiledPack, name: string): readonly Row[] | undefined {
  const table =
    NAMES[name] ?? NAMES[`${name}s`] ?? tableNamed(name) ?? tableNamed(`${name}s`) ?? tableNamed(`${name.replace(/y$/, '')}ies`);
  if (table === undefined) return undefined;
  const rows = tableRows(pack, table);
  return /^gateways?$/.test(name) ? rows.filter((row) => isGateway(pack, row.id)) : rows;
}

/** Every row of every kind. */
export function allRows(pack: CompiledPack): readonly Row[] {
  return (Object.keys(KINDS) as Factual[]).flatMap((table) => tableRows(pack, table));
}

/** Whether a provider routes calls to others. */
export function isGateway(pack: CompiledPack, id: string): boolean {
  return pack.providers.some((provider) => provider.id === id && provider.kind === 'gateway');
}

function tableNamed(name: string): Factual | undefined {
  return Object.keys(KINDS).find((table): table is Factual => table === name);
}

function tableRows<K extends Factual>(pack: CompiledPack, table: K): readonly Row[] {
  const kind: Kind = { name: table, one: KINDS[table], table };
  const about: (entry: Tables[K][number]) => string = ABOUT[table];
  return pack[table].map((entry): Row => ({ kind, id: keyOf(table, entry), about: about(entry), entry }));
}
