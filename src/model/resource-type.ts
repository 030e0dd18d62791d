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
}
