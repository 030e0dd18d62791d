/** What the catalog knows. Every entry says where it comes from and since when. */
import type { CatalogPackage, DeveloperTool, NoticePolicy, ServiceEnd } from './catalog-tables.ts';
import type { GatewayConfig } from './gateway-config.ts';
import type { EndpointMatch, HostMatch, ModelMatch, PathMatch } from './match.ts';
import type { ResourceType } from './resource-type.ts';
import type { ApiShape, Operation, Provenance, Surfaces } from './surface.ts';

export type ProviderKind =
  | 'model-lab'
  | 'cloud-platform'
  | 'inference-host'
  | 'gateway'
  | 'self-hosted-runtime'
  | 'vector-store'
  | 'observability'
  | 'speech'
  | 'image'
  | 'document'
  | 'search'
  | 'maker'
  | 'hypervisor'
  /** Where weights are downloaded from; nothing runs there. */
  | 'weight-hub'
  | 'open-ended';

/** ISO country a company is led from, and its legal entity. */
export interface Headquarters extends Provenance {
  readonly country: string;
  readonly entity?: string;
  /** Kind of document: the vendor's own, a register, the press. */
  readonly basis?: 'vendor' | 'register' | 'press';
}

/** The company behind a service, and since when where it bought it. */
export interface Owner extends Provenance {
  readonly name: string;
  readonly since?: string;
}

/** A path of a service. */
export interface ProviderPath {
  readonly path: string;
  /** What the whole path then ends with (`:embedContent`). */
  readonly ends?: string;
  readonly operation?: Operation;
  readonly distinctive: boolean;
  /** A model id follows; the characters that end it, none: the rest of the path. */
  readonly model?: string;
}

/** A company's service: who can run, host or route a model. */
export interface Provider extends Provenance {
  readonly id: string;
  readonly name: string;
  readonly kind: ProviderKind;
  readonly status: 'active' | 'retired' | 'announced';
  /** When the service ends or ended; the day may lie ahead. */
  readonly retired?: { readonly from: string; readonly successor?: string } & Provenance;
  /** Operator group: services of one owner (`amazon`, `microsoft`, `google`). */
  readonly group?: string;
  readonly owner?: Owner;
  readonly hq?: Headquarters;
  /** Who sells it. A seller may sit under another law than the headquarters. */
  readonly contracts?: readonly ({ readonly entity: string; readonly country?: string; readonly scope?: string } & Provenance)[];
  readonly hosts: readonly string[];
  /** Regular expressions over a whole host name, linear time. Groups `(?<region>…)` and `(?<cloud>…)` name the region and the cloud it is one of. */
  readonly hostPatterns: readonly string[];
  /** Hosts that the patterns match, as documents write them. */
  readonly examples: readonly string[];
  /** Paths that name the service where the host is unknown: `/openai/deployments/`. */
  readonly paths: readonly ProviderPath[];
  /** Its hosts serve quite other things too: only its own paths count. */
  readonly sharedHosts?: boolean;
  /** A gateway for any interface: only what runs a model is a use of it. */
  readonly mixed?: boolean;
  readonly env: readonly string[];
  /** Parts of environment names that name the service beside a URL: `OLLAMA`. */
  readonly envWords: readonly string[];
  readonly ports: readonly number[];
  readonly images: readonly string[];
  readonly compatible: boolean;
  /** The cloud this is a service of, e.g. aws for aws-bedrock: its regions are that cloud's. */
  readonly cloud?: string;
  readonly hostedOn: readonly ({ readonly cloud: string; readonly relation: 'sole' | 'primary' | 'named' } & Provenance)[];
  readonly residency: readonly ({ readonly host: string; readonly country: string } & Provenance)[];
  /** What an absent region means: a region id, or 'global'. */
  readonly defaultRegion?: string;
  /** gateway: the model prefixes whose maker's own service is used by default (`anthropic` -> `anthropic`). */
  readonly firstParty?: Readonly<Record<string, string>>;
  /** gateway: how a request names the service it is sent on to. */
  readonly upstreams?: {
    /** What the gateway calls services, lower case, spaces as hyphens -> provider ids. */
    readonly names?: Readonly<Record<string, string>>;
    /** Hosts of the gateway that lead to one service each. */
    readonly hosts?: Readonly<Record<string, string>>;
    /** Which segment of the path names the service, the first being 1. */
    readonly segment?: number;
    /** The prefix of a model names the service that runs it, no maker. */
    readonly prefix?: boolean;
    /** What stands between models that are tried one after the other. */
    readonly list?: string;
    /** Key of a request's body that lists models to try in turn. */
    readonly tries?: string;
    /** A model may name the service behind a slash at its end. */
    readonly suffix?: boolean;
    /** How models begin that name a route of the gateway's console. */
    readonly stored?: string;
  };
  readonly selfHosted: boolean;
  /** Whose models run where no known id says so: deployments have names of their own. */
  readonly deploys?: string;
  /** Makers that its model ids begin with, before a dot; `shared`: other services write them so too. */
  readonly dotted?: { readonly own: readonly string[]; readonly shared: readonly string[] };
  readonly notes?: string;
}

