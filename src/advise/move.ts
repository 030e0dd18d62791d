/** A move: one change to a leg, in the form that is scored, with what people need to know about it. */
import type { Capability, Factor } from '../model/graph.ts';
import type { PlanB } from '../model/report.ts';
import type { PortfolioCapability, PortfolioRoute } from '../score/portfolio.ts';

/** What people do, in the words of the report. */
export type Action =
  | 'add-fallback'
  | 'bypass-gateway'
  | 'independent-fallback'
  | 'own-host'
  | 'replace-retired'
  | 'second-region'
  | 'test-failover';

/** What a leg is served by after a move. */
export type LegEdit = (routes: readonly PortfolioRoute[]) => readonly PortfolioRoute[];

/** One change to one leg. */
export interface Move {
  readonly action: Action;
  readonly leg: number;
  readonly title: string;
  readonly to: PlanB['to'];
  readonly edit: LegEdit;
  /** Factors that go with what is replaced. */
  readonly drops: readonly Factor[];
  /** Places to change. */
  readonly files: readonly string[];
  readonly caveats: readonly string[];
}

/** The scored form of a capability after moves on its legs. */
export function applied(capability: Capability, scored: PortfolioCapability, moves: readonly Move[]): PortfolioCapability {
  const legs = (scored.legs ?? []).map((leg, index) => {
    const edits = moves.filter((move) => move.leg === index);
    return edits.length === 0 ? leg : { routes: edits.reduce((routes, { edit }) => edit(routes), leg.routes) };
  });
  const dropped = new Set(moves.flatMap(({ drops }) => drops));
  const changed = { ...scored, legs };
  return dropped.size === 0 ? changed : withoutFactors(capability, changed, (factor) => dropped.has(factor));
}

/** Takes factors away. The scored form holds bare numbers, so the lists are made again of those that stay. */
export function withoutFactors(
  { factors }: Capability,
  scored: PortfolioCapability,
  isDropped: (factor: Factor) => boolean,
): PortfolioCapability {
  const kept = factors.filter((factor) => !isDropped(factor));
  return { ...scored, lockIn: strengths(kept, 'lockIn'), lifecycle: strengths(kept, 'lifecycle') };
}

/** p times confidence, the strongest of each factor type, in the order of the types. */
function strengths(factors: readonly Factor[], dimension: Factor['dimension']): readonly number[] {
  const strongest = new Map<string, number>();
  for (const { factor, p, confidence } of factors.filter((one) => one.dimension === dimension)) {
    strongest.set(factor, Math.max(strongest.get(factor) ?? 0, p * confidence));
  }
  return [...strongest].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, strength]) => strength);
}

/** Puts a route behind the others. */
export function addRoute(route: PortfolioRoute): LegEdit {
  return (routes) => [...routes, route];
}

/** Changes the primary. */
export function changePrimary(change: (primary: PortfolioRoute) => PortfolioRoute): LegEdit {
  return ([primary = {}, ...fallbacks]) => [change(primary), ...fallbacks];
}

/** Changes the fallbacks at these places, counted from 0. */
export function changeFallbacks(
  isMeant: (position: number) => boolean,
  change: (fallback: PortfolioRoute) => PortfolioRoute,
): LegEdit {
  return ([primary = {}, ...fallbacks]) => [
    primary,
    ...fallbacks.map((fallback, position) => (isMeant(position) ? change(fallback) : fallback)),
  ];
}
