/** Random portfolios with legs, unknown nodes and groups, and the few changes that properties make to them. */
import fc from 'fast-check';
import { CONTEXT, CRITICALITY, KAPPA, type SCORED } from '../../src/score/constants.ts';
import type { Nodes, PortfolioCapability, PortfolioRoute } from '../../src/score/portfolio.ts';
import { type Score, score } from '../../src/score/score.ts';

export const OPERATORS = ['openai', 'anthropic', 'aws-bedrock', 'azure-openai', 'google-ai', 'mistral', 'together'];
export const CLOUDS = ['aws', 'azure', 'gcp', 'oci', 'ovh'];
const MAKERS = ['openai', 'anthropic', 'google', 'meta', 'mistral', 'deepseek'];
const REGIONS = ['aws:us-east-1', 'aws:eu-west-1', 'aws:me-central-1', 'azure:eastus', 'gcp:global', 'ovh:gra'];
const COUNTRIES = ['US', 'CN', 'EU', 'UK'];

export type ScoredLayer = (typeof SCORED)[number];

type Loose<T> = { -readonly [Key in keyof T]: T[Key] };

/** The same forms as the input, but a property may change them in place. */
export type RouteDraft = Loose<PortfolioRoute> & { family?: string };
export interface LegDraft {
  routes: [RouteDraft, ...RouteDraft[]];
}
export type CapabilityDraft = Loose<Omit<PortfolioCapability, 'legs' | 'lockIn' | 'lifecycle' | 'routes'>> & {
  legs: [LegDraft, ...LegDraft[]];
  lockIn: number[];
  lifecycle: number[];
};
export interface PortfolioDraft {
  home?: string[];
  groups?: Record<string, string>;
  capabilities: [CapabilityDraft, ...CapabilityDraft[]];
}

const RUNS = Number(process.env.AI_DEPS_PROPERTIES ?? 200);
const SEED = Number(process.env.AI_DEPS_SEED ?? 1);
/** Room for the long run; the normal one takes seconds. */
export const TIMEOUT = 60_000 + RUNS * 60;

/** Checks one property on as many portfolios as asked for, always the same ones. */
export function holds<T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  claim: (...values: T) => void,
): void {
  const values = fc.tuple<T>(...arbitraries);
  fc.assert(
    fc.property(values, (drawn) => claim(...drawn)),
    { numRuns: RUNS, seed: SEED },
  );
}

/** True about `percent` times in a hundred. */
function chance(percent: number): fc.Arbitrary<boolean> {
  return fc.nat(99).map((roll) => roll < percent);
}

function nodesOf(names: readonly string[], k: readonly number[] = [1]): fc.Arbitrary<Nodes> {
  return fc.tuple(fc.constantFrom(...names), fc.constantFrom(...k)).map(([name, part]) => ({ [name]: part }));
}

const cloudNodes: fc.Arbitrary<Nodes> = fc
  .tuple(fc.constantFrom(...CLOUDS), fc.constantFrom(...CLOUDS), chance(60))
  .map(([first, second, isSole]) => (isSole || first === second ? { [first]: 1 } : { [first]: 0.6, [second]: 0.4 }));

const operatorNodes: fc.Arbitrary<Nodes> = fc
  .tuple(fc.constantFrom(...OPERATORS), chance(10))
  .map(([operator, isRouted]) => (isRouted ? { [operator]: 1, openrouter: 1 } : { [operator]: 1 }));

/** A layer is sometimes missing (`unknowns` times in a hundred) and sometimes has no node at all. */
function layerOf(nodes: fc.Arbitrary<Nodes>, { none, unknowns }: { none: number; unknowns: number }): fc.Arbitrary<Nodes> {
  return fc.tuple(chance(unknowns), chance(none), nodes).map(([isUnknown, isNone, known]) => {
    if (isUnknown) return 'unknown';
    return isNone ? {} : known;
  });
}

export function routes(unknowns: number): fc.Arbitrary<RouteDraft> {
  return fc.record({
    operator: layerOf(operatorNodes, { none: 10, unknowns }),
    maker: layerOf(nodesOf(MAKERS), { none: 30, unknowns }),
    family: fc.constantFrom(...MAKERS),
    cloud: layerOf(cloudNodes, { none: 10, unknowns }),
    region: layerOf(nodesOf(REGIONS, [1, 0.5, 0.4]), { none: 0, unknowns }),
    jurisdiction: layerOf(nodesOf(COUNTRIES), { none: 0, unknowns }),
  });
}

