/** What a finding is about -> the capabilities that its remedy changes. */
import type { Capability, Layer, Linked, Route } from '../model/graph.ts';
import type { Finding } from '../model/report.ts';

/** A capability, or one leg of it, or one fallback of that leg. */
export interface Target {
  readonly capability: string;
  readonly leg?: number;
  /** Position among the fallbacks of the leg. */
  readonly fallback?: number;
}

/** Looks up the subject of a finding. */
export type TargetSource = (finding: Pick<Finding, 'subject'>) => readonly Target[];

const LAYERS = ['operator', 'maker', 'cloud', 'region', 'jurisdiction', 'virtualization'] as const satisfies readonly Layer[];

/** Indexes every element that a rule may name by its id. */
export function targetSource(linked: Linked): TargetSource {
  const book: TargetBook = new Map();
  const routes = new Map(linked.routes.map((route) => [route.id, route]));
  const groups = new Map(linked.nodes.flatMap(({ id, layer, group }) => (group ? [[id, `${layer}:${group}`]] : [])));
  for (const capability of linked.capabilities) addCapability(book, capability, { routes, groups });
  for (const { id, host, virtualization } of linked.workloads) {
    const served = linked.capabilities.filter(({ workload }) => workload === id);
    const ids = [`workload:${id}`, ...[...host, ...virtualization].map(({ node }) => node)];
    for (const capability of served) note(book, ids, { capability: capability.id });
  }
  for (const { type, name, capabilities } of linked.resources)
    for (const capability of capabilities) note(book, [`resource:${type}.${name}`], { capability });
  for (const { provider = 'unknown', sdk = 'unknown', capabilities } of linked.clients)
    for (const capability of capabilities) note(book, [`client:${provider}:${sdk}`], { capability });
  return ({ subject }) => [...(book.get(subject)?.values() ?? [])];
}

/** Element id -> its targets, each once. */
type TargetBook = Map<string, Map<string, Target>>;

function note(book: TargetBook, ids: readonly string[], target: Target): void {
  const key = JSON.stringify([target.capability, target.leg, target.fallback]);
  for (const id of ids) {
    const targets = book.get(id) ?? new Map<string, Target>();
    book.set(id, targets.set(key, target));
  }
}

interface Graph {
  readonly routes: ReadonlyMap<string, Route>;
  readonly groups: ReadonlyMap<string, string>;
}

function addCapability(book: TargetBook, capability: Capability, { routes, groups }: Graph): void {
  const { id, legs } = capability;
  note(book, [id], { capability: id });
  for (const [index, leg] of legs.entries()) {
    const primary = routes.get(leg.primary);
    note(book, [...(legs.length > 1 ? [`${id}#${index + 1}`] : []), leg.primary], { capability: id, leg: index });
    note(book, [...nodesOf(primary, groups), ...leg.stores.map((store) => `store:${store.id}`)], { capability: id });
    for (const [position, { route }] of leg.fallbacks.entries()) {
      note(book, [`${id}>${route}`], { capability: id, leg: index, fallback: position });
      note(book, [route], { capability: id });
      // A gateway serves those behind it in any role.
      note(book, routes.get(route)?.gateway ? [routes.get(route)?.gateway ?? ''] : [], { capability: id });
    }
  }
}

/** Nodes of a primary, the groups that own them, their layers and its model. */
function nodesOf(route: Route | undefined, groups: ReadonlyMap<string, string>): readonly string[] {
  if (!route) return [];
  const known = LAYERS.flatMap((layer) => (route.nodes[layer] ?? []).flatMap((node) => ('node' in node ? [node.node] : [])));
  const whole = [route.sdk, route.gateway, route.model].flatMap((node) => node ?? []);
  const nodes = [...known, ...whole];
  const layers = nodes.map((node) => `layer:${node.slice(0, node.indexOf(':'))}`);
  const model = route.modelId === undefined ? [] : [`model:${route.modelId}`];
  return [...nodes, ...nodes.flatMap((node) => groups.get(node) ?? []), ...new Set(layers), ...model];
}
