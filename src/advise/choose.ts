/** Which of many services stands in best for the primary of a leg. */

import { KAPPA } from '../score/constants.ts';
import type { Nodes, PortfolioRoute } from '../score/portfolio.ts';
import type { Candidate } from './candidates.ts';
import { kindOf } from './families.ts';
import { compatOf, extrasOf, isBound } from './leg-facts.ts';
import type { LegEdit } from './move.ts';
import { withExtras } from './new-route.ts';
import type { Scene, Spot } from './scene.ts';

/** A candidate as a fallback of one leg. */
export interface Chosen {
  readonly candidate: Candidate;
  readonly route: PortfolioRoute;
}

/** The best independent candidate: at home, already known to the workload, then by what it gains and how well it is known. */
export function chooseFallback(scene: Scene, spot: Spot, editWith: (route: PortfolioRoute) => LegEdit): Chosen | undefined {
  const kind = kindOf(spot.leg.operation);
  if (kind === undefined) return undefined;
  const [primary = {}] = spot.routes;
  const standing = new Set(
    spot.leg.fallbacks.flatMap(({ route, kappa }) => (kappa >= KAPPA.auto ? [scene.routes.get(route)?.provider] : [])),
  );
  const isIndependent = ({ provider, route }: Candidate) => !standing.has(provider.id) && !scene.areSharing(primary, route);
  const fitting = scene.candidates(kind).filter((one) => compatOf(scene, spot, one) > 0 && isIndependent(one));
  const alternatives = bestOfEachClass(scene, spot, fitting).map((candidate) => {
    const route = asFallback(scene, spot, candidate);
    return { candidate, route, value: alone(scene, spot, editWith(route)) };
  });
  return bestOf(scene, spot, alternatives);
}

interface Alternative extends Chosen {
  readonly value: number;
}

/** This part of the best gain is as good as all of it: among those the better known supplier wins. */
const NEAR = 0.85;

function bestOf(scene: Scene, spot: Spot, alternatives: readonly Alternative[]): Chosen | undefined {
  const preferred = Math.min(...alternatives.map(({ candidate }) => preference(scene, spot, candidate)));
  const first = alternatives.filter(({ candidate }) => preference(scene, spot, candidate) === preferred);
  const before = alone(scene, spot, ([primary = {}]) => [primary]);
  const limit = before - NEAR * (before - Math.min(...first.map(({ value }) => value)));
  return first.filter(({ value }) => value <= limit).sort((one, other) => bySupport(one.candidate, other.candidate))[0];
}

/** A candidate as an automatic fallback, laden with what all routes of the leg carry. */
function asFallback(scene: Scene, spot: Spot, candidate: Candidate): PortfolioRoute {
  const laden = withExtras(candidate.route, extrasOf(scene, spot));
  return { ...laden, kappa: KAPPA.auto, compat: compatOf(scene, spot, candidate) };
}

/** Independent routes whose nodes the primary does not know gain the same: one of each kind is scored. */
function bestOfEachClass(scene: Scene, spot: Spot, candidates: readonly Candidate[]): readonly Candidate[] {
  const [primary = {}] = spot.routes;
  const best = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const { route, isDeprecated } = candidate;
    const key = [
      overlap(primary.cloud, route.cloud),
      overlap(primary.jurisdiction, route.jurisdiction),
      route.family === spot.primary.family,
      isDeprecated,
      preference(scene, spot, candidate),
    ].join(' ');
    const known = best.get(key);
    if (known === undefined || bySupport(candidate, known) < 0) best.set(key, candidate);
  }
  return [...best.values()];
}

/** What of these nodes can be lost with the primary: those it rests on too, and what nobody knows. */
function overlap(held: Nodes | undefined, nodes: Nodes | undefined): string {
  if (nodes === undefined || nodes === 'unknown') return String(nodes);
  const both = Object.entries(nodes).filter(
    ([name]) => name === 'unknown' || (typeof held === 'object' && Object.hasOwn(held, name)),
  );
  return both.map((entry) => entry.join('=')).join(',');
}

/** The leg alone, with the factors of its capability: what orders alternatives. */
function alone(scene: Scene, { capability, index }: Spot, edit: LegEdit): number {
  const scored = scene.scored.get(capability.id);
  const leg = scored?.legs?.[index];
  if (!scored || !leg) return Number.POSITIVE_INFINITY;
  return scene.rescorer.valueAlone({ ...scored, legs: [{ routes: edit(leg.routes) }] });
}

/** At home before abroad, where there is a home; known before new. */
function preference({ home, used }: Scene, { capability }: Spot, { jurisdiction, provider }: Candidate): number {
  const isForeign = home.length > 0 && !home.includes(jurisdiction);
  return (isForeign ? 2 : 0) + (used.isUsed(capability.workload, provider.id) ? 0 : 1);
}

/** Facts before assumptions, widely supported before exotic. */
function bySupport(one: Candidate, other: Candidate): number {
  return (
    Number(one.isAssumed) - Number(other.isAssumed) ||
    Number(other.isVerified) - Number(one.isVerified) ||
    other.surfaces - one.surfaces ||
    (one.provider.id < other.provider.id ? -1 : Number(one.provider.id > other.provider.id)) ||
    (one.modelId < other.modelId ? -1 : Number(one.modelId > other.modelId))
  );
}

/** What to know before falling back to a candidate. */
export function caveatsOf(
  scene: Scene,
  spot: Spot,
  { family, isAssumed, isVerified, isDeprecated, provider }: Candidate,
): readonly string[] {
  return [
    ...(family.id === spot.primary.family ? [] : ['prompts need evals']),
    ...(isBound(scene, spot) ? [bond(spot)] : []),
    ...(isAssumed ? [`check that ${provider.name} runs the model`] : []),
    ...(isDeprecated ? ['the end of the model is announced'] : []),
    ...(isVerified ? [] : ['rests on unverified facts']),
  ];
}

function bond({ primary }: Spot): string {
  return primary.tuned ? 'the tuned model stays behind' : 'threads and hosted agents stay behind';
}
