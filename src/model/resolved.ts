/** What resolve hands to link: uses of surfaces with their arguments evaluated as far as the code allows. */

import type { Context } from './collected.ts';
import type { Declaration, Manifest, PackageEntry, Setting, ToolMention } from './observed.ts';
import type { Reading } from './reading.ts';
import type { BlockId, DirectiveComment, Location, StringUse } from './source.ts';
import type { ApiShape, CallMeaning, Facet, Operation, Surface } from './surface.ts';

/** A client, model, embedder or store that a call reaches: one concrete alternative. */
export interface Target {
  readonly surface: Surface;
  /** The calls that made it, outermost first (`createOpenAI(…)`, then `(…)('gpt-4o')`). */
  readonly made: readonly { readonly meaning: CallMeaning; readonly api: string; readonly at: Location }[];
  readonly operator?: string;
  readonly gateway?: string;
  /** It runs in this very process: nobody operates it. */
  readonly local?: boolean;
  /** Who runs it follows from the model. */
  readonly operatorFromModel?: boolean;
  readonly api?: ApiShape;
  readonly serves?: Operation;
  readonly store?: string;
  /** Ways of its gateway that the code itself describes. */
  readonly routes?: readonly GatewayModel[];
  /** Absent facet: not given. Several readings: alternatives. */
  readonly facets: Readonly<Partial<Record<Facet, readonly Reading[]>>>;
  /** What the code itself writes for a region or an address, where configuration or callers give another one. */
  readonly written?: readonly Reading[];
  readonly features: readonly FeatureUse[];
  /** Where the client is made. */
  readonly at: Location;
  /** Which branch of a choice by texts makes it; `usual`: the one that is taken when nobody says otherwise. */
  readonly branch?: { readonly of: string; readonly is: readonly string[]; readonly usual: boolean };
  /** How sure it is that this one is asked, where the call does not say so; 0 to 1. */
  readonly confidence?: number;
  /** The call that decided on it, where the call itself leaves that to its callers. */
  readonly caller?: string;
  /** Environment names the client reads by itself for its base URL. */
  readonly implicitEnv: Readonly<Partial<Record<Facet, readonly string[]>>>;
  readonly defaults: Readonly<Partial<Record<Facet, string>>>;
}

export interface FeatureUse {
  readonly feature: string;
  readonly at: Location;
}

/** How alternatives of one call stand to each other. */
export type Alternative = 'only' | 'default' | 'branch' | 'loop' | 'caller';

export interface Fallback {
  readonly mechanism: string;
  readonly class: 'auto' | 'dead' | 'manual';
  readonly targets: readonly Target[];
  readonly at: Location;
}

/** A call or construction in source code that the catalog gives a meaning. */
export interface Use {
  readonly path: string;
  readonly at: Location;
  readonly operation: Operation | 'client' | 'metadata' | 'http';
  /** As people write it: `chat.completions.create`. */
  readonly api: string;
  readonly surface: Surface;
  /** What it can reach; empty: not resolved. */
  readonly targets: readonly Target[];
  readonly alternative: Alternative;
  readonly fallbacks: readonly Fallback[];
  readonly features: readonly FeatureUse[];
  /** Block of the call in its file, for paired fallbacks. */
  readonly block: BlockId;
  /** Enclosing function, `Client.ask`; '' at module level. */
  readonly symbol: string;
  readonly context: Context;
  readonly workload: string;
  /** Uses whose enclosing function this one's enclosing function calls, by index: chains of one request. */
  readonly reaches: readonly number[];
  readonly unresolved?: string;
}

/** A model with fallbacks, where it is given them. */
export type Spared = Pick<Use, 'path' | 'surface' | 'targets' | 'fallbacks' | 'context' | 'workload'>;

/** Two or more calls of which the later is tried when the earlier fails; 'switch': of which one is chosen. */
export interface Pairing {
  readonly mechanism: 'try-catch' | 'loop' | 'catch-callback' | 'switch';
  /** Indexes into uses: first the primary. */
  readonly uses: readonly number[];
  /** One use that both try, each for its own callers: `path:line:column`, as targets name them. */
  readonly callers?: { readonly first: readonly string[]; readonly second: readonly string[] };
  readonly at: Location;
}

export interface WorkloadInfo {
  readonly id: string;
  /** Folder of its manifest, '' for the root. */
  readonly path: string;
  readonly kind: string;
}

