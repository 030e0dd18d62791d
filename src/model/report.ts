/** The JSON report, version 1 (DESIGN.md section 9). Fields are added, never renamed. */
import type { Context } from './collected.ts';
import type {
  Assumption,
  Evidence,
  EvidenceId,
  FallbackClass,
  GraphEdge,
  GraphNode,
  Layer,
  NodeId,
  RouteId,
  RouteNode,
} from './graph.ts';
import type { Inventory } from './inventory.ts';
import type { Severity } from './rule.ts';

export type Grade = 'A' | 'B' | 'C' | 'D' | 'F' | '-';

export interface Dimensions {
  readonly concentration: number | null;
  readonly lockIn: number | null;
  readonly region: number | null;
  readonly jurisdiction: number | null;
  readonly lifecycle: number | null;
}

export interface ScoreBlock {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly grade: Grade;
  readonly caps: readonly { readonly grade: Grade; readonly reason: string }[];
  readonly vector: string;
  readonly dimensions: Dimensions;
}

export interface LayerRow {
  readonly layer: Layer;
  readonly totalWeight: number;
  readonly hhi: number | null;
  readonly effective: number | null;
  readonly exposureNorm: number;
  readonly unknownShare: number;
  /** Sorted by exposure, share, then node id. */
  readonly shares: readonly {
    readonly node: NodeId;
    readonly name: string;
    readonly weight: number;
    readonly share: number;
    readonly exposure: number;
  }[];
}

export interface Finding {
  readonly ruleId: string;
  readonly code: string;
  readonly severity: Severity;
  readonly confidence: number;
  readonly message: string;
  /** Element id the finding is about. */
  readonly subject: string;
  /** Key of its group: findings of one workload and operator group. */
  readonly group: string;
  readonly fingerprint: string;
  readonly evidence: readonly EvidenceId[];
  readonly fix: string;
  /** S minus S after the remedy, by re-scoring; null where the remedy cannot be modelled. */
  readonly fixGain: number | null;
  readonly suppressed?: { readonly by: string; readonly reason: string; readonly until?: string };
}

export interface WhatIfBlock {
  readonly scenario: string;
  readonly title: string;
  readonly lost: readonly string[];
  /** 0..1 */
  readonly exposure: number | null;
  readonly unknown: number | null;
  readonly infrastructure: number | null;
  readonly capabilities: readonly { readonly id: string; readonly state: string; readonly loss: number }[];
}

export interface PlanB {
  readonly capability: string;
  readonly leg: number;
  readonly action: string;
  readonly title: string;
  /** Route proposed. */
  readonly to: { readonly operator: string | null; readonly model: string | null; readonly region: string | null };
  readonly before: number;
  readonly after: number;
  readonly gain: number;
  readonly grade: Grade;
  readonly files: readonly string[];
  readonly caveats: readonly string[];
}

export interface Coverage {
  readonly discovered: number;
  readonly screened: number;
  readonly parsed: number;
  readonly degraded: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly failed: readonly { readonly path: string; readonly reason: string }[];
  readonly excludedBy: Readonly<Record<string, number>>;
  readonly unknown: Readonly<Record<string, number>>;
}

export interface ReportCapability {
  readonly id: string;
  readonly label: string;
  readonly workload: string;
  readonly operation: string;
  readonly context: Context;
  readonly criticality: string;
  readonly weight: number;
  readonly legs: readonly {
    readonly primary: RouteId;
    readonly fallbacks: readonly {
      readonly route: RouteId;
      readonly class: FallbackClass;
      readonly mechanism: string;
      readonly kappa: number;
      readonly compat: number;
      readonly evidence: readonly EvidenceId[];
    }[];
    readonly stores: readonly { readonly id: string; readonly provider: string; readonly region: NodeId | null }[];
  }[];
  readonly factors: readonly {
    readonly ruleId: string;
    readonly dimension: string;
    readonly factor: string;
    readonly p: number;
    readonly confidence: number;
    readonly evidence: readonly EvidenceId[];
  }[];
  readonly sites: readonly EvidenceId[];
}

export interface ReportRoute {
  readonly id: RouteId;
  readonly sdk?: NodeId;
  readonly gateway?: NodeId;
  readonly model?: NodeId;
  readonly family?: string;
  readonly retired?: boolean;
  readonly nodes: Readonly<
    Record<'operator' | 'maker' | 'cloud' | 'region' | 'jurisdiction' | 'virtualization', readonly RouteNode[]>
  >;
  readonly destinations: readonly NodeId[];
}

/** Facts about the findings' rules that renderers need, once per rule that fired. */
export interface RuleNote {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
  readonly references: readonly string[];
  readonly maps: readonly string[];
}

export interface Report {
  readonly schemaVersion: '1';
  readonly tool: { readonly name: 'ai-deps'; readonly version: string };
  readonly catalog: { readonly digest: string; readonly date: string };
  readonly config: { readonly digest: string };
  readonly weights: 'default' | 'custom';
  readonly asOf: string;
  readonly home: readonly string[];
  readonly unknownMode: 'pessimistic' | 'optimistic';
  readonly source: { readonly name: string; readonly revision?: string; readonly treeDigest: string };
  readonly score: ScoreBlock;
  readonly workloads: readonly {
    readonly id: string;
    readonly path: string;
    readonly kind: string;
    readonly score: ScoreBlock;
    readonly totalWeight: number;
    readonly host: readonly { readonly node: NodeId; readonly k: number }[];
    readonly virtualization: readonly { readonly node: NodeId; readonly k: number }[];
  }[];
  readonly layers: readonly LayerRow[];
  readonly graph: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] };
  readonly routes: readonly ReportRoute[];
  readonly capabilities: readonly ReportCapability[];
  readonly inventory: Inventory;
  readonly evidence: readonly Evidence[];
  readonly findings: readonly Finding[];
  readonly rules: readonly RuleNote[];
  readonly whatIf: readonly WhatIfBlock[];
  readonly planB: readonly PlanB[];
  readonly coverage: Coverage;
  readonly problems: readonly { readonly path?: string; readonly reason: string; readonly message: string }[];
  readonly assumptions: readonly Assumption[];
  readonly gate: { readonly passed: boolean; readonly reasons: readonly string[] };
  readonly exit: { readonly code: number; readonly reasons: readonly string[] };
}
