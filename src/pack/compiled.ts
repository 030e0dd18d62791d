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
import type { IndexRows, NamedPath } from './indexes.ts';
import type { Rows } from './rows.ts';

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

/** What a pack says beside its tables. */
export interface Constants {
  readonly format: 3;
  /** sha256 of what the tables and the constants of scoring say. */
  readonly digest: string;
  /** The youngest date of any fact. */
  readonly date: string;
  readonly scoring: ScoringFacts;
  /** Words of the prefilter, and a digest of all that the vocabulary depends on: derived once, when the pack is compiled. */
  readonly vocabulary: { readonly words: readonly string[]; readonly digest: string };
  /** Paths of all providers, the most distinctive first. */
  readonly paths: readonly NamedPath[];
  /** Kind of provider -> their ids. */
  readonly kinds: Readonly<Record<string, readonly string[]>>;
  /** Maker before the dot of a model id -> whose form of ids that is. */
  readonly dotted: Readonly<Record<string, { readonly provider: string; readonly shared: boolean }>>;
  /** Families in the order in which an id is tried on them. */
  readonly familyOrder: readonly RankedFamily[];
  /** Last names of the member paths of SDKs that run a model. */
  readonly callNames: readonly string[];
}

/** What tells whether a family is worth trying. */
export type RankedFamily = Pick<ModelFamily, 'id' | 'words' | 'ambiguous'>;

/** A pack ready to be asked: whole tables for those who walk them, rows and indexes for those who look something up. */
export interface CompiledPack extends Constants, Tables {
  readonly rows: { readonly [K in TableName]: Rows<Tables[K][number]> };
  readonly indexes: IndexRows;
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
  packages: (entry) => packageKey(entry.ecosystem, entry.name),
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

/** A package as its registry takes the name: PyPI takes `_`, `.` and case as one, Swift knows addresses. */
export function packageKey(ecosystem: string, name: string): string {
  if (ecosystem === 'pypi') return `${ecosystem} ${name.toLowerCase().replaceAll(/[-_.]+/g, '-')}`;
  // An address of a repository: GitHub minds neither case, nor .git, nor a slash at the end.
  if (ecosystem === 'swift')
    return `${ecosystem} ${name
      .toLowerCase()
      .replace(/\/$/, '')
      .replace(/\.git$/, '')}`;
  return ecosystem === 'nuget' || ecosystem === 'packagist' ? `${ecosystem} ${name.toLowerCase()}` : `${ecosystem} ${name}`;
}

/** Every table, in the order in which a pack is written. */
export const TABLE_NAMES = Object.keys(KEYS).sort() as readonly TableName[];

/** Orders two texts by code point, the same on every machine. */
export function byCodePoint(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
