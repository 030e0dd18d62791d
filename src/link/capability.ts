/** A capability-to-be with its numbers: weight, fallback credit, base factor. */

import { matchesGlob } from '../condition/globs.ts';
import type { Config } from '../model/config.ts';
import type { Capability, Factor, Leg, Route, RouteFallback } from '../model/graph.ts';
import type { ApiShape } from '../model/surface.ts';
import { CONTEXT, CRITICALITY, KAPPA } from '../score/constants.ts';
import type { Draft, DraftFallback, DraftLeg } from './capabilities.ts';
import type { LinkContext } from './context.ts';
import { byText } from './evidence.ts';

const ATTESTED_DAYS = 180;
/** As the rule lifecycle/shutdown-soon counts. */
const SOON_DAYS = 90;
/** An entry of a menu that cannot be chosen any more is no fallback that failed: it is no fallback. */
const CHOSEN = new Set(['menu', 'switch', 'default']);
/** Rules of features that only their provider has: another route can do half of it. */
const BOUND_RULES = new Set(['lock-in/server-threads', 'lock-in/managed-agent']);

/** Finished capabilities with unique ids, sorted by id. */
export function capabilitiesOf(
  context: LinkContext,
  drafts: readonly Draft[],
  config: Pick<Config, 'criticality' | 'declared'>,
): readonly Capability[] {
  const taken = new Map<string, number>();
  const ordered = [...drafts].sort((a, b) => byText(sortKey(a), sortKey(b)));
  return ordered.map((draft) => {
    const base = idOf(draft);
    const count = (taken.get(base) ?? 0) + 1;
    taken.set(base, count);
    return capability(context, { draft, id: count === 1 ? base : `${base}~${count}`, config });
  });
}

function sortKey(draft: Draft): string {
  return [
    draft.workload,
    draft.context,
    ...draft.legs.map((leg) => `${leg.operation} ${leg.primary.route.id}`),
    ...draft.uses,
  ].join('\n');
}

/** `apps/api/chat:openai`: workload, operations and who runs the last leg. */
function idOf(draft: Draft): string {
  const operations = draft.legs.map((leg) => leg.operation).join('+');
  const last = draft.legs.at(-1)?.primary;
  const runner = last?.who.gateway?.id ?? last?.route.provider ?? 'unknown';
  const context = draft.context === 'production' ? '' : `@${draft.context}`;
  return `${draft.workload}:${operations}:${runner}${context}`;
}

function capability(
  context: LinkContext,
  { draft, id, config }: { draft: Draft; id: string; config: Pick<Config, 'criticality' | 'declared'> },
): Capability {
  const uses = draft.uses.flatMap((index) => context.resolved.uses[index] ?? []);
  const criticality =
    Object.entries(config.criticality).find(
      ([glob]) => matchesGlob(glob, id) || uses.some((use) => matchesGlob(glob, use.path)),
    )?.[1] ?? 'standard';
  const isAttested = attested(config, { id, asOf: context.asOf });
  const legs = draft.legs.map((leg) => legOf(context, { leg, draft, isAttested }));
  const sites = uses.map((use) => context.book.add({ at: use.at, token: use.api, detector: use.surface.id, how: 'literal' }));
  return {
    id,
    workload: draft.workload,
    operation: draft.legs.at(-1)?.operation ?? 'chat',
    context: draft.context,
    criticality,
    weight: CRITICALITY[criticality] * CONTEXT[draft.context],
    legs,
    factors: apiShapeFactor(context, draft),
    sites: [...new Set([...sites, ...(draft.sites ?? [])])].sort(byText),
    features: Object.fromEntries(
      [...draft.features].sort(([a], [b]) => byText(a, b)).map(([feature, ids]) => [feature, [...ids].sort(byText)]),
    ),
    extra: [],
    label: draft.label ?? draft.legs.map((leg) => leg.operation).join(' + '),
  };
}

