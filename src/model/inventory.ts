/** The inventory of the report: everything seen, one entry per id and place. */
import type { Context } from './collected.ts';
import type { EvidenceId, FallbackClass, RouteId } from './graph.ts';
import type { How } from './reading.ts';

/** Common to every inventory entry. `key` is unique within the list. */
export interface InventoryEntry {
  readonly id: string;
  readonly key: string;
  readonly context: Context;
  readonly confidence: number;
  readonly how: How;
  readonly evidence: readonly EvidenceId[];
  readonly path: string;
  readonly line: number;
}

export type ProviderRole = 'operator' | 'maker' | 'host' | 'gateway' | 'runtime';

export interface Inventory {
  readonly providers: readonly (InventoryEntry & {
    readonly name: string;
    readonly kind: string;
    readonly roles: readonly ProviderRole[];
  })[];
  readonly models: readonly (InventoryEntry & {
    readonly maker: string | null;
    readonly family: string | null;
    readonly openWeights: boolean | null;
    readonly operators: readonly string[];
  })[];
  readonly clouds: readonly (InventoryEntry & { readonly name: string })[];
  readonly regions: readonly (InventoryEntry & {
    readonly cloud: string;
    readonly region: string;
    readonly country: string | null;
    readonly role: 'endpoint' | 'deploy' | 'state' | 'data' | 'table';
  })[];
  readonly packages: readonly (InventoryEntry & {
    readonly ecosystem: string;
    readonly name: string;
    readonly version: string | null;
    readonly role: string;
    readonly manifest: string;
    readonly used: boolean;
    readonly providers: readonly string[];
    /** For manifest rules: the range as written, its group, whether a lockfile pins it, and what replaces a deprecated one. */
    readonly range: string;
    readonly group: string;
    readonly locked: boolean;
    readonly deprecated: boolean;
    readonly replacement: string | null;
  })[];
  readonly callSites: readonly (InventoryEntry & {
    readonly operation: string;
    readonly api: string;
    readonly operators: readonly string[];
    readonly models: readonly string[];
    readonly routes: readonly RouteId[];
    readonly capabilities: readonly string[];
  })[];
  readonly gateways: readonly (InventoryEntry & {
    readonly name: string;
    readonly deployment: 'hosted' | 'self-hosted' | 'unknown';
    readonly behind: readonly string[];
  })[];
  readonly fallbacks: readonly (InventoryEntry & {
    readonly kind: string;
    readonly class: FallbackClass;
    readonly from: RouteId | null;
    readonly to: readonly RouteId[];
    readonly crossProvider: boolean;
  })[];
  readonly features: readonly (InventoryEntry & { readonly name: string; readonly providers: readonly string[] })[];
  /** Weights that the code runs itself, by the hub they are downloaded from: a supplier, and no operator of calls. */
  readonly weights: readonly (InventoryEntry & {
    readonly hub: string;
    readonly name: string;
    readonly maker: string | null;
  })[];
  /** What developers and CI use, no part of what is deployed. */
  readonly tools: readonly (InventoryEntry & {
    readonly name: string;
    /** assistant, reviewer, app-builder, protocol, convention, ci, evaluation or mcp-server. */
    readonly kind: string;
    /** Whose models it uses; none: the user chooses, or nobody knows. */
    readonly providers: readonly string[];
    /** mcp-server: what it runs (`npm:…`, `docker:…`, a program) and the remote host it is reached at. */
    readonly runs: string | null;
    readonly host: string | null;
  })[];
}