export interface Cloud extends Provenance {
  readonly id: string;
  readonly name: string;
  /** How types of its resources begin, up to a `_`, `-` or `::`: aws, awscc, AWS. */
  readonly resources: readonly string[];
  /** Terraform's name of the backend that keeps state there: s3. */
  readonly backend?: string;
  readonly group?: string;
  readonly owner?: Owner;
  readonly hq?: Headquarters;
}

export interface Region extends Provenance {
  readonly cloud: string;
  readonly id: string;
  readonly name: string;
  readonly country: string;
  /** 'EU' for the 27, else the country. */
  readonly jurisdiction: string;
  /** Part of the cloud with accounts of its own, where it is not the public one: aws-cn. */
  readonly partition?: string;
  /** `cloud:region` that it runs in: what falls there, falls here. */
  readonly underlying?: string;
  readonly city?: string;
  /** Latitude and longitude of the city. */
  readonly at?: readonly number[];
  readonly aliases: readonly string[];
  readonly pair?: string;
  readonly risk?: { readonly event: string; readonly state: string } & Provenance;
}

export interface ModelFamily extends Provenance {
  readonly id: string;
  readonly maker: string;
  readonly country?: string;
  /** Over a whole bare id, case-insensitive, linear time. */
  readonly pattern: string;
  /** Lower-case fragments, one of which every id of the family holds; none for an ambiguous family. They feed the prefilter. */
  readonly words: readonly string[];
  readonly weights: 'open' | 'closed' | 'mixed';
  readonly open?: string;
  readonly kind: Operation | 'other';
  readonly priority: number;
  /** Short or ordinary words: count only in a model argument or beside their own import or host. */
  readonly ambiguous: boolean;
  readonly examples: readonly string[];
  /** Bare ids that the operator points at another version when it likes, where the name does not say so. */
  readonly floating: readonly string[];
  readonly licence?: string;
}

export interface Retirement extends Provenance {
  readonly operator: string;
  readonly model: string;
  readonly aliases: readonly string[];
  readonly announced?: string;
  readonly shutdown?: string;
  /** earliest: the operator keeps the model until then, and may keep it longer. */
  readonly precision: 'exact' | 'month' | 'earliest';
  readonly replacement?: string;
}

/** Where inference may run, by prefix of a model id or by SKU. */
export interface InferenceScope extends Provenance {
  readonly provider: string;
  readonly token: string;
  readonly kind: 'model-prefix' | 'sku' | 'location';
  /** k of the region node: 1 pinned, 0.5 geography, 0.4 global. */
  readonly k: number;
  readonly geography?: string;
  readonly destinations: readonly string[];
}

export interface Feature extends Provenance {
  readonly id: string;
  readonly name: string;
  readonly providers: readonly string[];
  /** The lock-in rule that reads it, and what it weighs. */
  readonly rule?: string;
  readonly p?: number;
  readonly alternative?: string;
}

export interface Catalog {
  readonly digest: string;
  readonly date: string;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly clouds: ReadonlyMap<string, Cloud>;
  readonly families: ReadonlyMap<string, ModelFamily>;
  readonly features: ReadonlyMap<string, Feature>;
  readonly surfaces: Surfaces;
  /** Meaning of configuration formats, by format. */
  readonly configs: ReadonlyMap<string, GatewayConfig>;
  readonly scoring: ScoringFacts;
  providersOf(kind: ProviderKind): readonly Provider[];
  /** Provider of a host name (no port). */
  host(host: string): HostMatch | undefined;
  /** Provider of a URL, with the environment names it came through. Holes of unknown text are `\u0000`. */
  endpoint(url: string, env: readonly string[]): EndpointMatch | undefined;
  /** Providers that a URL path names, the most distinctive first. */
  path(path: string): readonly PathMatch[];
  /** Provider whose environment name this is, exactly or by a word in it. */
  env(name: string): Provider | undefined;
  image(image: string): Provider | undefined;
  /** Parses a model id in any platform's form; undefined: nothing the catalog knows. `certain`: it stands in a model argument, so ambiguous names count. */
  model(id: string, certain: boolean): ModelMatch | undefined;
  region(cloud: string, token: string): Region | undefined;
  /** Inference scope of a SKU or location at a provider. */
  scope(provider: string, kind: InferenceScope['kind'], token: string): InferenceScope | undefined;
  retirement(operator: string, model: string): Retirement | undefined;
  package(ecosystem: string, name: string): CatalogPackage | undefined;
  readonly tools: ReadonlyMap<string, DeveloperTool>;
  /** Ends of services that are no models, by id. */
  readonly services: ReadonlyMap<string, ServiceEnd>;
  /** What a provider promises about the end of its models. */
  notice(provider: string): NoticePolicy | undefined;
  resource(tool: string, type: string): ResourceType | undefined;
}

/** rules/scoring.yml: the editorial constants outside the model's own. */
export interface ScoringFacts {
  readonly apiShape: Readonly<Record<ApiShape, number>>;
  readonly confidence: Readonly<Record<string, number>>;
}