/** A declaration of infrastructure with its attributes evaluated. */
export interface Resource {
  readonly path: string;
  readonly at: Location;
  readonly format: Declaration['format'];
  /** resource, data, provider, service, … */
  readonly block: string;
  readonly type: string;
  readonly name: string;
  readonly context: Context;
  readonly workload: string;
  /** Attribute path -> readings: `region`, `environment.variables.MODEL`, `model_id`. Nested blocks are joined by dots; repeated blocks add readings. */
  readonly attributes: Readonly<Record<string, readonly Reading[]>>;
  /** Terraform: readings of the region of its provider block. */
  readonly providerRegion: readonly Reading[];
  /** Names of resources it refers to: `aws_s3_bucket.docs`. */
  readonly references: readonly string[];
}

export interface ModelString {
  readonly path: string;
  readonly context: Context;
  readonly workload: string;
  readonly use: StringUse;
  readonly at: Location;
  /** The module is imported, directly or not, by production code. */
  readonly imported: boolean;
}

export interface PackageUse {
  readonly path: string;
  readonly context: Context;
  readonly workload: string;
  readonly entry: PackageEntry;
  readonly at: Location;
  /** Exact version from the nearest lockfile. */
  readonly locked?: string;
  readonly lockfile: boolean;
  /** Files of its workload import it: first by path and line. */
  readonly imports: readonly Location[];
}

export interface SettingUse {
  readonly path: string;
  readonly context: Context;
  readonly workload: string;
  readonly setting: Setting;
  readonly at: Location;
  /** `.env.example` and kin. */
  readonly sample: boolean;
}

interface GatewayPlace {
  readonly path: string;
  readonly at: Location;
  readonly format: Declaration['format'];
  /** Provider id of the gateway. */
  readonly gateway: string;
  readonly context: Context;
  readonly workload: string;
}

/** One way a gateway sends requests: what callers ask for, and where that goes. */
export interface GatewayModel extends GatewayPlace {
  readonly kind: 'model';
  /** A `*` stands for any text. */
  readonly name: string;
  /** What callers name: a model, or a route of the gateway. */
  readonly asked: 'model' | 'route';
  /** Who runs it, as the format names it. */
  readonly provider?: string;
  readonly facets: Readonly<Partial<Record<'model' | 'baseUrl' | 'region', readonly Reading[]>>>;
  /** URL paths of the gateway that lead there. */
  readonly paths?: readonly string[];
  /** How requests come here when what stands before it under the same name fails. */
  readonly class: Fallback['class'];
  readonly mechanism: string;
}

/** Names that are tried when one fails; '*' is every name. */
export interface GatewayFallback extends GatewayPlace {
  readonly kind: 'fallback';
  readonly name: string;
  readonly to: readonly string[];
  readonly class: Fallback['class'];
  readonly mechanism: string;
}

/** Another name of the same. */
export interface GatewayAlias extends GatewayPlace {
  readonly kind: 'alias';
  readonly name: string;
  readonly to: string;
}

/** What the file cannot say because it is kept elsewhere. */
export interface GatewayOpaque extends GatewayPlace {
  readonly kind: 'opaque';
  readonly why: string;
}

export type GatewayEntry = GatewayModel | GatewayFallback | GatewayAlias | GatewayOpaque;

export interface Resolved {
  readonly uses: readonly Use[];
  readonly pairings: readonly Pairing[];
  /** Models that code gives fallbacks to, whether or not a call here asks them. */
  readonly spares: readonly Spared[];
  readonly resources: readonly Resource[];
  /** What configurations of gateways say, in the order of path and position; models of one name in the order they are tried. */
  readonly gateways: readonly GatewayEntry[];
  readonly strings: readonly ModelString[];
  readonly packages: readonly PackageUse[];
  readonly settings: readonly SettingUse[];
  /** Tools that files configure for developers and CI. */
  readonly tools: readonly (ToolMention & { readonly path: string })[];
  readonly manifests: readonly { readonly path: string; readonly manifest: Manifest; readonly context: Context }[];
  readonly workloads: readonly WorkloadInfo[];
  readonly directives: readonly (Omit<DirectiveComment, 'at'> & { readonly at: Location })[];
  /** Imports of surface modules: for `used` and for sdk sightings. */
  readonly imports: readonly {
    readonly surface: Surface;
    readonly module: string;
    readonly at: Location;
    readonly context: Context;
    readonly workload: string;
    readonly typeOnly: boolean;
  }[];
  /** Reason -> count of what stayed unknown. */
  readonly unknown: Readonly<Record<string, number>>;
  /** Files parsed because asked for. */
  readonly asked: number;
}
