/** What the catalog knows of configuration formats: where in a declaration a model, a region or a fallback stands. */
import type { Provenance } from './surface.ts';

/** What must hold of a declaration; without `equals` and `in`, being given is enough. */
export interface ConfigCondition {
  readonly block?: string;
  readonly path: string;
  readonly equals?: string | number | boolean;
  readonly in?: readonly (string | number | boolean)[];
}

export interface ConfigPlace {
  readonly block: string;
  readonly path: string;
}

/** A declaration that says where requests go. Paths are dotted, below its body; `labels.0` is its first label. */
export interface ConfigRoute {
  readonly block: string;
  readonly when?: ConfigCondition;
  readonly name: string;
  /** List of which each item is a route; `name` and what follows are relative to its items. */
  readonly each?: string;
  /** The name is also the model that is asked for upstream. */
  readonly named?: true;
  /** The targets are names of accounts that the console keeps. */
  readonly stored?: true;
  /** URL paths that lead there; and a pattern of one, `{name}` standing for the name. */
  readonly paths?: readonly string[];
  readonly url?: string;
  /** Other declarations that say the rest: the one whose `label` is the text at `by`, of the item or of one joined before. */
  readonly joins?: readonly ConfigJoin[];
  /** List of the routes inside; the paths below are relative to its items. */
  readonly nested?: string;
  readonly model?: readonly string[];
  /** Paths of URLs, of which a part is the model where none is written. */
  readonly within?: readonly string[];
  readonly underlying?: readonly string[];
  readonly provider?: readonly string[];
  readonly prefix?: 'operator';
  readonly baseUrl?: readonly string[];
  readonly region?: readonly string[];
  readonly variants?: readonly (Pick<ConfigCondition, 'path' | 'in'> & { readonly provider: string })[];
}

export interface ConfigJoin {
  readonly block: string;
  readonly when?: ConfigCondition;
  readonly by: string;
  readonly label: string;
}

/** Several ways to one name: `by` is `name` (routes of one name) or the list of targets. */
export interface ConfigPool {
  readonly block?: string;
  readonly by: string;
  readonly item?: string;
  readonly order?: string;
  readonly when?: readonly ConfigCondition[];
  readonly unless?: readonly ConfigCondition[];
  readonly class: 'auto' | 'manual' | 'dead';
  readonly mechanism: string;
}

/** What the declarations of one configuration format mean. */
export interface GatewayConfig extends Provenance {
  /** Format of the declarations. */
  readonly id: string;
  readonly gateway?: string;
  /** All files of a folder are one configuration. */
  readonly together?: 'folder';
  /** What a request names to be sent on. */
  readonly asked: 'model' | 'route';
  readonly cloud?: string;
  readonly routes: readonly ConfigRoute[];
  readonly pools: readonly ConfigPool[];
  readonly fallbacks: readonly (ConfigPlace & {
    readonly shape: 'list' | 'list-of-maps';
    readonly class: 'auto' | 'manual' | 'dead';
    readonly mechanism: string;
  })[];
  /** Conditions that make a pool move on only then. */
  readonly narrowed: readonly {
    readonly path: string;
    readonly only: readonly (string | number | boolean)[];
    readonly class: 'auto' | 'manual' | 'dead';
  }[];
  readonly inactive: readonly ConfigCondition[];
  readonly aliases: readonly ConfigPlace[];
  readonly environment: readonly ConfigPlace[];
  /** What the file cannot say: unknown, never none. */
  readonly opaque: readonly {
    readonly block?: string;
    readonly path?: string;
    readonly equals?: string | number | boolean;
    readonly contains?: string;
    readonly always?: true;
    readonly why: string;
  }[];
  /** The format's own names of providers -> provider ids. */
  readonly providers: Readonly<Record<string, string>>;
  readonly services: readonly {
    readonly block: string;
    readonly at?: string;
    readonly image: readonly string[];
    readonly command?: readonly string[];
    readonly last?: true;
  }[];
  /** Regions the code itself is deployed to. */
  readonly host: readonly ConfigPlace[];
  readonly bindings: readonly { readonly path: string; readonly provider: string }[];
  readonly defaults: { readonly region?: string };
  readonly notes?: string;
}
