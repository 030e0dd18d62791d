import type {
  Cloud,
  Feature,
  InferenceScope,
  ModelFamily,
  Provider,
  Region,
  Retirement,
  ScoringFacts,
} from '../model/catalog.ts';
import type { CatalogPackage, DeveloperTool, NoticePolicy, ServiceEnd } from '../model/catalog-tables.ts';
import type { GatewayConfig } from '../model/gateway-config.ts';
import type { ResourceType } from '../model/resource-type.ts';
import type { Rule, Scenario } from '../model/rule.ts';
import type { Provenance, Surface } from '../model/surface.ts';

/** What stands before the slash or colon of a model id, and whose service that is: `bedrock/…`, `google_vertexai:…`. */
export interface ModelPrefix extends Provenance {
  readonly prefix: string;
  readonly provider: string;
}

/** How ids name a maker before the model, as an organisation or with a dash: `meta-llama/…`, `openai-gpt-4o`. */
export interface MakerName extends Provenance {
  readonly name: string;
  readonly provider: string;
}

/** The tables of a pack, each sorted by its key. */
export interface Tables {
  readonly providers: readonly Provider[];
  readonly clouds: readonly Cloud[];
  readonly regions: readonly Region[];
  readonly families: readonly ModelFamily[];
  readonly prefixes: readonly ModelPrefix[];
  readonly makers: readonly MakerName[];
  readonly retirements: readonly Retirement[];
  readonly scopes: readonly InferenceScope[];
  readonly packages: readonly CatalogPackage[];
  readonly services: readonly ServiceEnd[];
  readonly notices: readonly NoticePolicy[];
  readonly tools: readonly DeveloperTool[];
  readonly features: readonly Feature[];
  readonly resources: readonly ResourceType[];
  readonly surfaces: readonly Surface[];
  readonly configs: readonly GatewayConfig[];
  readonly rules: readonly Rule[];
  readonly scenarios: readonly Scenario[];
}

export type TableName = keyof Tables;

/** What one folder says: its tables, what it takes away from earlier packs, and its share of the constants. */
export interface PackContents {
  readonly tables: Tables;
  /** Keys of entries that `disabled: true` removes. */
  readonly removed: { readonly [K in TableName]?: readonly string[] };
  readonly scoring: { readonly [K in keyof ScoringFacts]?: Partial<ScoringFacts[K]> };
}

/** A pack as dist/pack.json holds it: plain JSON, every list and flag present. */
export interface CompiledPack extends Tables {
  readonly format: 1;
  /** sha256 of everything else. */
  readonly digest: string;
  /** The youngest date of any fact. */
  readonly date: string;
  readonly scoring: ScoringFacts;
  /** Words of the prefilter, and a digest of all that the vocabulary depends on: derived once, when the pack is compiled. */
  readonly vocabulary: { readonly words: readonly string[]; readonly digest: string };
  /** What the names can end in that a pattern of hosts matches. */
  readonly hostEnds: Readonly<Record<string, readonly string[]>>;
}

/** What makes an entry of a table the same entry in a later pack. */
const KEYS: { readonly [K in TableName]: (entry: Tables[K][number]) => string } = {
  providers: (entry) => entry.id,
  clouds: (entry) => entry.id,
  regions: (entry) => `${entry.cloud} ${entry.id}`,
  families: (entry) => entry.id,
  prefixes: (entry) => entry.prefix,
  makers: (entry) => entry.name,
  retirements: (entry) => `${entry.operator} ${entry.model}`,
  scopes: (entry) => `${entry.provider} ${entry.kind} ${entry.token}`,
  packages: (entry) => `${entry.ecosystem} ${entry.name}`,
  services: (entry) => entry.id,
  notices: (entry) => entry.provider,
  tools: (entry) => entry.id,
  features: (entry) => entry.id,
  resources: (entry) => `${entry.tool} ${entry.type}`,
  surfaces: (entry) => entry.id,
  configs: (entry) => entry.id,
  rules: (entry) => entry.id,
  scenarios: (entry) => entry.id,
};

/** Key of an entry of that table, which the schema of the table has vouched for. */
export function keyOf(table: TableName, entry: unknown): string {
  return (KEYS[table] as (entry: unknown) => string)(entry);
}

/** Every table, in the order in which a pack is written. */
export const TABLE_NAMES = Object.keys(KEYS).sort() as readonly TableName[];

/** Orders two texts by code point, the same on every machine. */
export function byCodePoint(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
