/** Targets -> routes: one for each way a call can go. */

import type { EvidenceId, Route, RouteNode } from '../model/graph.ts';
import type { ModelMatch } from '../model/match.ts';
import type { Reading } from '../model/reading.ts';
import type { Target } from '../model/resolved.ts';
import { choices, goTogether, isHost } from './choices.ts';
import type { LinkContext } from './context.ts';
import { detectorOf } from './detector.ts';
import { isElsewhere, isWritten } from './elsewhere.ts';
import { placeOf } from './evidence.ts';
import { type Behind, inCode } from './gateways.ts';
import { askedFor, type ListedModel, listedModels } from './listed-models.ts';
import { isKept, isLeftToFiles, KEPT, operatorId, type Who, whoRuns, whoRunsBehind } from './operators.ts';
import { type Places, placesOf } from './places.ts';
import { byPrefix } from './prefix.ts';

const COMBINATIONS = 40;

export interface Candidate {
  readonly route: Route;
  readonly who: Who;
  readonly target: Target;
  readonly model: Reading | undefined;
  readonly match: ModelMatch | undefined;
  /** What the configuration of its gateway says it is, and how the caller named it. */
  readonly behind?: Behind;
  readonly asked?: Reading;
  /** Models that the same text names after this one. */
  readonly next?: readonly ListedModel[];
}

/** All routes of a target, the first reading of each facet first. */
export function candidatesOf(context: LinkContext, target: Target, workload: string): readonly Candidate[] {
  const models = choices(target.facets.model ?? target.facets.deployment);
  const bases = choices(target.facets.baseUrl ?? target.facets.host?.filter(isHost));
  const regions = choices(target.facets.region);
  const all = bases.flatMap((base) =>
    regions.flatMap((region) => {
      const together = models.filter((model) => goTogether(model, base, bases));
      const candidates = together.map((model) => candidate(context, { target, workload, base, region, model }));
      const served = candidates.filter((one) => (models.length < 2 && isWritten(one)) || !isElsewhere(context, one));
      return served.length ? served : [candidate(context, { target, workload, base, region, model: UNDECIDED })];
    }),
  );
  return all.slice(0, COMBINATIONS);
}

const UNDECIDED: Reading = { why: 'branch', how: 'unknown', env: [], confidence: 0.6, trail: [] };

interface Choice {
  readonly target: Target;
  readonly workload: string;
  readonly base: Reading | undefined;
  readonly region: Reading | undefined;
  readonly model: Reading | undefined;
  /** What led there. */
  readonly said?: readonly (Reading | undefined)[];
}

function candidate(context: LinkContext, choice: Choice): Candidate {
  const { target, workload, base, model } = choice;
  const { text, match } = modelOf(context, model);
  const who = whoRuns(context, target, base, match);
  const [first, ...next] = listedModels(who.gateway, model) ?? [];
  if (first) return { ...candidate(context, { ...choice, target: askedFor(target, first), model: first.model }), next };
  if (isKept(who, text)) return candidateAt(context, { ...choice, model: KEPT }, { ...who, why: 'gateway-console' });
  const own = target.routes && inCode(target.routes, text ?? '');
  if (own) return candidateBehind(context, { target, behind: own, hop: who, base, asked: model });
  const behind = isLeftToFiles(target) ? who.gateway && context.gateways.first(who.gateway.id, text ?? '', workload) : undefined;
  if (behind) return candidateBehind(context, { target, behind, hop: who, base, asked: model });
  const found = who.operator || who.gateway || !base?.text ? undefined : context.gateways.through(base.text, workload);
  const gateway = found && context.catalog.providers.get(found.entry.gateway);
  if (!found || !gateway) return candidateAt(context, choice, who);
  const hop: Who = { gateway, assumed: false, heuristic: true };
  return candidateBehind(context, { target, behind: found, hop, base, asked: model });
}

