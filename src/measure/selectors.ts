/** What people write to name lost nodes -> ids of the graph, or the nearest ids there are. */
import type { GraphNode, Layer, Linked, NodeId } from '../model/graph.ts';
import { isLost, parseLost } from '../score/lost.ts';
import { nearest } from './nearest-names.ts';
import { groupsOf } from './to-portfolio.ts';

/** What the catalog knows of the owners of nodes. */
export interface OwnerFacts {
  /** Country of the headquarters behind a node; of a model, its maker's. */
  hqOf(node: NodeId): string | undefined;
  /** `cloud:region` that the region of a platform runs in. */
  underlyingOf?(node: NodeId): string | undefined;
}

/** A selector that means nothing here. */
export interface Unmatched {
  readonly selector: string;
  /** Ids of the graph, the most similar first. */
  readonly nearest: readonly string[];
}

/** `operator[hq=US]`, `maker[origin=CN]@0.5`. */
const BY_COUNTRY = /^([a-z]+)\[(hq|origin)=([A-Za-z-]+)\](@[\d.]+)?$/;

/** Replaces selectors by country with the nodes they mean; the others stay as they are. Sorted, each once. */
export function expand(selectors: readonly string[], linked: Linked, facts: OwnerFacts): readonly string[] {
  const expanded = selectors.flatMap(
    (selector) => byCountry(selector, linked, facts) ?? [selector, ...builtOn(selector, linked, facts)],
  );
  return [...new Set(expanded)].sort();
}

/** The selectors that name no node of the graph. */
export function unmatched(
  selectors: readonly string[],
  linked: Linked,
  facts: OwnerFacts = { hqOf: () => undefined },
): readonly Unmatched[] {
  const ids = everyId(linked);
  const isMatched = (selector: string) => {
    const nodes = byCountry(selector, linked, facts);
    if (nodes) return nodes.length > 0;
    const lost = [selector, ...builtOn(selector, linked, facts)].flatMap((one) => parseLost(one) ?? []);
    return lost.some((pattern) => ids.some((id) => isLost(pattern, id)));
  };
  const missing = selectors.filter((selector) => !isMatched(selector));
  return missing.map((selector) => ({ selector, nearest: nearest(selector, [...ids, ...providersOf(ids)]) }));
}

/** A selector for this very node: without the part, `model:x@1` would mean `model:x`. */
export function exactly(id: NodeId): string {
  return /@[\d.]+$/.test(id) ? `${id}@1` : id;
}

/** undefined: not a selector by country. */
function byCountry(selector: string, linked: Linked, facts: OwnerFacts): readonly string[] | undefined {
  const [, word, attribute, country, part = ''] = BY_COUNTRY.exec(selector) ?? [];
  if (word === undefined || country === undefined) return undefined;
  const layers = word === 'provider' ? ['operator', 'maker'] : [word];
  const isThere = (node: GraphNode) => facts.hqOf(node.id) === country || node.jurisdiction === country;
  const owners = linked.nodes.filter((node) => layers.includes(node.layer) && isThere(node)).map(({ id }) => id);
  const models = attribute === 'origin' && layers.includes('maker') ? modelsFrom(owners, linked, isThere) : [];
  return [...owners, ...models].map((id) => (part ? `${id}${part}` : exactly(id)));
}

/** Platforms run in regions of a cloud: what falls there falls with it. */
function builtOn(selector: string, linked: Linked, facts: OwnerFacts): readonly string[] {
  const [, region, part = ''] = /^region:([^@]+)(@[\d.]+)?$/.exec(selector) ?? [];
  if (region === undefined) return [];
  const above = everyId(linked).filter((id) => /^(?:region|host):/.test(id) && facts.underlyingOf?.(id) === region);
  return above.map((id) => `${id}${part}`);
}

/** Open weights have no maker in their routes, yet an origin ban hits them: what falls is the model itself. */
function modelsFrom(
  makers: readonly NodeId[],
  { nodes, edges }: Linked,
  isThere: (node: GraphNode) => boolean,
): readonly NodeId[] {
  const banned = new Set(edges.filter(({ to }) => makers.includes(to)).map(({ from }) => from));
  return nodes.filter((node) => node.layer === 'model' && (banned.has(node.id) || isThere(node))).map(({ id }) => id);
}

/** Every node that something rests on, and every group. */
function everyId(linked: Linked): readonly NodeId[] {
  const groups = Object.entries(groupsOf(linked)).map(([id, group]) => `${id.slice(0, id.indexOf(':'))}:${group}`);
  const inRoutes = linked.routes.flatMap(({ nodes, destinations, sdk, gateway, model }) => [
    ...Object.values(nodes).flatMap((layer) => layer.flatMap((one) => ('node' in one ? [one.node] : []))),
    ...destinations,
    ...[sdk, gateway, model].filter((id) => id !== undefined),
  ]);
  const hosts = linked.workloads.flatMap(({ host, virtualization }) => [...host, ...virtualization].map(({ node }) => node));
  const extras = linked.capabilities.flatMap(({ extra }) => extra.map(({ node }) => node));
  return [...new Set([...linked.nodes.map(({ id }) => id), ...groups, ...inRoutes, ...hosts, ...extras])].sort();
}

const OWNERS: readonly Layer[] = ['operator', 'maker'];

function providersOf(ids: readonly NodeId[]): readonly string[] {
  const owned = ids.filter((id) => OWNERS.some((layer) => id.startsWith(`${layer}:`)));
  return [...new Set(owned.map((id) => `provider:${id.slice(id.indexOf(':') + 1)}`))];
}
