/** A model that is shut down, replaced by what its operator names. */

import type { PortfolioRoute } from '../../score/portfolio.ts';
import { factorsOfModel, routeFiles } from '../leg-facts.ts';
import { changePrimary, type LegEdit, type Move } from '../move.ts';
import type { Scene, Spot } from '../scene.ts';

/** Replacements are replaced in turn; a catalog might name a circle. */
const GENERATIONS = 5;

/** The replacement that still runs at as-of. */
export function replaceRetired(scene: Scene, spot: Spot): Move | undefined {
  const { primary, leg, index } = spot;
  if (!primary.retired || primary.provider === undefined || primary.modelId === undefined) return undefined;
  const next = replacementOf(scene, primary.provider, primary.modelId);
  if (next === undefined) return undefined;
  const family = scene.catalog.model(next, true)?.family?.id;
  const isOther = family !== primary.family;
  const isEmbedding = leg.operation === 'embeddings';
  return {
    action: 'replace-retired',
    leg: index,
    title: `replace ${primary.modelId} by ${next}`,
    to: { operator: primary.provider, model: next, region: null },
    edit: replaceModel((route) => ({ ...withFamily(route, family), model: { [next]: 1 }, retired: false }), isEmbedding),
    drops: factorsOfModel(scene, spot).filter(({ ruleId }) => ENDED.has(ruleId)),
    files: routeFiles(scene, spot),
    caveats: isEmbedding ? ['every vector has to be embedded again'] : isOther ? ['prompts need evals'] : [],
  };
}

const ENDED = new Set(['lifecycle/retired-model', 'lifecycle/shutdown-soon', 'lifecycle/deprecated-model']);

function replacementOf({ catalog, asOf }: Scene, operator: string, model: string): string | undefined {
  let id = model;
  for (let generation = 0; generation < GENERATIONS; generation++) {
    const end = catalog.retirement(operator, catalog.model(id, true)?.bare ?? id);
    const isOver = end?.shutdown !== undefined && end.precision !== 'earliest' && end.shutdown <= asOf;
    if (!isOver) return id === model ? undefined : id;
    if (end.replacement === undefined) return undefined;
    id = end.replacement;
  }
  return undefined;
}

function withFamily(route: PortfolioRoute, family: string | undefined): PortfolioRoute {
  return family === undefined ? route : { ...route, family };
}

/** Fallbacks that embed with the old model do not fit the new vectors. */
function replaceModel(change: (primary: PortfolioRoute) => PortfolioRoute, isEmbedding: boolean): LegEdit {
  if (!isEmbedding) return changePrimary(change);
  return ([primary = {}, ...fallbacks]) => [change(primary), ...fallbacks.map((fallback) => ({ ...fallback, compat: 0 }))];
}
