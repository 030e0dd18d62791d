/** Uses -> capabilities: workload x context x operation x primary route, with alternatives, fallbacks and legs. */

import type { Context } from '../model/collected.ts';
import type { EvidenceId, RouteFallback, Store } from '../model/graph.ts';
import type { Use } from '../model/resolved.ts';
import type { Operation } from '../model/surface.ts';
import { gatewayFallbacks } from './behind.ts';
import type { LinkContext } from './context.ts';
import { byText } from './evidence.ts';
import { featuresOfUse } from './features.ts';
import { type Candidate, candidatesOf } from './routes.ts';

/** A leg under construction: one operation with its routes. */
export interface DraftLeg {
  readonly operation: Operation;
  readonly primary: Candidate;
  readonly fallbacks: readonly DraftFallback[];
  readonly stores: readonly Store[];
}

export interface DraftFallback {
  readonly candidate: Candidate;
  readonly class: RouteFallback['class'];
  readonly mechanism: string;
  readonly evidence: readonly EvidenceId[];
}

/** A capability under construction. `uses` are indexes into resolved.uses. */
export interface Draft {
  readonly workload: string;
  readonly context: Context;
  readonly legs: readonly DraftLeg[];
  readonly uses: readonly number[];
  readonly features: ReadonlyMap<string, ReadonlySet<EvidenceId>>;
  /** Of what no call in the tree asks for: how people call it, and where it stands. */
  readonly label?: string;
  readonly sites?: readonly EvidenceId[];
}

/** Operations that one request needs beside a chat (RAG, reranking, a moderation gate). */
const SIDE: ReadonlySet<Operation> = new Set(['embeddings', 'rerank', 'moderation']);

/** Operation of a use that runs a model; undefined for clients, listings and unresolved HTTP. */
export function operationOf(use: Use): Operation | undefined {
  const { operation } = use;
  return operation === 'client' || operation === 'metadata' || operation === 'http' ? undefined : operation;
}

/** The candidates of every use, by operation they serve: a chain that embeds and chats has two. */
export function candidatesByOperation(context: LinkContext, use: Use): ReadonlyMap<Operation, readonly Candidate[]> {
  const own = operationOf(use);
  const found = new Map<Operation, Candidate[]>();
  if (!own) return found;
  for (const target of use.targets) {
    if (target.store && !target.operator && !target.gateway) continue;
    const said = target.serves && SIDE.has(target.serves) ? target.serves : own;
    for (const candidate of candidatesOf(context, target, use.workload)) {
      const operation = byModel(said, candidate);
      found.set(operation, [...(found.get(operation) ?? []), candidate]);
    }
  }
  return found;
}

/** A call that runs any kind of model (InvokeModel) is what the model's family is for. */
function byModel(said: Operation, { match }: Candidate): Operation {
  const kind = match?.family?.kind;
  return said === 'chat' && kind !== undefined && kind !== 'other' && kind !== 'agent' ? kind : said;
}

/** One draft per use, before the same capabilities are joined. */
export function draftOf(context: LinkContext, use: Use, index: number): readonly Draft[] {
  const byOperation = candidatesByOperation(context, use);
  const features = featuresOf(context, use);
  const stores = storesOfRequest(context, use);
  const operations = [...byOperation.keys()].sort((a, b) => Number(SIDE.has(b)) - Number(SIDE.has(a)) || byText(a, b));
  const base = { workload: use.workload, context: use.context, uses: [index], features };
  if (use.alternative === 'caller' && operations.length === 1) {
    const [operation] = operations;
    const candidates = operation ? distinct(byOperation.get(operation) ?? []) : [];
    return candidates.map((primary) => ({
      ...base,
      legs: operation
        ? [{ operation, primary, fallbacks: [...optionFallbacks(context, use), ...gatewayFallbacks(context, primary)], stores }]
        : [],
    }));
  }
  const legs = operations.flatMap((operation) => {
    const [primary, ...others] = ranked(distinct(byOperation.get(operation) ?? []), use);
    if (!primary) return [];
    const manual = others.map(
      (candidate): DraftFallback => ({
        candidate,
        class: 'manual',
        mechanism: use.alternative === 'default' ? 'default' : 'switch',
        evidence: candidate.route.evidence,
      }),
    );
    const own = operation === operationOf(use) ? optionFallbacks(context, use) : [];
    return [{ operation, primary, fallbacks: [...own, ...gatewayFallbacks(context, primary), ...manual], stores }];
  });
  return legs.length ? [{ ...base, legs }] : [];
}

/** Routes by id, the first of each. */
export function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...new Map(candidates.map((candidate) => [candidate.route.id, candidate] as const).toReversed()).values()].toReversed();
}

/** The default first; without one, known routes before unknown ones. */
function ranked(candidates: readonly Candidate[], use: Use): readonly Candidate[] {
  if (use.alternative === 'default' || use.alternative === 'loop') return candidates;
  return [...candidates].sort((a, b) => Number(a.who.operator === undefined) - Number(b.who.operator === undefined));
}

function optionFallbacks(context: LinkContext, use: Use): readonly DraftFallback[] {
  return use.fallbacks.flatMap((fallback) => {
    const evidence = [context.book.add({ at: fallback.at, token: fallback.mechanism, detector: use.surface.id, how: 'literal' })];
    return fallback.targets.flatMap((target) =>
      distinct(candidatesOf(context, target, use.workload)).map(
        (candidate): DraftFallback => ({ candidate, class: fallback.class, mechanism: fallback.mechanism, evidence }),
      ),
    );
  });
}

function featuresOf(context: LinkContext, use: Use): ReadonlyMap<string, ReadonlySet<EvidenceId>> {
  const features = new Map<string, Set<EvidenceId>>();
  for (const { feature, at } of featuresOfUse(context, use)) {
    const id = context.book.add({ at, token: feature, detector: use.surface.id, how: 'literal' });
    features.set(feature, (features.get(feature) ?? new Set()).add(id));
  }
  return features;
}

/** Vector stores that a use, or for embeddings the same request, reads or fills. */
function storesOfRequest(context: LinkContext, use: Use): readonly Store[] {
  const own = storesOf(context, use);
  if (operationOf(use) !== 'embeddings') return own;
  const near = use.reaches
    .flatMap((index) => context.resolved.uses[index] ?? [])
    .flatMap((other) => (operationOf(other) ? [] : storesOf(context, other)));
  return [...new Map([...near, ...own].map((store) => [store.id, store])).values()];
}

/** Vector stores among the targets of a use. */
export function storesOf(context: LinkContext, use: Use): readonly Store[] {
  const stores = new Map<string, Store>();
  for (const target of use.targets) {
    if (!target.store) continue;
    const provider = context.catalog.providers.get(target.store);
    const token = target.facets.region?.find((reading) => reading.text !== undefined && !reading.why)?.text;
    const region = token && provider?.cloud ? context.catalog.region(provider.cloud, token) : undefined;
    const id = context.book.add({
      at: target.at,
      token: target.made[0]?.api || target.store,
      detector: target.surface.id,
      how: 'literal',
    });
    const known = stores.get(target.store);
    stores.set(target.store, {
      id: target.store,
      provider: target.store,
      hosted: !(provider?.selfHosted ?? false),
      ...(region ? { region: `region:${region.cloud}:${region.id}` as const } : {}),
      evidence: [...new Set([...(known?.evidence ?? []), id])].sort(),
    });
  }
  return [...stores.values()];
}
