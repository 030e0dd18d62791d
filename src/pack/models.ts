import type { Catalog, ModelFamily } from '../model/catalog.ts';
import type { ModelMatch } from '../model/match.ts';
import { byCodePoint, type CompiledPack } from './compiled.ts';
import { lazy } from './lazy.ts';
import { type ModelId, type Prefixes, parseModelId } from './model-id.ts';
import { MATCH_LIMIT } from './pattern-check.ts';

const REMEMBERED = 4000;
// Nobody asks these for a model: `redis:8.0` is an image, `braintrust:prompt` a document.
const NO_MODELS: ReadonlySet<string> = new Set(['vector-store', 'observability', 'search', 'hypervisor']);

interface Family {
  readonly family: ModelFamily;
  readonly regexp: () => RegExp;
  readonly open: () => RegExp | undefined;
}

/** What a model lookup needs of the catalog beside the families. */
export interface ModelContext {
  readonly pack: Pick<CompiledPack, 'families' | 'prefixes' | 'makers' | 'providers'>;
  readonly scope: Catalog['scope'];
}

/** What the maker calls the model, or the id itself where it cannot be taken apart. */
export type BareOf = (id: string) => { readonly bare: string; readonly tuned: boolean };

export interface ModelLookup {
  readonly model: Catalog['model'];
  readonly bareOf: BareOf;
}

/** Parses model ids and finds their families. */
export function modelLookup({ pack, scope }: ModelContext): ModelLookup {
  const prefixes = prefixesOf(pack);
  const families = lazy(() => familiesOf(pack.families));
  const isProvider = lazy(() => new Set(pack.providers.map((provider) => provider.id)));
  const remembered = new Map<string, ModelMatch | undefined>();
  const makers = lazy(() => new Map(pack.makers.map(({ name, provider }) => [name, provider])));
  const find = (id: string, certain: boolean): ModelMatch | undefined => {
    const whole = parseModelId(id, prefixes);
    if (!whole) return undefined;
    if (!whole.formal && looksLikeCode(whole.bare)) return undefined;
    const sure = certain || whole.sure;
    const parsed = behindMaker(whole, makers(), (bare) => familyOf([bare], families(), sure)?.family.family.maker);
    if (!certain && !parsed.formal && looksLikePath(id, prefixes)) return undefined;
    const spellings = [parsed.bare, id.trim(), ...(parsed.joined === undefined ? [] : [parsed.joined]), ...parsed.also];
    const found = familyOf(spellings, families(), sure);
    if (!found && !(certain ? parsed.operator !== undefined || parsed.formal : parsed.formal && parsed.tuned)) return undefined;
    const { operator: named, ...rest } = parsed;
    const operator = named !== undefined && isProvider().has(named) ? named : undefined;
    const inScope = operator === undefined ? undefined : scope(operator, 'model-prefix', parsed.scope ?? '');
    return matchOf(id, { ...rest, ...(operator === undefined ? {} : { operator }) }, { ...found, scope: inScope });
  };
  return {
    model: (id, certain) => {
      if (id.length > MATCH_LIMIT) return undefined;
      const key = `${certain ? '!' : '?'}${id}`;
      if (remembered.has(key)) return remembered.get(key);
      if (remembered.size >= REMEMBERED) remembered.clear();
      const match = find(id, certain);
      remembered.set(key, match);
      return match;
    },
    bareOf: (id) => {
      const parsed = parseModelId(id, prefixes);
      return parsed ? { bare: parsed.bare, tuned: parsed.tuned } : { bare: id, tuned: false };
    },
  };
}

/** `openai-gpt-4o` and `anthropic--claude-4-opus` put the maker before its model: without it, the rest is what the maker says. */
function behindMaker(
  whole: ModelId,
  makers: ReadonlyMap<string, string>,
  makerOf: (bare: string) => string | undefined,
): ModelId {
  if (makerOf(whole.bare) !== undefined) return whole;
  const lower = whole.bare.toLowerCase();
  for (let dash = lower.indexOf('-'); dash > 0; dash = lower.indexOf('-', dash + 1)) {
    const maker = makers.get(lower.slice(0, dash));
    const bare = whole.bare.slice(dash).replace(/^-{1,2}/, '');
    // A family of another maker after that name is a derivative, and none of theirs.
    if (maker !== undefined && makerOf(bare) === maker) return { ...whole, bare };
  }
  return whole;
}

