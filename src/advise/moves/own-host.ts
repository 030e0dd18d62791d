/** Open weights on machines of one's own: nobody can withdraw them. */

import { KAPPA } from '../../score/constants.ts';
import type { PortfolioRoute } from '../../score/portfolio.ts';
import { kindOf } from '../families.ts';
import { callFiles, compatOf, extrasOf, factorsOfModel, isBound } from '../leg-facts.ts';
import { addRoute, type LegEdit, type Move } from '../move.ts';
import { ownHostRoute, withExtras } from '../new-route.ts';
import type { Scene, Spot } from '../scene.ts';

interface Weights {
  readonly id: string;
  readonly family?: string | undefined;
  readonly isSame: boolean;
}

/** Behind the primary; embeddings of closed weights move as a whole, for no other model fits their vectors. */
export function ownHost(scene: Scene, spot: Spot): Move | undefined {
  const { capability, leg, primary, index } = spot;
  const workload = scene.workloads.get(capability.workload) ?? { id: capability.workload, host: [] };
  const weights = primary.selfHosted ? undefined : weightsFor(scene, spot);
  if (!weights) return undefined;
  const route = withExtras(ownHostRoute(scene.catalog, workload, weights), extrasOf(scene, spot));
  const isMoved = leg.operation === 'embeddings' && !weights.isSame;
  const compat = compatOf(scene, spot, { modelId: weights.id, isDeprecated: false });
  const [region = null] = workload.host.map(({ node }) => node.slice('host:'.length));
  return {
    action: 'own-host',
    leg: index,
    title: titleOf(weights, isMoved),
    to: { operator: null, model: weights.id, region },
    edit: isMoved ? moveAll(route) : addRoute({ ...route, kappa: KAPPA.auto, compat }),
    drops: isMoved ? factorsOfModel(scene, spot) : [],
    files: callFiles(scene, capability),
    caveats: [
      ...(isMoved ? ['every vector has to be embedded again'] : []),
      ...(isMoved || weights.isSame ? [] : ['prompts need evals']),
      ...(isBound(scene, spot) && !isMoved ? ['what the provider stores stays behind'] : []),
      'needs machines that run the model (vLLM, Ollama)',
    ],
  };
}

/** The same weights where they are open, else the open family with the most models. */
function weightsFor(scene: Scene, { leg, primary }: Spot): Weights | undefined {
  if (primary.openWeights === true && primary.modelId !== undefined && !primary.tuned)
    return { id: primary.modelId, family: primary.family, isSame: true };
  const kind = kindOf(leg.operation);
  const example = kind && scene.openModel(kind);
  return example && { id: example.id, family: example.match.family?.id, isSame: false };
}

function titleOf({ isSame }: Weights, isMoved: boolean): string {
  if (isMoved) return 'move embeddings to open weights on your own host';
  return isSame ? 'fallback to the same weights on your own host' : 'fallback to open weights on your own host';
}

/** The old fallbacks embed with the old model. */
function moveAll(route: PortfolioRoute): LegEdit {
  return ([, ...fallbacks]) => [route, ...fallbacks.map((fallback) => ({ ...fallback, compat: 0 }))];
}
