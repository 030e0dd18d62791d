/** Weights that the code runs itself: which model, and the hub it is downloaded from. */
import type { Inventory } from '../model/inventory.ts';
import type { Use } from '../model/resolved.ts';
import type { LinkContext } from './context.ts';
import { detectorOf } from './detector.ts';
import { placeOf } from './evidence.ts';
import { byKey, entryOf } from './inventory.ts';

type Weights = Inventory['weights'][number];

/** `org/model` or a plain name; what begins as a path lies on one's own disk. */
const AT_A_HUB = /^[\w][\w.-]*(?:\/[\w][\w.-]*)?$/;

/** One entry per model, hub and context. */
export function weightsOf(context: LinkContext): Inventory['weights'] {
  const found = new Map<string, { readonly first: Weights; readonly evidence: string[] }>();
  for (const weights of context.resolved.uses.flatMap((use) => downloadsOf(context, use))) {
    const known = found.get(weights.key);
    if (known) known.evidence.push(...weights.evidence);
    else found.set(weights.key, { first: weights, evidence: [...weights.evidence] });
  }
  return [...found.values()]
    .map(({ first, evidence }) => ({ ...first, ...entryOf(context, { ...first, evidence }) }))
    .sort(byKey);
}

function downloadsOf(context: LinkContext, use: Use): readonly Weights[] {
  return use.targets.flatMap(({ made, facets }) => {
    const hub = made.find(({ meaning }) => meaning.weights !== undefined)?.meaning.weights;
    if (hub === undefined) return [];
    return (facets.model ?? []).flatMap((reading): Weights[] => {
      const { text, why, how, confidence } = reading;
      const at = placeOf(reading);
      if (text === undefined || why || !at || !AT_A_HUB.test(text)) return [];
      const evidence = [context.book.add({ at, token: text, detector: detectorOf(at.path), how })];
      const entry = { id: text, key: `${hub} ${text} ${use.context}`, context: use.context, evidence, confidence, how };
      const maker = context.catalog.model(text, true)?.maker ?? null;
      return [{ ...entryOf(context, entry), hub, name: context.catalog.providers.get(hub)?.name ?? hub, maker }];
    });
  });
}
