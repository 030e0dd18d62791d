import type { Element } from '../../src/condition/element.ts';
import { elementSource } from '../../src/condition/elements.ts';
import type { Facts } from '../../src/condition/facts.ts';
import type { Situation } from '../../src/condition/field.ts';
import { type Numbers, setScene } from '../../src/condition/scene.ts';
import type { Capability, Evidence, GraphNode, Leg, Linked, Route } from '../../src/model/graph.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Each, Rule } from '../../src/model/rule.ts';

export const SITUATION: Situation = {
  home: [],
  policy: { banOrigins: [], banSuppliers: [], residency: [] },
  asOf: '2026-11-20',
};

const EMPTY_INVENTORY: Inventory = {
  providers: [],
  models: [],
  clouds: [],
  regions: [],
  packages: [],
  callSites: [],
  gateways: [],
  fallbacks: [],
  features: [],
  weights: [],
  tools: [],
};

/** A graph that says nothing but what the test gives. */
export function linked(parts: Partial<Linked> & { readonly inventory?: Inventory } = {}): Linked {
  return {
    nodes: [],
    edges: [],
    routes: [],
    capabilities: [],
    workloads: [],
    inventory: EMPTY_INVENTORY,
    evidence: [],
    resources: [],
    clients: [],
    assumptions: [],
    unknown: {},
    ...parts,
  };
}

export function inventory(parts: Partial<Inventory>): Inventory {
  return { ...EMPTY_INVENTORY, ...parts };
}

export function node(id: string, parts: Partial<GraphNode> = {}): GraphNode {
  const [layer = '', ...name] = id.split(':');
  return { id, layer: layer as GraphNode['layer'], name: name.join(':'), known: true, ...parts };
}

/** A route to a hosted model of its operator's own making. */
export function route(id: string, parts: Partial<Route> = {}): Route {
  return {
    id,
    provider: id,
    family: id,
    nodes: {
      operator: [{ node: `operator:${id}`, k: 1 }],
      maker: [{ node: `maker:${id}`, k: 1 }],
      cloud: [{ node: `cloud:${id}-cloud`, k: 1 }],
      region: [{ node: `region:${id}:global`, k: 0.4 }],
    },
    destinations: [],
    selfHosted: false,
    modelId: `${id}-large-1`,
    openWeights: false,
    tuned: false,
    api: 'native',
    how: 'literal',
    confidence: 1,
    regionKind: 'global',
    evidence: [],
    ...parts,
  };
}

export function leg(primary: string, parts: Partial<Leg> = {}): Leg {
  return { operation: 'chat', primary, fallbacks: [], stores: [], ...parts };
}

export function fallback(to: string, kappa: number, parts: Partial<Leg['fallbacks'][number]> = {}): Leg['fallbacks'][number] {
  return { route: to, class: kappa > 0.9 ? 'tested' : 'auto', mechanism: 'try-catch', kappa, compat: 1, evidence: [], ...parts };
}

export function capability(id: string, legs: readonly Leg[], parts: Partial<Capability> = {}): Capability {
  return {
    id,
    workload: 'shop',
    operation: 'chat',
    context: 'production',
    criticality: 'standard',
    weight: 1,
    legs,
    factors: [],
    sites: [],
    features: {},
    extra: [],
    label: id,
    ...parts,
  };
}

export function place(id: string, parts: Partial<Evidence> = {}): Evidence {
  const at = { path: 'src/answer.ts', line: 7, column: 3, endLine: 7, endColumn: 20 };
  return { id, ...at, token: 'chat', detector: 'source/typescript', how: 'literal', confidence: 1, ...parts };
}

/** Facts that know nothing but what the test gives. */
export function facts(parts: Partial<Facts> = {}): Facts {
  const nothing = () => null;
  return {
    provider: nothing,
    retirement: nothing,
    model: nothing,
    region: nothing,
    feature: nothing,
    package: nothing,
    services: () => [],
    notice: nothing,
    ...parts,
  };
}

export function numbers(exposures: Readonly<Record<string, number>> = {}, parts: Partial<Numbers> = {}): Numbers {
  return {
    exposureOf: (id) => exposures[id] ?? 0,
    layers: [],
    score: { value: 59.6, grade: 'D' },
    ...parts,
  };
}

export function rule(parts: Partial<Rule> = {}): Rule {
  return {
    apiVersion: 1,
    id: 'shop/no-single-supplier',
    code: 'SHP-01',
    title: 'One supplier',
    effect: 'metric',
    each: 'capability',
    when: 'true',
    severity: 'medium',
    message: '{label} stands alone',
    why: 'It stops.',
    fix: 'Add another.',
    references: [],
    maps: [],
    ...parts,
  };
}

interface Setting {
  readonly facts?: Facts;
  readonly situation?: Situation;
  readonly numbers?: Numbers;
}

/** Elements of one kind, as rules get them. */
export function elements(graph: Linked, each: Each, setting: Setting = {}): readonly Element[] {
  const { situation = SITUATION } = setting;
  const options = setting.numbers === undefined ? { situation } : { situation, numbers: setting.numbers };
  return elementSource(setScene(graph, setting.facts ?? facts(), options))(each);
}

/** The view of the only element of a kind. */
export function view(graph: Linked, each: Each, setting: Setting = {}) {
  const [first] = elements(graph, each, setting);
  if (first === undefined) throw new Error(`no ${each}`);
  return first.view;
}
