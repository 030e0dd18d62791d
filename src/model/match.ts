/** What lookups of the catalog find: of hosts, URLs, paths and model ids. */
import type { InferenceScope, ModelFamily, Provider } from './catalog.ts';
import type { Operation } from './surface.ts';

export interface HostMatch {
  readonly provider: Provider;
  /** Region as the host writes it. */
  readonly region?: string;
  readonly country?: string;
}

/** What a URL path says. */
export interface PathMatch {
  readonly provider: Provider;
  readonly operation?: Operation;
  readonly distinctive: boolean;
  readonly model?: string;
}

/** What a URL names, even where its host is a hole or a service of one's own. */
export interface EndpointMatch {
  readonly provider: Provider;
  readonly operation?: Operation;
  readonly region?: string;
  readonly country?: string;
  /** Model id that the path holds, holes kept. */
  readonly model?: string;
  /** host: its own; path, env, name, port: by what stands beside an unknown host. */
  readonly by: 'host' | 'path' | 'env' | 'name' | 'port';
}

export interface ModelMatch {
  readonly id: string;
  /** The id without platform prefix, date suffix kept: what the maker calls it. */
  readonly bare: string;
  readonly family?: ModelFamily;
  readonly maker?: string;
  readonly weights: 'open' | 'closed' | 'unknown';
  /** Operator that the form of the id gives away (`anthropic.claude…-v1:0` is Bedrock). */
  readonly operator?: string;
  /** Prefix before a slash (`anthropic/claude…`). */
  readonly prefix?: string;
  readonly scope?: InferenceScope;
  /** ft:… and custom-model ARNs. */
  readonly tuned: boolean;
}
