/** What link makes of the sightings: capabilities, routes and the layered graph. */

import type { Context } from './collected.ts';
import type { Inventory } from './inventory.ts';
import type { How } from './reading.ts';
import type { ApiShape, Operation } from './surface.ts';

export type Layer =
  | 'sdk'
  | 'gateway'
  | 'operator'
  | 'model'
  | 'maker'
  | 'cloud'
  | 'region'
  | 'jurisdiction'
  | 'host'
  | 'virtualization';

/** `layer:name`, e.g. `operator:aws-bedrock`, `region:aws:me-central-1`. */
export type NodeId = string;
export type EvidenceId = string;
export type RouteId = string;

export interface Evidence {
  readonly id: EvidenceId;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The token itself, redacted, never the line. */
  readonly token: string;
  readonly detector: string;
  readonly how: How;
  readonly confidence: number;
}

export interface GraphNode {
  readonly id: NodeId;
  readonly layer: Layer;
  readonly name: string;
  readonly group?: string;
  readonly jurisdiction?: string;
  readonly known: boolean;
}

export interface FactRef {
  readonly source: string;
  readonly date: string;
  readonly verified: boolean;
}

export interface GraphEdge {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly k: number;
  readonly evidence: readonly EvidenceId[];
  readonly fact?: FactRef;
}

export type RouteNode = { readonly node: NodeId; readonly k: number } | { readonly unknown: string };

export interface Route {
  readonly id: RouteId;
  readonly sdk?: NodeId;
  readonly gateway?: NodeId;
  readonly model?: NodeId;
  readonly family?: string;
  readonly retired?: boolean;
  /** Layers operator, maker, cloud, region, jurisdiction, virtualization. An absent layer: none (self-hosted, open weights). */
  readonly nodes: Readonly<Partial<Record<Layer, readonly RouteNode[]>>>;
  readonly destinations: readonly NodeId[];
  // ---- for rules and rendering ----
  /** Provider id that runs the endpoint, also for self-hosted runtimes. */
  readonly provider?: string;
  /** The provider is a self-hosted runtime. */
  readonly selfHosted: boolean;
  readonly modelId?: string;
  readonly openWeights: boolean | null;
  readonly tuned: boolean;
  readonly api: ApiShape;
  readonly how: How;
  readonly confidence: number;
  /** How the region is known: pinned, profile, global, implicit, none. */
  readonly regionKind: 'pinned' | 'geography' | 'global' | 'implicit' | 'none';
  readonly evidence: readonly EvidenceId[];
}

export type FallbackClass = 'tested' | 'auto' | 'manual' | 'dead';

export interface RouteFallback {
  readonly route: RouteId;
  readonly class: FallbackClass;
  readonly mechanism: string;
  readonly kappa: number;
  readonly compat: number;
  readonly evidence: readonly EvidenceId[];
}

export interface Store {
  readonly id: string;
  readonly provider: string;
  readonly hosted: boolean;
  readonly region?: NodeId;
  readonly evidence: readonly EvidenceId[];
}

export interface Leg {
  readonly operation: Operation;
  readonly primary: RouteId;
  readonly fallbacks: readonly RouteFallback[];
  readonly stores: readonly Store[];
}

/** A lock-in or lifecycle factor, put on a capability by link (API shape) or by weigh (rules). */
export interface Factor {
  readonly ruleId: string;
  /** Each type counts once per capability. */
  readonly factor: string;
  readonly dimension: 'lockIn' | 'lifecycle';
  readonly p: number;
  readonly confidence: number;
  readonly evidence: readonly EvidenceId[];
}

export interface Capability {
  readonly id: string;
  readonly workload: string;
  readonly operation: Operation;
  readonly context: Context;
  readonly criticality: 'critical' | 'important' | 'standard' | 'experimental';
  readonly weight: number;
  readonly legs: readonly Leg[];
  readonly factors: readonly Factor[];
  /** Call sites, by evidence. */
  readonly sites: readonly EvidenceId[];
  /** Features used: id -> evidence. */
  readonly features: Readonly<Record<string, readonly EvidenceId[]>>;
  /** Extra nodes that edge rules put on it: layer -> nodes. */
  readonly extra: readonly { readonly layer: Layer; readonly node: NodeId; readonly k: number; readonly ruleId: string }[];
  /** A short name for people: `chat`, `embeddings + chat`. */
  readonly label: string;
}

export interface Workload {
  readonly id: string;
  readonly path: string;
  readonly kind: string;
  readonly host: readonly { readonly node: NodeId; readonly k: number; readonly evidence: readonly EvidenceId[] }[];
  readonly virtualization: readonly { readonly node: NodeId; readonly k: number; readonly evidence: readonly EvidenceId[] }[];
}

export interface Assumption {
  readonly kind: string;
  readonly text: string;
  readonly count: number;
}

export interface Linked {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly routes: readonly Route[];
  readonly capabilities: readonly Capability[];
  readonly workloads: readonly Workload[];
  readonly inventory: Inventory;
  readonly evidence: readonly Evidence[];
  /** Elements that rules look at and that are not in the report as such: resources with their facts. */
  readonly resources: readonly ResourceElement[];
  readonly clients: readonly ClientElement[];
  readonly assumptions: readonly Assumption[];
  readonly unknown: Readonly<Record<string, number>>;
}

/** A resource of infrastructure as a rule sees it. */
export interface ResourceElement {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly layer: string;
  readonly provider?: string;
  readonly cloud?: string;
  readonly region?: NodeId;
  readonly sku?: string;
  readonly feature?: string;
  /** Attribute path -> first known text. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Referenced by another resource that copies it elsewhere (replication, global table). */
  readonly replicated: boolean;
  readonly capabilities: readonly string[];
  readonly workload: string;
  readonly context: Context;
  readonly evidence: readonly EvidenceId[];
}

/** The construction of a client. */
export interface ClientElement {
  readonly id: string;
  readonly provider?: string;
  readonly sdk?: string;
  readonly region?: string;
  /** literal, env, sdk-default, none … */
  readonly regionHow: How | 'none';
  readonly baseUrlHow: How | 'none';
  readonly modelHow: How | 'none';
  readonly apiVersion?: string;
  readonly workload: string;
  readonly context: Context;
  readonly capabilities: readonly string[];
  readonly evidence: readonly EvidenceId[];
}