export function fallbacks(unknowns: number): fc.Arbitrary<RouteDraft> {
  return fc
    .tuple(routes(unknowns), fc.constantFrom(...Object.values(KAPPA)), fc.constantFrom(1, 1, 0.5, 0))
    .map(([route, kappa, compat]) => ({ ...route, kappa, compat }));
}

export function legs(unknowns: number): fc.Arbitrary<LegDraft> {
  return fc
    .tuple(routes(unknowns), fc.array(fallbacks(unknowns), { maxLength: 2 }))
    .map(([primary, rest]) => ({ routes: [primary, ...rest] }));
}

/** p times confidence of a factor. */
export const factor = fc.double({ min: 0, max: 0.9, noNaN: true });

export function capabilities(unknowns: number): fc.Arbitrary<CapabilityDraft> {
  return fc.record({
    id: fc.constant('new'),
    criticality: fc.constantFrom('critical', 'important', 'standard', 'experimental'),
    context: fc.constantFrom('production', 'production', 'production', 'tooling'),
    legs: fc
      .tuple(legs(unknowns), fc.array(legs(unknowns), { maxLength: 2 }))
      .map(([first, rest]): CapabilityDraft['legs'] => [first, ...rest]),
    lockIn: fc.array(factor, { maxLength: 3 }),
    lifecycle: fc.array(factor, { maxLength: 2 }),
  });
}

const groups = fc.constantFrom(undefined, {
  'operator:aws-bedrock': 'amazon',
  'operator:azure-openai': 'microsoft',
  'operator:openai': 'microsoft',
});

function portfoliosWith(unknowns: number): fc.Arbitrary<PortfolioDraft> {
  return fc
    .record({
      home: fc.option(fc.constantFrom(...COUNTRIES), { nil: undefined }),
      groups,
      first: capabilities(unknowns),
      rest: fc.array(capabilities(unknowns), { maxLength: 5 }),
    })
    .map(({ home, groups: owners, first, rest }) => ({
      ...(home ? { home: [home] } : {}),
      ...(owners ? { groups: owners } : {}),
      capabilities: [{ ...first, id: 'c0' }, ...rest.map((capability, index) => ({ ...capability, id: `c${index + 1}` }))],
    }));
}

/** Portfolios in which every node is known. */
export const known = portfoliosWith(0);

/** Portfolios of which every third misses nodes. */
export const portfolios = fc.oneof({ arbitrary: known, weight: 7 }, { arbitrary: portfoliosWith(15), weight: 3 });

/** A roll of the dice for choosing among what a portfolio happens to hold. */
export const roll = fc.nat(1000);

export function choose<T>(items: readonly [T, ...T[]], dice: number): T {
  return items[dice % items.length] ?? items[0];
}

/** A changed copy. */
export function change(portfolio: PortfolioDraft, edit: (draft: PortfolioDraft) => void): PortfolioDraft {
  const draft = structuredClone(portfolio);
  edit(draft);
  return draft;
}

export function everyRoute(portfolio: PortfolioDraft): readonly RouteDraft[] {
  return portfolio.capabilities.flatMap(({ legs: all }) => all.flatMap(({ routes: one }) => one));
}

export function isKnown(nodes: Nodes | undefined): nodes is Readonly<Record<string, number>> {
  return nodes !== undefined && nodes !== 'unknown';
}

export function weightOf({ criticality = 'standard', context = 'production' }: CapabilityDraft): number {
  return CRITICALITY[criticality] * CONTEXT[context];
}

/** Value and dimensions of a portfolio that can be scored. */
export function numbersOf({ value, dimensions }: Score): number[] {
  return [value, ...Object.values(dimensions)].map((number) => number ?? Number.NaN);
}

/** Doubles added in another order may differ in the last digits. */
export const EPSILON = 1e-9;

/** The first number by which `upper` is below `lower`, or nothing. */
export function firstAbove(lower: Score, upper: Score): string | undefined {
  const limits = numbersOf(upper);
  const index = numbersOf(lower).findIndex((number, at) => !(number <= (limits[at] ?? 0) + EPSILON));
  return index < 0 ? undefined : `number ${index}: ${numbersOf(lower)[index]} > ${limits[index]}`;
}

export function isSame(one: Score, other: Score): boolean {
  const numbers = numbersOf(other);
  return (
    one.grade === other.grade && numbersOf(one).every((number, at) => Math.abs(number - (numbers[at] ?? Number.NaN)) <= 1e-7)
  );
}

/** Scores the portfolio before and after an edit. */
export function beforeAndAfter(portfolio: PortfolioDraft, edit: (draft: PortfolioDraft) => void): readonly [Score, Score] {
  return [score(portfolio), score(change(portfolio, edit))];
}
