/** Routes and workloads -> nodes and edges; every edge has evidence in code or a fact of the catalog. */
import { regionName } from '../condition/region-name.ts';
import type { Catalog } from '../model/catalog.ts';
import type { EvidenceId, FactRef, GraphEdge, GraphNode, NodeId, Route, RouteNode, Workload } from '../model/graph.ts';
import type { Provenance } from '../model/surface.ts';
import { LAYERS } from '../score/constants.ts';
import { jurisdictionOf } from '../score/jurisdiction.ts';
import { byText } from './evidence.ts';

interface Draft {
  readonly nodes: Map<NodeId, GraphNode>;
  readonly edges: Map<string, GraphEdge>;
}

const COUNTRIES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** All nodes and edges, sorted. */
export function graphOf(
  catalog: Catalog,
  routes: readonly Route[],
  workloads: readonly Workload[],
): { nodes: readonly GraphNode[]; edges: readonly GraphEdge[] } {
  const draft: Draft = { nodes: new Map(), edges: new Map() };
  for (const route of routes) addRoute(catalog, draft, route);
  for (const workload of workloads) {
    for (const { node } of [...workload.host, ...workload.virtualization]) addNode(catalog, draft, node);
  }
  return {
    nodes: [...draft.nodes.values()].sort((a, b) => byText(a.id, b.id)),
    edges: [...draft.edges.values()].sort((a, b) => byText(a.from, b.from) || byText(a.to, b.to)),
  };
}

function addRoute(catalog: Catalog, draft: Draft, route: Route): void {
  const operators = idsOf(route.nodes.operator);
  const provider = route.provider ? catalog.providers.get(route.provider) : undefined;
  const last = operators.at(-1) ?? route.gateway ?? route.sdk;
  chain(catalog, draft, {
    path: [route.sdk, route.gateway, ...operators].filter((id): id is NodeId => id !== undefined),
    evidence: route.evidence,
  });
  if (route.model) {
    addNode(catalog, draft, route.model);
    if (last) addEdge(draft, { from: last, to: route.model, k: 1, evidence: route.evidence });
  }
  for (const maker of idsOf(route.nodes.maker))
    link(catalog, draft, {
      from: route.model ?? last,
      to: maker,
      k: 1,
      evidence: route.evidence,
      fact: familyFact(catalog, route),
    });
  for (const node of known(route.nodes.cloud))
    link(catalog, draft, { from: last, to: node.node, k: node.k, evidence: [], fact: provider?.hostedOn[0] });
  for (const node of known(route.nodes.region))
    link(catalog, draft, { from: last, to: node.node, k: node.k, evidence: route.evidence, fact: provider });
  for (const node of known(route.nodes.jurisdiction))
    link(catalog, draft, { from: last, to: node.node, k: node.k, evidence: [], fact: provider?.hq ?? provider });
}

function familyFact(catalog: Catalog, route: Route): Provenance | undefined {
  return route.family ? catalog.families.get(route.family) : undefined;
}

interface Link {
  readonly from: NodeId | undefined;
  readonly to: NodeId;
  readonly k: number;
  readonly evidence: readonly EvidenceId[];
  readonly fact: Provenance | undefined;
}

function link(catalog: Catalog, draft: Draft, { from, to, k, evidence, fact }: Link): void {
  addNode(catalog, draft, to);
  if (!from || from === to) return;
  addNode(catalog, draft, from);
  const ref: FactRef | undefined = fact && { source: fact.source, date: fact.date, verified: fact.verified };
  addEdge(draft, { from, to, k, evidence, ...(ref ? { fact: ref } : {}) });
}

function chain(
  catalog: Catalog,
  draft: Draft,
  { path, evidence }: { path: readonly NodeId[]; evidence: readonly EvidenceId[] },
): void {
  path.forEach((id, index) => {
    addNode(catalog, draft, id);
    const before = path[index - 1];
    if (before) addEdge(draft, { from: before, to: id, k: 1, evidence });
  });
}

function addEdge(draft: Draft, edge: GraphEdge): void {
  const key = `${edge.from} ${edge.to}`;
  const old = draft.edges.get(key);
  if (!old) {
    draft.edges.set(key, edge);
    return;
  }
  draft.edges.set(key, {
    ...old,
    k: Math.max(old.k, edge.k),
    evidence: [...new Set([...old.evidence, ...edge.evidence])].sort(byText),
  });
}

function known(nodes: readonly RouteNode[] | undefined): readonly { node: NodeId; k: number }[] {
  return (nodes ?? []).filter((node): node is { node: NodeId; k: number } => 'node' in node);
}

function idsOf(nodes: readonly RouteNode[] | undefined): readonly NodeId[] {
  return known(nodes).map(({ node }) => node);
}

function addNode(catalog: Catalog, draft: Draft, id: NodeId): void {
  if (!draft.nodes.has(id)) draft.nodes.set(id, nodeOf(catalog, id));
}

/** A node from its id: people's names, owner group, jurisdiction. */
export function nodeOf(catalog: Catalog, id: NodeId): GraphNode {
  const layer = LAYERS.find((candidate) => id.startsWith(`${candidate}:`)) ?? 'model';
  const name = id.slice(layer.length + 1);
  const base = { id, layer, name, known: true };
  if (layer === 'operator' || layer === 'maker' || layer === 'gateway') {
    const provider = catalog.providers.get(name);
    const group = provider?.group && provider.group !== name ? { group: provider.group } : {};
    return {
      ...base,
      name: provider?.name ?? name,
      ...group,
      ...(provider?.hq ? { jurisdiction: jurisdictionOf(provider.hq.country) } : {}),
    };
  }
  if (layer === 'cloud') {
    const cloud = catalog.clouds.get(name);
    const other = name.endsWith(':other-cloud')
      ? `another cloud of ${catalog.providers.get(name.slice(0, -':other-cloud'.length))?.name ?? name}`
      : undefined;
    return {
      ...base,
      name: cloud?.name ?? other ?? name,
      ...(cloud?.hq ? { jurisdiction: jurisdictionOf(cloud.hq.country) } : {}),
    };
  }
  if (layer === 'region' || layer === 'host') return { ...base, ...placeName(catalog, name) };
  if (layer === 'jurisdiction')
    return { ...base, name: name === 'EU' ? 'European Union' : (COUNTRIES.of(name) ?? name), jurisdiction: name };
  return base;
}

function placeName(catalog: Catalog, name: string): { name: string; jurisdiction?: string } {
  const [cloud = '', ...rest] = name.split(':');
  const token = rest.join(':');
  const region = catalog.region(cloud, token);
  const owner = catalog.clouds.has(cloud) ? cloud : (catalog.providers.get(cloud)?.name ?? cloud);
  if (cloud === 'on-premises') return { name: `own host of ${token === '.' ? 'the application' : token}` };
  if (token === 'global') return { name: `${catalog.providers.get(cloud)?.name ?? owner}, global` };
  return { name: regionName(owner, token, region?.country), ...(region ? { jurisdiction: region.jurisdiction } : {}) };
}
