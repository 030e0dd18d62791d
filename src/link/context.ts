/** What every part of link works with. */
import type { Catalog, Provider } from '../model/catalog.ts';
import type { NodeId, RouteNode } from '../model/graph.ts';
import type { Resolved } from '../model/resolved.ts';
import type { EvidenceBook } from './evidence.ts';
import type { Gateways } from './gateways.ts';

export interface LinkContext {
  readonly catalog: Catalog;
  readonly resolved: Resolved;
  readonly book: EvidenceBook;
  readonly asOf: string;
  /** Regions the code of a workload itself runs in: node id without `region:` -> evidence. */
  readonly hostRegions: (workload: string) => readonly HostRegion[];
  /** Regions where infrastructure creates accounts of a provider (an Azure OpenAI account). */
  readonly accountRegions: (provider: string) => readonly HostRegion[];
  /** SKUs of model deployments by deployment name or model id, in infrastructure. */
  readonly deployments: ReadonlyMap<string, Deployment>;
  /** Compose service name -> provider of its image. */
  readonly services: ReadonlyMap<string, Provider>;
  /** What configurations of gateways in the tree say. */
  readonly gateways: Gateways;
}

export interface HostRegion {
  readonly cloud: string;
  readonly region: string;
  readonly evidence: string;
}

export interface Deployment {
  readonly model?: string;
  readonly sku?: string;
  readonly evidence: string;
}

/** The larger k per node. */
export function mergeNodes(nodes: readonly RouteNode[]): readonly RouteNode[] {
  const known = new Map<NodeId, number>();
  let missing: RouteNode | undefined;
  for (const node of nodes) {
    if ('unknown' in node) missing ??= node;
    else known.set(node.node, Math.max(known.get(node.node) ?? 0, node.k));
  }
  const list: RouteNode[] = [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([node, k]) => ({ node, k }));
  return missing ? [...list, missing] : list;
}