function prefixesOf(pack: ModelContext['pack']): Prefixes {
  const labs = lazy(() => new Set(pack.providers.flatMap(({ id, kind }) => (kind === 'model-lab' ? [id] : []))));
  // Before a colon a maker's name is whom to call; before a slash it is only who made the model.
  const makers = lazy(
    () => new Map(pack.makers.flatMap(({ name, provider }) => (labs().has(provider) ? [[name, provider] as const] : []))),
  );
  const table = lazy(() => new Map(pack.prefixes.map(({ prefix, provider }) => [prefix, provider])));
  const ids = lazy(() => new Set(pack.providers.filter(({ kind }) => !NO_MODELS.has(kind)).map((provider) => provider.id)));
  return {
    slash: (prefix) => table().get(prefix),
    named: (prefix) => table().get(prefix) ?? (ids().has(prefix) ? prefix : makers().get(prefix)),
  };
}

/** Names that code gives to things about a model: classes (`LlamaForCausalLM`), keys and settings (`llama_api_key`). */
function looksLikeCode(name: string): boolean {
  return (
    /^[A-Z]\w*(?:For[A-Z]\w+|Tokenizer(?:Fast)?|Pipeline|Config|Invocation)$/.test(name) ||
    /[-_](?:api[-_]?key|key|hash|description)$/i.test(name)
  );
}

/** Texts that are no argument of a model call may well be files: `./gpt-4`, `docs/guide/claude-3`, `claude-3.md`. */
function looksLikePath(id: string, prefixes: Prefixes): boolean {
  if (
    /^[./]|\.(?:m?[jt]sx?|md|mdx|json|ya?ml|png|svg|jpe?g|webp|gif|ico|css|scss|html?|py|go|rs|vue|svelte|txt|pdf|toml|lock)$/i.test(
      id,
    )
  )
    return true;
  const segments = id.split('/');
  return segments.length > 2 && prefixes.named((segments[0] ?? '').toLowerCase()) === undefined;
}

function familiesOf(families: readonly ModelFamily[]): readonly Family[] {
  return [...families]
    .sort((left, right) => right.priority - left.priority || byCodePoint(left.id, right.id))
    .map((family) => ({
      family,
      regexp: lazy(() => new RegExp(`^(?:${family.pattern})$`, 'i')),
      open: lazy(() => (family.open === undefined ? undefined : new RegExp(`^(?:${family.open})$`, 'i'))),
    }));
}

function familyOf(
  spellings: readonly string[],
  families: readonly Family[],
  certain: boolean,
): { family: Family; spelling: string } | undefined {
  for (const spelling of spellings) {
    const lower = spelling.toLowerCase();
    for (const family of families) {
      const { ambiguous, words } = family.family;
      if (ambiguous && !certain) continue;
      if (words.length > 0 && !words.some((word) => lower.includes(word))) continue;
      if (family.regexp().test(spelling)) return { family, spelling };
    }
  }
  return undefined;
}

interface Found {
  readonly family?: Family;
  readonly spelling?: string;
  readonly scope?: ModelMatch['scope'] | undefined;
}

function matchOf(id: string, parsed: ModelId, { family, spelling, scope }: Found): ModelMatch {
  return {
    id,
    bare: bareName(parsed, spelling),
    ...(family === undefined ? {} : { family: family.family, maker: family.family.maker }),
    weights: family === undefined ? 'unknown' : weightsOf(family, spelling ?? parsed.bare),
    ...(parsed.operator === undefined ? {} : { operator: parsed.operator }),
    ...(parsed.prefix === undefined ? {} : { prefix: parsed.prefix }),
    ...(scope === undefined ? {} : { scope }),
    tuned: parsed.tuned,
  };
}

/** The bare id, unless only a fuller spelling named the family: then that is what the maker calls it. */
function bareName(parsed: ModelId, spelling: string = parsed.bare): string {
  if (spelling === parsed.bare || parsed.also.includes(spelling)) return parsed.bare;
  return parsed.joined ?? (spelling.includes('/') ? spelling : parsed.bare);
}

function weightsOf({ family, open }: Family, spelling: string): ModelMatch['weights'] {
  if (family.weights !== 'mixed') return family.weights;
  const pattern = open();
  return pattern === undefined ? 'unknown' : pattern.test(spelling) ? 'open' : 'closed';
}
