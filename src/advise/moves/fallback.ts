/** Automatic fallback to an independent service, beside what is there or instead of a correlated one. */

import { KAPPA } from '../../score/constants.ts';
import { type Chosen, caveatsOf, chooseFallback } from '../choose.ts';
import { familyName } from '../families.ts';
import { callFiles } from '../leg-facts.ts';
import { type Action, addRoute, changeFallbacks, type LegEdit, type Move } from '../move.ts';
import type { Scene, Spot } from '../scene.ts';

/** A second supplier behind the primary. Where a correlated fallback stands, that one is to be replaced. */
export function addFallback(scene: Scene, spot: Spot): Move | undefined {
  if (correlatedAt(scene, spot) !== undefined) return undefined;
  const chosen = chooseFallback(scene, spot, addRoute);
  return chosen && moveTo(scene, spot, { ...chosen, action: 'add-fallback', edit: addRoute(chosen.route), instead: '' });
}

/** Another target for a fallback that falls together with its primary. */
export function independentFallback(scene: Scene, spot: Spot): Move | undefined {
  const at = correlatedAt(scene, spot);
  if (at === undefined) return undefined;
  const old = scene.routes.get(spot.leg.fallbacks[at]?.route ?? '')?.provider;
  const instead = (old === undefined ? undefined : scene.catalog.providers.get(old)?.name) ?? 'the present one';
  const isMeant = (position: number) => position === at;
  const chosen = chooseFallback(scene, spot, (route) => changeFallbacks(isMeant, () => route));
  if (!chosen) return undefined;
  const edit = changeFallbacks(isMeant, () => chosen.route);
  return moveTo(scene, spot, { ...chosen, action: 'independent-fallback', edit, instead });
}

/** Place of the best automatic fallback, if it shares anything with the primary. */
function correlatedAt(scene: Scene, { leg, routes: [primary = {}, ...fallbacks] }: Spot): number | undefined {
  const credits = leg.fallbacks.map(({ kappa, compat }) => (kappa >= KAPPA.auto ? kappa * compat : 0));
  const best = Math.max(0, ...credits);
  if (best === 0) return undefined;
  const live = credits.flatMap((credit, position) => (credit > 0 ? [position] : []));
  const isCorrelated = (position: number) => scene.areSharing(primary, fallbacks[position] ?? {});
  return live.every(isCorrelated) ? credits.indexOf(best) : undefined;
}

interface Target extends Chosen {
  readonly action: Action;
  readonly edit: LegEdit;
  /** Name of what it stands in for; '' where it is new. */
  readonly instead: string;
}

function moveTo(scene: Scene, spot: Spot, { candidate, action, edit, instead }: Target): Move {
  const { provider, family, modelId } = candidate;
  const { workload } = spot.capability;
  const name = `${familyName(family)} at ${provider.name}`;
  const manifests = scene.used.isInstalled(workload, provider, spot.primary) ? [] : scene.used.manifestsOf(workload);
  return {
    action,
    leg: spot.index,
    title: instead === '' ? `automatic fallback to ${name}` : `independent fallback to ${name} instead of ${instead}`,
    to: { operator: provider.id, model: modelId, region: null },
    edit,
    drops: [],
    files: [...callFiles(scene, spot.capability), ...manifests],
    caveats: caveatsOf(scene, spot, candidate),
  };
}