function modelOf(
  context: LinkContext,
  model: Reading | undefined,
): { text: string | undefined; named: string | undefined; match: ModelMatch | undefined } {
  const text = model?.text !== undefined && !model.why ? model.text : undefined;
  const named = (text ? context.deployments.get(text.replace(/^azure\//, ''))?.model : undefined) ?? text;
  const match = named === undefined ? byPrefix(context, model) : context.catalog.model(named, true);
  return { text, named, match };
}

/** A way through a configured gateway. */
export interface Through {
  readonly target: Target;
  readonly behind: Behind;
  readonly hop: Who;
  readonly base: Reading | undefined;
  readonly asked: Reading | undefined;
}

/** The route that the configuration of a gateway gives to what its caller asks for. */
export function candidateBehind(context: LinkContext, { target, behind, hop, base, asked }: Through): Candidate {
  const { entry } = behind;
  const { operator: _operator, gateway: _gateway, ...caller } = target;
  const upstream: Target = {
    ...caller,
    ...(entry.provider ? { operator: entry.provider } : {}),
    facets: entry.facets,
    implicitEnv: {},
    defaults: {},
  };
  const [ownBase] = choices(entry.facets.baseUrl);
  const [region] = choices(entry.facets.region);
  const [model] = entry.facets.model ? choices(entry.facets.model) : [asked];
  const { match } = modelOf(context, model);
  const who = whoRunsBehind(hop, whoRuns(context, ownerOf(context, upstream, match), ownBase, match));
  const choice: Choice = { target: upstream, workload: entry.workload, base: ownBase, region, model, said: [base, asked] };
  return { ...candidateAt(context, choice, who), behind, ...(asked ? { asked } : {}) };
}

/** A model without a prefix runs at its maker, where the maker runs models itself. */
function ownerOf(context: LinkContext, upstream: Target, match: ModelMatch | undefined): Target {
  if (upstream.operator || upstream.facets.baseUrl || !match?.maker) return upstream;
  const lab = context.catalog.providers.get(match.maker);
  return lab?.kind === 'model-lab' && match.weights === 'closed' ? { ...upstream, operator: lab.id } : upstream;
}

function candidateAt(context: LinkContext, { target, workload, base, region, model, said = [] }: Choice, who: Who): Candidate {
  const { text, named, match } = modelOf(context, model);
  const places = placesOf(context, { target, who, model: match, region, workload });
  const evidence = evidenceOf(context, target, [...said, base, region, model], places);
  const route: Route = {
    ...identity({ target, who, model, text, match, places }),
    nodes: nodesOf(context, { who, match, places, text }),
    destinations: places.destinations,
    selfHosted: who.operator?.selfHosted ?? false,
    openWeights: match ? { open: true, closed: false, unknown: null }[match.weights] : null,
    tuned: match?.tuned ?? false,
    api: target.api ?? 'native',
    how: model?.how ?? 'unknown',
    confidence: Math.min(target.confidence ?? 1, confidenceOf(target, who, [base, region, model])),
    regionKind: places.regionKind,
    evidence,
    ...(isRetired(context, who, match, named) ? { retired: true } : {}),
  };
  return { route, who, target, model, match };
}

function identity({
  target,
  who,
  model,
  text,
  match,
  places,
}: {
  target: Target;
  who: Who;
  model: Reading | undefined;
  text: string | undefined;
  match: ModelMatch | undefined;
  places: Places;
}): Pick<Route, 'id' | 'sdk' | 'gateway' | 'model' | 'family' | 'provider' | 'modelId'> {
  const sdk = target.surface.package ?? 'raw-http';
  const runner = who.operator?.id ?? `unknown:${who.why ?? 'operator'}`;
  const place = places.region.map((node) => ('unknown' in node ? '?' : node.node.slice('region:'.length))).join('+') || '-';
  const id = [sdk, ...(who.gateway ? [who.gateway.id] : []), runner, text ?? `unknown:${model?.why ?? 'model'}`, place].join(
    ' > ',
  );
  const family = match?.family?.id;
  const provider = operatorId(who);
  return {
    id,
    sdk: `sdk:${sdk}`,
    ...(who.gateway ? { gateway: `gateway:${who.gateway.id}` } : {}),
    ...(text !== undefined ? { model: `model:${match?.bare ?? text}`, modelId: text } : {}),
    ...(family ? { family } : {}),
    ...(provider ? { provider } : {}),
  };
}

function nodesOf(
  context: LinkContext,
  { who, match, places, text }: { who: Who; match: ModelMatch | undefined; places: Places; text: string | undefined },
): Route['nodes'] {
  const operator: RouteNode[] = [];
  const hop = who.gateway;
  if (hop && !hop.selfHosted) operator.push({ node: `operator:${hop.id}`, k: 1 });
  if (who.operator && !who.operator.selfHosted) operator.push({ node: `operator:${who.operator.id}`, k: 1 });
  if (!who.operator) operator.push({ unknown: who.why ?? 'operator' });
  return {
    operator,
    maker: makersOf(context, { who, match, text }),
    cloud: places.cloud,
    region: places.region,
    jurisdiction: places.jurisdiction,
  };
}

/** Owner of closed weights; open weights have none. A lab's own service serves its own models. */
function makersOf(
  context: LinkContext,
  { who, match, text }: { who: Who; match: ModelMatch | undefined; text: string | undefined },
): readonly RouteNode[] {
  if (match?.maker) return match.weights === 'open' ? [] : [{ node: `maker:${match.maker}`, k: 1 }];
  const lab = who.operator?.kind === 'model-lab' ? who.operator : undefined;
  if (lab && text === undefined) return [{ node: `maker:${lab.id}`, k: 1 }];
  const deployed = who.operator?.deploys;
  if (deployed !== undefined && context.catalog.providers.has(deployed)) return [{ node: `maker:${deployed}`, k: 1 }];
  if (lab) return [{ node: `maker:${lab.id}`, k: 1 }];
  if (who.operator?.selfHosted) return [];
  return [{ unknown: text === undefined ? 'model' : 'unlisted-model' }];
}

function isRetired(context: LinkContext, who: Who, match: ModelMatch | undefined, id: string | undefined): boolean {
  if (!who.operator || id === undefined || who.assumed) return false;
  const fact = context.catalog.retirement(who.operator.id, match?.bare ?? id);
  return fact?.shutdown !== undefined && fact.precision !== 'earliest' && fact.shutdown <= context.asOf;
}

function confidenceOf({ facets }: Target, who: Who, readings: readonly (Reading | undefined)[]): number {
  if (facets.baseUrl?.some(({ why }) => why === 'undefined')) return 0.6;
  const known = readings.flatMap((reading) => (reading?.text !== undefined ? [reading.confidence] : []));
  return Math.min(1, ...known, ...(who.heuristic || who.assumed ? [0.6] : []));
}

function evidenceOf(
  context: LinkContext,
  target: Target,
  readings: readonly (Reading | undefined)[],
  places: Places,
): readonly EvidenceId[] {
  const ids = new Set<EvidenceId>();
  const api = target.made.at(0)?.api || target.surface.package || target.surface.id;
  ids.add(context.book.add({ at: target.at, token: api, detector: target.surface.id, how: 'literal' }));
  for (const reading of readings) {
    const at = placeOf(reading);
    if (reading?.text !== undefined && at)
      ids.add(
        context.book.add({
          at,
          token: reading.text,
          detector: detectorOf(at.path),
          how: reading.how,
          confidence: reading.confidence,
        }),
      );
  }
  for (const id of places.regionEvidence) ids.add(id);
  return [...ids].sort();
}
