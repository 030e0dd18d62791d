import type { GraphNode, Layer, Route } from '../../model/graph.ts';
import { append, largest } from '../collecting.ts';
import { bestConfidence, type Element, makeElement, type OwnFields } from '../element.ts';
import { foldJurisdictions } from '../places.ts';
import { ownersIn } from '../route-view.ts';
import { distinct, nameOf, ownerOf, type Scene } from '../scene.ts';

const ROUTE_LAYERS = ['operator', 'maker', 'cloud', 'region', 'jurisdiction', 'virtualization'] as const;

/** Nodes as rules see them: nodes of one owner are one element. */
export function nodeElements(scene: Scene): readonly Element[] {
  const owners = new Map<string, GraphNode[]>();
  for (const node of scene.linked.nodes) {
    if (!node.known) continue;
    const id = `${node.layer}:${node.group ?? nameOf(node.id)}`;
    append(owners, id, node);
  }
  const carried = routesByNode(scene);
  return [...owners].map(([id, members]) => nodeElement(scene, { id, members, carried }));
}

interface Owner {
  readonly id: string;
  readonly members: readonly GraphNode[];
  readonly carried: ReadonlyMap<string, readonly Route[]>;
}

function nodeElement(scene: Scene, { id, members, carried }: Owner): Element {
  const [first, second] = members;
  const layer = first?.layer ?? 'operator';
  const routes = distinctRoutes(members.flatMap((member) => carried.get(member.id) ?? []));
  const hosted = layer === 'host' || layer === 'virtualization' ? hostedBy(scene, members) : { capabilities: [], evidence: [] };
  const name = first !== undefined && second === undefined ? first.name : nameOf(id);
  const own: OwnFields<'node'> = {
    layer,
    name,
    members: distinct(members.map((member) => member.id)),
    exposure: exposureOf(scene, [id, ...members.map((member) => member.id)]),
    operators: distinct(routes.flatMap((route) => ownersIn(scene, route, 'operator'))),
    foreign: isForeign(scene, layer, nameOf(id)),
  };
  const evidence = [...routes.flatMap((route) => route.evidence), ...hosted.evidence];
  const capabilities = [...routes.flatMap((route) => scene.primaryOf.get(route.id) ?? []), ...hosted.capabilities];
  const confidence =
    routes.length > 0
      ? largest(
          routes.map((route) => route.confidence),
          0,
        )
      : bestConfidence(scene, evidence);
  return makeElement(scene, 'node', { identity: { id, label: name, capabilities, evidence, confidence }, own });
}

/** Exposure of the first id that measure knows: owner groups and single nodes have different ids. */
export function exposureOf(scene: Scene, ids: readonly string[]): number | null {
  const { numbers } = scene;
  return numbers === undefined
    ? null
    : largest(
        ids.map((id) => numbers.exposureOf(id)),
        0,
      );
}

/** Layers as rules see them. */
export function layerElements(scene: Scene): readonly Element[] {
  return distinct(scene.linked.nodes.map((node) => node.layer)).map((layer) => {
    const row = scene.numbers?.layers.find((candidate) => candidate.layer === layer);
    const weighted = scene.linked.capabilities.filter((capability) => capability.weight > 0);
    const routes = weighted.flatMap((capability) => capability.legs.flatMap((leg) => scene.routes.get(leg.primary) ?? []));
    const own: OwnFields<'layer'> = {
      layer,
      exposureNorm: row?.exposureNorm ?? null,
      hhi: row?.hhi ?? null,
      effective: row?.effective ?? null,
      unknownShare: row?.unknownShare ?? null,
      nodes: distinct(
        scene.linked.nodes.filter((node) => node.layer === layer && node.known).map((node) => ownerOf(scene, node.id)),
      ).length,
      top: row?.shares[0]?.name ?? null,
    };
    const identity = {
      id: `layer:${layer}`,
      label: layer,
      capabilities: weighted.map((capability) => capability.id),
      evidence: routes.flatMap((route) => route.evidence),
    };
    return makeElement(scene, 'layer', { identity, own });
  });
}

function routesByNode(scene: Scene): ReadonlyMap<string, readonly Route[]> {
  const found = new Map<string, Route[]>();
  for (const route of scene.linked.routes) {
    if (!scene.primaryOf.has(route.id)) continue;
    for (const id of nodesOf(route)) append(found, id, route);
  }
  return found;
}

function nodesOf(route: Route): readonly string[] {
  const layered = ROUTE_LAYERS.flatMap((layer) =>
    (route.nodes[layer] ?? []).flatMap((entry) => ('node' in entry ? entry.node : [])),
  );
  return distinct([...layered, ...[route.sdk, route.gateway, route.model].flatMap((node) => node ?? [])]);
}

function distinctRoutes(routes: readonly Route[]): readonly Route[] {
  return [...new Map(routes.map((route) => [route.id, route])).values()];
}

function hostedBy(scene: Scene, members: readonly GraphNode[]) {
  const ids = new Set(members.map((member) => member.id));
  const capabilities: string[] = [];
  const evidence: string[] = [];
  for (const workload of scene.linked.workloads) {
    const places = [...workload.host, ...workload.virtualization].filter((entry) => ids.has(entry.node));
    if (places.length === 0) continue;
    for (const entry of places) evidence.push(...entry.evidence);
    for (const capability of scene.capabilitiesIn.get(workload.id) ?? []) capabilities.push(capability.id);
  }
  return { capabilities, evidence };
}

function isForeign(scene: Scene, layer: Layer, name: string): boolean | null {
  const { home } = scene.situation;
  if (layer !== 'jurisdiction' || home.length === 0) return null;
  return !home.includes(name) && !foldJurisdictions(home).includes(name);
}
