import type { Catalog, ModelFamily } from '../model/catalog.ts';
import type { ModelMatch } from '../model/match.ts';
import type { CompiledPack, RankedFamily } from './compiled.ts';
import { lazy } from './lazy.ts';
import { type ModelId, type Prefixes, parseModelId } from './model-id.ts';
import { MATCH_LIMIT } from './pattern-check.ts';

const REMEMBERED = 4000;

/** What is looked at before a family: everything else of it is read when one of its words stands in an id. */
interface Family {
  readonly ranked: RankedFamily;
  readonly family: () => ModelFamily;
  readonly regexp: () => RegExp;
  readonly open: () => RegExp | undefined;
}

type Pack = Pick<CompiledPack, 'familyOrder' | 'rows'>;

/** Parses model ids and finds their families. */
export function modelLookup(pack: Pack, prefixes: Prefixes, scope: Catalog['scope']): Catalog['model'] {
  const families = lazy(() => pack.familyOrder.map((ranked) => familyIn(pack, ranked)));
  const remembered = new Map<string, ModelMatch | undefined>();
  const makerNamed = (name: string) => pack.rows.makers.get(name)?.provider;
  const find = (id: string, certain: boolean): ModelMatch | undefined => {
    const whole = parseModelId(id, prefixes);
    if (!whole) return undefined;
    if (!whole.formal && looksLikeCode(whole.bare)) return undefined;
    const sure = certain || whole.sure;
    const parsed = behindMaker(whole, makerNamed, (bare) => familyOf([bare], families(), sure)?.family.family().maker);
    if (!certain && !parsed.formal && looksLikePath(id, prefixes)) return undefined;
    const spellings = [parsed.bare, id.trim(), ...(parsed.joined === undefined ? [] : [parsed.joined]), ...parsed.also];
    const found = familyOf(spellings, families(), sure);
    if (!found && !(certain ? parsed.operator !== undefined || parsed.formal : parsed.formal && parsed.tuned)) return undefined;
    const { operator: named, ...rest } = parsed;
    const operator = named !== undefined && pack.rows.providers.has(named) ? named : undefined;
    const inScope = operator === undefined ? undefined : scope(operator, 'model-prefix', parsed.scope ?? '');
    return matchOf(id, { ...rest, ...(operator === undefined ? {} : { operator }) }, { ...found, scope: inScope });
  };
  return (id, certain) => {
    if (id.length > MATCH_LIMIT) return undefined;
    const key = `${certain ? '!' : '?'}${id}`;
    if (remembered.has(key)) return remembered.get(key);
    if (remembered.size >= REMEMBERED) remembered.clear();
    const match = find(id, certain);
    remembered.set(key, match);
    return match;
  };
}

/** `openai-gpt-4o` and `anthropic--claude-4-opus` put the maker before its model: without it, the rest is what the maker says. */
function behindMaker(
  whole: ModelId,
  makerNamed: (name: string) => string | undefined,
  makerOf: (bare: string) => string | undefined,
): ModelId {
  if (makerOf(whole.bare) !== undefined) return whole;
  const lower = whole.bare.toLowerCase();
  for (let dash = lower.indexOf('-'); dash > 0; dash = lower.indexOf('-', dash + 1)) {
    const maker = makerNamed(lower.slice(0, dash));
    const bare = whole.bare.slice(dash).replace(/^-{1,2}/, '');
    // A family of another maker after that name is a derivative, and none of theirs.
    if (maker !== undefined && makerOf(bare) === maker) return { ...whole, bare };
  }
  return whole;
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

function familyIn({ rows }: Pack, ranked: RankedFamily): Family {
  const family = lazy(() => {
    const found = rows.families.get(ranked.id);
    if (!found) throw new Error(`no family ${ranked.id}`);
    return found;
  });
  const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`, 'i');
  return {
    ranked,
    family,
    regexp: lazy(() => whole(family().pattern)),
    open: lazy(() => {
      const { open } = family();
      return open === undefined ? undefined : whole(open);
    }),
  };
}

function familyOf(
  spellings: readonly string[],
  families: readonly Family[],
  certain: boolean,
): { family: Family; spelling: string } | undefined {
  for (const spelling of spellings) {
    const lower = spelling.toLowerCase();
    for (const family of families) {
      const { ambiguous, words } = family.ranked;
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
    ...(family === undefined ? {} : { family: family.family(), maker: family.family().maker }),
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
  const { weights } = family();
  if (weights !== 'mixed') return weights;
  const pattern = open();
  return pattern === undefined ? 'unknown' : pattern.test(spelling) ? 'open' : 'closed';
}
