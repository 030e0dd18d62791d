/** Menus: a provider or model that a user or the configuration chooses is one capability with manual alternatives. */
import type { Reading } from '../model/reading.ts';
import type { ModelString } from '../model/resolved.ts';
import type { Draft, DraftFallback, DraftLeg } from './capabilities.ts';
import type { LinkContext } from './context.ts';
import { type Candidate, candidatesOf } from './routes.ts';
import { isModelEntry } from './strings.ts';

const ALTERNATIVES = 40;

/** Keys under which drafts are alternatives of one menu: sibling files named after their providers. */
export function menuKeys(context: LinkContext, drafts: readonly Draft[]): readonly (string | undefined)[] {
  const patterns = drafts.map((draft) => siblingPattern(context, draft));
  const operators = new Map<string, Set<string>>();
  patterns.forEach((pattern, index) => {
    const provider = drafts[index]?.legs[0]?.primary.route.provider;
    if (pattern) operators.set(pattern, (operators.get(pattern) ?? new Set()).add(provider ?? '?'));
  });
  return patterns.map((pattern) => (pattern && (operators.get(pattern)?.size ?? 0) > 1 ? pattern : undefined));
}

/** `app/api/chat/openai/route.ts` -> `… app/api/chat/*​/route.ts`, when a part of the path names a provider. */
function siblingPattern(context: LinkContext, draft: Draft): string | undefined {
  const [first] = draft.uses;
  const use = first === undefined ? undefined : context.resolved.uses[first];
  const [leg] = draft.legs;
  if (!use || !leg || draft.legs.length > 1) return undefined;
  const parts = use.path.split('/');
  const index = parts.findLastIndex((part) => namesProvider(context, part.replace(/\.[^.]+$/, '')));
  if (index < 0) return undefined;
  const name = parts[index] ?? '';
  const extension = /\.[^.]+$/.exec(name)?.[0] ?? '';
  return `${draft.workload} ${draft.context} ${leg.operation} ${[...parts.slice(0, index), `*${extension}`, ...parts.slice(index + 1)].join('/')}`;
}

const OPEN_NAMES = new Set(['custom', 'local', 'compatible', 'other', 'self-hosted']);

function namesProvider(context: LinkContext, part: string): boolean {
  const word = part.toLowerCase().replace(/[-_.]?(?:provider|client|llm|chat|adapter|service|api|handler|model)s?$/, '');
  if (OPEN_NAMES.has(word)) return true;
  if (word.length < 4) return false;
  return providerWords(context).has(word);
}

const wordsOf = new WeakMap<LinkContext, ReadonlySet<string>>();

/** Whole ids of providers and their first parts: openai, azure, google, bedrock. */
function providerWords(context: LinkContext): ReadonlySet<string> {
  const known = wordsOf.get(context);
  if (known) return known;
  const words = new Set<string>();
  for (const { id, kind } of context.catalog.providers.values()) {
    if (kind === 'vector-store' || kind === 'observability' || kind === 'search' || kind === 'weight-hub') continue;
    words.add(id);
    for (const part of id.split('-')) if (part.length > 3) words.add(part);
  }
  wordsOf.set(context, words);
  return words;
}

/** A draft whose model is chosen at run time, with the models of the workload's menu as alternatives. */
export function withMenuModels(context: LinkContext, draft: Draft): Draft {
  return { ...draft, legs: draft.legs.map((leg) => menuLeg(context, draft, leg)) };
}

function menuLeg(context: LinkContext, draft: Draft, leg: DraftLeg): DraftLeg {
  const { primary } = leg;
  if (primary.route.modelId !== undefined || (leg.operation !== 'chat' && leg.operation !== 'agent')) return leg;
  const entries = menuEntries(context, draft.workload).filter((entry) => fits(context, entry, primary));
  const candidates = entries
    .slice(0, ALTERNATIVES)
    .flatMap((entry) =>
      candidatesOf(
        context,
        { ...primary.target, facets: { ...primary.target.facets, model: [readingOf(entry)] } },
        draft.workload,
      ),
    );
  const routes = [...new Map(candidates.map((candidate) => [candidate.route.id, candidate])).values()];
  const [first, ...others] = [...routes.filter(({ route }) => !route.retired), ...routes.filter(({ route }) => route.retired)];
  if (!first) return leg;
  const manual = others.map(
    (candidate): DraftFallback => ({ candidate, class: 'manual', mechanism: 'menu', evidence: candidate.route.evidence }),
  );
  return { ...leg, primary: first, fallbacks: [...leg.fallbacks, ...manual] };
}

/** Entries of model tables of a workload, a constant called default first. */
function menuEntries(context: LinkContext, workload: string): readonly ModelString[] {
  const entries = context.resolved.strings.filter(
    (entry) => entry.workload === workload && entry.context === 'production' && isModelEntry(context, entry),
  );
  const chosen = new Set(entries.filter(isDefault).map((entry) => entry.use.text));
  return [...entries].sort((a, b) => Number(chosen.has(b.use.text)) - Number(chosen.has(a.use.text)));
}

/** What is used before anybody chooses: a constant called default, or the model of a settings object. */
function isDefault({ use }: ModelString): boolean {
  const { role, key = '', beside = {} } = use;
  if (/default/i.test(key)) return true;
  const isRow = Object.keys(beside).some((other) => /^(?:name|provider|label|title|displayname)$/i.test(other));
  return role === 'entry' && /^model$/i.test(key) && !isRow;
}

/** Whether a table entry can be what a route is given: by the gateway's prefixes, or by the provider named beside it. */
function fits(context: LinkContext, entry: ModelString, { route, who }: Candidate): boolean {
  const match = context.catalog.model(entry.use.text, true);
  if (who.gateway) return match?.prefix !== undefined && who.gateway.firstParty?.[match.prefix] !== undefined;
  const said = entry.use.beside?.provider?.toLowerCase();
  if (!said || !route.provider) return false;
  return route.provider === said || route.provider.split('-').includes(said);
}

function readingOf(entry: ModelString): Reading {
  return { text: entry.use.text, how: 'constant', env: [], confidence: 0.9, trail: [entry.at] };
}
