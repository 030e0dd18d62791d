import type { Provenance } from './surface.ts';

/** A type of infrastructure resource and what its attributes mean. */
export interface ResourceType extends Provenance {
  readonly tool: string;
  readonly type: string;
  readonly cloud?: string;
  readonly provider?: string;
  /** One type for several services: the text of that attribute picks the provider; a text that is not listed is none of ours. */
  readonly by?: { readonly attribute: string; readonly providers: Readonly<Record<string, string>> };
  /** What it is for the audit. */
  readonly layer:
    | 'model'
    | 'endpoint'
    | 'agent'
    | 'knowledge-base'
    | 'store'
    | 'compute'
    | 'state'
    | 'network'
    | 'gateway'
    | 'virtualization'
    | 'other';
  readonly meaning: string;
  /** Attribute paths that hold the region, in order; none: the region of its provider block. */
  readonly region: readonly string[];
  readonly model: readonly string[];
  readonly sku: readonly string[];
  /** Attribute paths of environment maps it hands to the workload. */
  readonly env: readonly string[];
  readonly feature?: string;
  readonly forwards?: Forwards;
}

/** It tells a gateway where to send requests. Paths lie below the body of the resource. */
export interface Forwards {
  /** Provider id of the gateway. */
  readonly gateway: string;
  /** One type for many things: only where the text of that attribute begins so. */
  readonly when?: { readonly attribute: string; readonly starts: string };
  /** Where the address of a backend stands. */
  readonly url: readonly string[];
  /** What makes the gateway leave a backend alone that fails. */
  readonly breaker: readonly string[];
  /** Members of a pool; `id` and `priority` are relative to its items. */
  readonly pool?: { readonly list: string; readonly id: string; readonly priority: string };
  /** Where the text of a policy stands. */
  readonly policy?: readonly string[];
}
