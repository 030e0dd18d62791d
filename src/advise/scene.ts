/** What every part of advise looks things up in. */
import type { Catalog } from '../model/catalog.ts';
import type { Capability, Leg, Linked, Route, Workload } from '../model/graph.ts';
import type { Finding, Grade } from '../model/report.ts';
import type { Operation } from '../model/surface.ts';
import type { Portfolio, PortfolioCapability, PortfolioRoute } from '../score/portfolio.ts';
import { type Candidate, type CandidateSource, candidateSource } from './candidates.ts';
import { type Example, openModels } from './families.ts';
import { createRescorer, type Rescorer } from './rescore.ts';
import { type Sharing, sharingOf } from './shared-layers.ts';
import { type UsedProviders, usedProviders } from './used-providers.ts';

/** The numbers advise starts from, as measure hands them on. */
export interface MeasuredNumbers {
  /** The graph in the input form of the score model. Capabilities have the ids of the graph. */
  readonly portfolio: Portfolio;
  readonly score: { readonly value: number | null; readonly grade: Grade };
}

/** What advise is given. */
export interface AdviseInput {
  readonly linked: Linked;
  readonly measured: MeasuredNumbers;
  readonly catalog: Catalog;
  readonly findings: readonly Finding[];
  readonly unknown: 'pessimistic' | 'optimistic';
}

/** The graph, its numbers and the catalog, indexed. */
export interface Scene {
  readonly linked: Linked;
  readonly catalog: Catalog;
  readonly asOf: string;
  readonly home: readonly string[];
  /** Value before any change. */
  readonly before: number;
  readonly routes: ReadonlyMap<string, Route>;
  readonly capabilities: ReadonlyMap<string, Capability>;
  readonly workloads: ReadonlyMap<string, Workload>;
  /** Evidence id -> path. */
  readonly paths: ReadonlyMap<string, string>;
  readonly scored: ReadonlyMap<string, PortfolioCapability>;
  readonly rescorer: Rescorer;
  readonly used: UsedProviders;
  /** Takes re-scores from the budget of the run; how many there were. */
  spend(count: number): number;
  /** Open weights that could run on one's own machines. */
  openModel(kind: Operation): Example | undefined;
  candidates(...of: Parameters<CandidateSource>): readonly Candidate[];
  /** Two routes share an owner, a cloud or a region. */
  readonly areSharing: Sharing;
}

/** One leg of one capability: where a move is made. */
export interface Spot {
  readonly capability: Capability;
  readonly leg: Leg;
  readonly index: number;
  readonly primary: Route;
  /** The leg as it is scored: first the primary. */
  readonly routes: readonly PortfolioRoute[];
}

/** Indexes the graph once for all moves; undefined where nothing carries weight. */
export function setScene({ linked, measured, catalog, unknown }: AdviseInput): Scene | undefined {
  const { portfolio, score } = measured;
  if (score.value === null) return undefined;
  const groups = new Map(Object.entries(portfolio.groups ?? {}));
  const asOf = portfolio.asOf ?? catalog.date;
  return {
    linked,
    catalog,
    asOf,
    home: portfolio.home ?? [],
    before: score.value,
    routes: new Map(linked.routes.map((route) => [route.id, route])),
    capabilities: new Map(linked.capabilities.map((capability) => [capability.id, capability])),
    workloads: new Map(linked.workloads.map((workload) => [workload.id, workload])),
    paths: new Map(linked.evidence.map(({ id, path }) => [id, path])),
    scored: new Map(portfolio.capabilities.map((capability) => [capability.id, capability])),
    rescorer: createRescorer(portfolio, unknown),
    used: usedProviders(linked),
    spend: budgetOf(RESCORES),
    openModel: openModels({ catalog, asOf }),
    candidates: candidateSource(catalog, { asOf, nodes: linked.nodes }),
    areSharing: sharingOf((layer, name) => groups.get(`${layer}:${name}`) ?? name),
  };
}

/** Re-scores in one run: enough for any real tree, an end for a hostile one. */
const RESCORES = 4000;

function budgetOf(total: number): (count: number) => number {
  let left = total;
  return (count) => {
    const granted = Math.min(count, left);
    left -= granted;
    return granted;
  };
}

/** Legs looked at in one capability: no real request needs more, a hostile tree must not either. */
const LEGS = 8;

/** The legs of a capability that a move can be made on. */
export function spotsOf(scene: Scene, capability: Capability): readonly Spot[] {
  const legs = scene.scored.get(capability.id)?.legs ?? [];
  return capability.legs.slice(0, LEGS).flatMap((leg, index) => {
    const primary = scene.routes.get(leg.primary);
    const routes = legs[index]?.routes;
    return primary && routes ? [{ capability, leg, index, primary, routes }] : [];
  });
}