function legOf(context: LinkContext, { leg, draft, isAttested }: { leg: DraftLeg; draft: Draft; isAttested: boolean }): Leg {
  const fallbacks = leg.fallbacks
    .filter((fallback) => fallback.candidate.route.id !== leg.primary.route.id)
    .map((fallback) => fallbackOf(context, { fallback, leg, draft, isAttested }))
    .filter((fallback) => fallback.class !== 'dead' || !CHOSEN.has(fallback.mechanism));
  return { operation: leg.operation, primary: leg.primary.route.id, fallbacks: distinctRoutes(fallbacks), stores: leg.stores };
}

function distinctRoutes(fallbacks: readonly RouteFallback[]): readonly RouteFallback[] {
  const best = new Map<string, RouteFallback>();
  for (const fallback of fallbacks) {
    const known = best.get(fallback.route);
    if (!known || fallback.kappa > known.kappa) best.set(fallback.route, fallback);
  }
  return [...best.values()];
}

interface FallbackInput {
  readonly fallback: DraftFallback;
  readonly leg: DraftLeg;
  readonly draft: Draft;
  readonly isAttested: boolean;
}

function fallbackOf(context: LinkContext, { fallback, leg, draft, isAttested }: FallbackInput): RouteFallback {
  const { route } = fallback.candidate;
  const isDead = fallback.class === 'dead' || route.retired === true || isSameEndpoint(leg.primary.route, route);
  const lively = fallback.class === 'auto' && isAttested ? 'tested' : fallback.class;
  const kind = isDead ? 'dead' : lively;
  return {
    route: route.id,
    class: kind,
    mechanism: fallback.mechanism,
    kappa: KAPPA[kind],
    compat: compatOf(context, { fallback, leg, draft }),
    evidence: fallback.evidence,
  };
}

/** The same model of the same operator in the same region is the same endpoint. */
function isSameEndpoint(a: Route, b: Route): boolean {
  return (
    a.provider !== undefined &&
    a.provider === b.provider &&
    a.gateway === b.gateway &&
    a.modelId === b.modelId &&
    JSON.stringify(a.nodes.region) === JSON.stringify(b.nodes.region)
  );
}

function compatOf(context: LinkContext, { fallback, leg, draft }: Pick<FallbackInput, 'fallback' | 'leg' | 'draft'>): number {
  const { route } = fallback.candidate;
  if (leg.operation === 'embeddings' && route.modelId !== leg.primary.route.modelId) return 0;
  const isBound =
    leg.primary.route.tuned ||
    [...draft.features.keys()].some((feature) => BOUND_RULES.has(context.catalog.features.get(feature)?.rule ?? ''));
  const fact =
    route.provider && route.modelId
      ? context.catalog.retirement(route.provider, fallback.candidate.match?.bare ?? route.modelId)
      : undefined;
  const isDeprecated = fact !== undefined && (fact.announced !== undefined || isSoon(fact.shutdown, context.asOf));
  return isBound || isDeprecated ? 0.5 : 1;
}

function isSoon(shutdown: string | undefined, asOf: string): boolean {
  return shutdown !== undefined && (Date.parse(shutdown) - Date.parse(asOf)) / 86_400_000 <= SOON_DAYS;
}

/** A declared failover test, at most 180 days old. */
function attested(config: Pick<Config, 'declared'>, { id, asOf }: { id: string; asOf: string }): boolean {
  return config.declared.some(({ failoverTested, capabilities = ['**'] }) => {
    if (!failoverTested || failoverTested > asOf) return false;
    const days = (Date.parse(asOf) - Date.parse(failoverTested)) / 86_400_000;
    return days <= ATTESTED_DAYS && capabilities.some((glob) => matchesGlob(glob, id));
  });
}

/** The strongest API shape of the primaries is the base of lock-in (SCORING.md 2.6). */
function apiShapeFactor(context: LinkContext, draft: Draft): readonly Factor[] {
  const p = context.catalog.scoring.apiShape;
  const routes = draft.legs.map((leg) => leg.primary.route);
  const shape = routes.reduce<ApiShape | undefined>(
    (best, route) => (best === undefined || p[route.api] > p[best] ? route.api : best),
    undefined,
  );
  if (shape === undefined) return [];
  const evidence = routes.find((route) => route.api === shape)?.evidence ?? [];
  return [{ ruleId: 'base/api-shape', factor: `api-shape:${shape}`, dimension: 'lockIn', p: p[shape], confidence: 1, evidence }];
}
