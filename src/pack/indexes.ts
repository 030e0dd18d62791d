/** What lookups ask a pack, answered from its tables once, when it is compiled: which provider has this host, which surface that import. */
import type { Provider } from '../model/catalog.ts';
import { byCodePoint, type CompiledPack, keyOf, type Tables } from './compiled.ts';
import { type HostIndexes, hostIndexes } from './host-index.ts';
import type { Prefixes } from './model-id.ts';
import { endName } from './prefixes.ts';
import { type SurfaceIndexes, surfaceIndexes } from './surface-index.ts';

/** A path of a URL, and whose it is. */
export type NamedPath = { readonly provider: string } & Provider['paths'][number];

interface NameIndexes {
  /** `<cloud> <spelling of a region>`, lower case -> its key. */
  readonly places: string;
  /** `<operator> <name of a model>`, lower case -> the key of its end. */
  readonly ends: string;
  /** Environment name, upper case -> the providers that document it. */
  readonly env: readonly string[];
  /** Word of environment names -> the providers it names. */
  readonly envWords: readonly string[];
  /** Container image without registry and tag. */
  readonly images: string;
  /** Word in the name of a host of one's own -> what runs there. */
  readonly servers: string;
  /** `:11434` -> what runs there. */
  readonly ports: string;
}

/** The value of each index by what is looked up. */
export interface Indexes extends NameIndexes, HostIndexes, SurfaceIndexes {}

/** Every index, by what is looked up. */
export type IndexRows = { readonly [K in keyof Indexes]: ReadonlyMap<string, Indexes[K]> };

/** Makes the indexes of some tables. */
export function indexesOf(tables: Tables, prefixes: Prefixes): IndexRows {
  const { providers, regions, retirements, surfaces } = tables;
  return {
    ...nameIndexes(providers),
    ...hostIndexes(providers),
    ...surfaceIndexes(surfaces),
    places: byNames('regions', regions, (one) => ({
      owner: one.cloud,
      id: one.id,
      others: one.aliases,
    })),
    ends: byNames('retirements', retirements, (one) => ({
      owner: one.operator,
      id: one.model,
      others: [...one.aliases, endName(one.model, prefixes)],
    })),
  };
}

function nameIndexes(providers: readonly Provider[]): Omit<Pick<IndexRows, keyof NameIndexes>, 'places' | 'ends'> {
  // Of several providers with a name the first keeps it.
  const backwards = [...providers].reverse();
  const servers = backwards.filter(({ selfHosted }) => selfHosted);
  return {
    env: gathered(providers, ({ env }) => env.map((name) => name.toUpperCase())),
    envWords: gathered(providers, ({ envWords }) => envWords.map((word) => word.toUpperCase())),
    images: new Map(providers.flatMap(({ id, images }) => images.map((image) => [bareImage(image), id]))),
    servers: new Map(servers.flatMap(({ id, envWords }) => envWords.map((word) => [word.toLowerCase(), id]))),
    ports: new Map(backwards.flatMap(({ id, ports }) => ports.map((port) => [`:${port}`, id]))),
  };
}

interface Names {
  readonly owner: string;
  readonly id: string;
  readonly others: readonly string[];
}

/** Keys of entries by their names beside that of their owner: ids win over other spellings, the first over later ones. */
function byNames<K extends 'regions' | 'retirements'>(
  table: K,
  entries: readonly Tables[K][number][],
  namesOf: (entry: Tables[K][number]) => Names,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const named = entries.map((entry) => ({ key: keyOf(table, entry), ...namesOf(entry) }));
  for (const { key, owner, id } of named) found.set(`${owner} ${id.toLowerCase()}`, key);
  for (const { key, owner, others } of named) {
    for (const name of others.map((other) => `${owner} ${other.toLowerCase()}`)) if (!found.has(name)) found.set(name, key);
  }
  return found;
}

/** Ids of providers by kind. */
export function kindsOf(providers: readonly Provider[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(gathered(providers, ({ kind }) => [kind]));
}

/** Makers before a dot, by the provider whose ids are written so. */
export function dottedOf(providers: readonly Provider[]): CompiledPack['dotted'] {
  const named = (provider: string, shared: boolean) => (maker: string) => [maker, { provider, shared }] as const;
  return Object.fromEntries(
    providers.flatMap(({ id, dotted }) => [
      ...(dotted?.own ?? []).map(named(id, false)),
      ...(dotted?.shared ?? []).map(named(id, true)),
    ]),
  );
}

function gathered(
  providers: readonly Provider[],
  namesOf: (provider: Provider) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const provider of providers) {
    for (const name of new Set(namesOf(provider))) owners.set(name, [...(owners.get(name) ?? []), provider.id]);
  }
  return owners;
}

/** Paths of all providers, the most distinctive first. */
export function pathsOf(providers: readonly Provider[]): readonly NamedPath[] {
  return providers.flatMap(({ id, paths }) => paths.map((entry) => ({ provider: id, ...entry }))).sort(byDistinction);
}

function byDistinction(left: NamedPath, right: NamedPath): number {
  return (
    Number(right.distinctive) - Number(left.distinctive) ||
    Number(right.ends !== undefined) - Number(left.ends !== undefined) ||
    right.path.length - left.path.length ||
    byCodePoint(`${left.path} ${left.provider}`, `${right.path} ${right.provider}`)
  );
}

/** An image as every registry and mirror has it. */
export function bareImage(image: string): string {
  return image
    .toLowerCase()
    .split('@', 1)
    .join('')
    .replace(/:[\w.-]*$/, '')
    .replace(/^(?:index\.)?docker\.io\//, '')
    .replace(/^library\//, '');
}
