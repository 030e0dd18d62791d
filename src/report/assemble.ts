/** The one report object, in the order of DESIGN.md section 9. */
import type { Collected } from '../model/collected.ts';
import type { Capability, Linked, Route } from '../model/graph.ts';
import type {
  Coverage,
  Finding,
  LayerRow,
  PlanB,
  Report,
  ReportCapability,
  ReportRoute,
  RuleNote,
  ScoreBlock,
  WhatIfBlock,
} from '../model/report.ts';

export interface Parts {
  readonly version: string;
  readonly catalog: Report['catalog'];
  readonly configDigest: string;
  readonly asOf: string;
  readonly home: readonly string[];
  readonly unknownMode: Report['unknownMode'];
  readonly name: string;
  readonly revision: string | undefined;
  readonly collected: Pick<Collected, 'treeDigest'>;
  readonly coverage: Coverage;
  readonly linked: Linked;
  readonly score: ScoreBlock;
  readonly workloadScores: ReadonlyMap<string, { readonly score: ScoreBlock; readonly totalWeight: number }>;
  readonly layers: readonly LayerRow[];
  readonly findings: readonly Finding[];
  readonly rules: readonly RuleNote[];
  readonly whatIf: readonly WhatIfBlock[];
  readonly planB: readonly PlanB[];
  readonly problems: Report['problems'];
  readonly gate: Report['gate'];
  readonly exit: Report['exit'];
}

const ROUTE_LAYERS = ['operator', 'maker', 'cloud', 'region', 'jurisdiction', 'virtualization'] as const;

/** Puts the report together; decides nothing. */
export function assemble(parts: Parts): Report {
  const { linked } = parts;
  return {
    schemaVersion: '1',
    tool: { name: 'ai-deps', version: parts.version },
    catalog: parts.catalog,
    config: { digest: parts.configDigest },
    weights: 'default',
    asOf: parts.asOf,
    home: parts.home,
    unknownMode: parts.unknownMode,
    source: { name: parts.name, ...(parts.revision ? { revision: parts.revision } : {}), treeDigest: parts.collected.treeDigest },
    score: parts.score,
    workloads: workloadsOf(parts),
    layers: parts.layers,
    graph: { nodes: linked.nodes, edges: linked.edges },
    routes: linked.routes.map(routeOf),
    capabilities: linked.capabilities.map(capabilityOf),
    inventory: linked.inventory,
    evidence: linked.evidence,
    findings: parts.findings,
    rules: parts.rules,
    whatIf: parts.whatIf,
    planB: parts.planB,
    coverage: parts.coverage,
    problems: parts.problems,
    assumptions: linked.assumptions,
    gate: parts.gate,
    exit: parts.exit,
  };
}

function workloadsOf({ linked, workloadScores }: Parts): Report['workloads'] {
  return linked.workloads.flatMap(({ id, path, kind, host, virtualization }) => {
    const measured = workloadScores.get(id);
    if (!measured) return [];
    const bare = (nodes: typeof host) => nodes.map(({ node, k }) => ({ node, k }));
    return [
      {
        id,
        path,
        kind,
        score: measured.score,
        totalWeight: measured.totalWeight,
        host: bare(host),
        virtualization: bare(virtualization),
      },
    ];
  });
}

function routeOf(route: Route): ReportRoute {
  const nodes = Object.fromEntries(ROUTE_LAYERS.map((layer) => [layer, route.nodes[layer] ?? []])) as ReportRoute['nodes'];
  return {
    id: route.id,
    ...(route.sdk ? { sdk: route.sdk } : {}),
    ...(route.gateway ? { gateway: route.gateway } : {}),
    ...(route.model ? { model: route.model } : {}),
    ...(route.family ? { family: route.family } : {}),
    ...(route.retired ? { retired: true } : {}),
    nodes,
    destinations: route.destinations,
  };
}

function capabilityOf(capability: Capability): ReportCapability {
  const { id, label, workload, operation, context, criticality, weight, legs, factors, sites } = capability;
  return {
    id,
    label,
    workload,
    operation,
    context,
    criticality,
    weight,
    legs: legs.map(({ primary, fallbacks, stores }) => ({
      primary,
      fallbacks: fallbacks.map(({ route, class: kind, mechanism, kappa, compat, evidence }) => ({
        route,
        class: kind,
        mechanism,
        kappa,
        compat,
        evidence,
      })),
      stores: stores.map((store) => ({ id: store.id, provider: store.provider, region: store.region ?? null })),
    })),
    factors: factors.map(({ ruleId, dimension, factor, p, confidence, evidence }) => ({
      ruleId,
      dimension,
      factor,
      p,
      confidence,
      evidence,
    })),
    sites,
  };
}
