import type { CompiledPack } from './compiled.ts';
import { lazy } from './lazy.ts';
import { type Prefixes, parseModelId } from './model-id.ts';

// Nobody asks these for a model: `redis:8.0` is an image, `braintrust:prompt` a document.
const NO_MODELS = ['vector-store', 'observability', 'search', 'hypervisor', 'weight-hub'];

/** What the catalog knows of what stands before a model id. */
export function prefixesOf({ rows, kinds, dotted }: Pick<CompiledPack, 'rows' | 'kinds' | 'dotted'>): Prefixes {
  const of = (kind: string) => kinds[kind] ?? [];
  const labs = lazy(() => new Set(of('model-lab')));
  const silent = lazy(() => new Set(NO_MODELS.flatMap(of)));
  const slash = (prefix: string) => rows.prefixes.get(prefix)?.provider;
  return {
    slash,
    dotted: (maker) => (Object.hasOwn(dotted, maker) ? dotted[maker] : undefined),
    named: (prefix) => {
      const known = slash(prefix);
      if (known !== undefined) return known;
      if (rows.providers.has(prefix) && !silent().has(prefix)) return prefix;
      // Before a colon a maker's name is whom to call; before a slash it is only who made the model.
      const maker = rows.makers.get(prefix)?.provider;
      return maker !== undefined && labs().has(maker) ? maker : undefined;
    },
  };
}

/** What the maker calls a model, or the id itself where it cannot be taken apart. */
export function bareOf(id: string, prefixes: Prefixes): { readonly bare: string; readonly tuned: boolean } {
  const parsed = parseModelId(id, prefixes);
  return parsed ? { bare: parsed.bare, tuned: parsed.tuned } : { bare: id, tuned: false };
}

/** A fine-tuned model has its own date where the operator states one, else it goes with its base. */
export function endName(id: string, prefixes: Prefixes): string {
  const { bare, tuned } = bareOf(id, prefixes);
  return tuned ? `ft:${bare}` : bare;
}
