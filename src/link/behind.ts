/** What stands behind configured gateways: spare ways of a call, and the entries themselves as routes. */
import type { GatewayModel, Target } from '../model/resolved.ts';
import type { Surface } from '../model/surface.ts';
import type { DraftFallback } from './capabilities.ts';
import type { LinkContext } from './context.ts';
import { detectorOf } from './detector.ts';
import { placeOf } from './evidence.ts';
import { type Behind, type Spare, sparesOf } from './gateways.ts';
import { askedFor } from './listed-models.ts';
import { upstreamOf } from './operators.ts';
import { type Candidate, candidateBehind, candidatesOf } from './routes.ts';

/** More ways than anybody reads. */
const SPARES = 40;

/** What the gateway of a candidate tries when it fails. */
export function gatewayFallbacks(context: LinkContext, candidate: Candidate): readonly DraftFallback[] {
  const { behind } = candidate;
  if (behind) return sparesBehind(context, { ...candidate, behind });
  return [...orderedServices(context, candidate), ...nextModels(context, candidate)];
}

/** The other models of a text that names several. */
function nextModels(context: LinkContext, { target, route, next = [] }: Candidate): readonly DraftFallback[] {
  return next.flatMap((one): readonly DraftFallback[] => {
    const [candidate] = candidatesOf(context, askedFor(target, one), '.');
    if (!candidate || candidate.route.id === route.id) return [];
    const at = placeOf(one.model) ?? target.at;
    const evidence = [context.book.add({ at, token: one.model.text ?? '', detector: target.surface.id, how: one.model.how })];
    return [{ candidate, class: 'auto', mechanism: 'list of models', evidence }];
  });
}

/** The same model at the other services that a request wants tried. */
function orderedServices(context: LinkContext, { target, who, model, route }: Candidate): readonly DraftFallback[] {
  const { gateway } = who;
  const readings = gateway ? (target.facets.order ?? []).filter(({ text, why }) => text !== undefined && !why) : [];
  return readings.slice(1, SPARES).flatMap((reading): readonly DraftFallback[] => {
    if (!gateway || !upstreamOf(context, gateway, reading.text)) return [];
    const { order: _order, ...facets } = target.facets;
    const there = { ...target, facets: { ...facets, upstream: [reading] } };
    const candidate = candidatesOf(context, there, '.').find((one) => one.model?.text === model?.text);
    if (!candidate || candidate.route.id === route.id) return [];
    const at = placeOf(reading) ?? target.at;
    const detector = target.surface.id;
    const evidence = [context.book.add({ at, token: reading.text ?? '', detector, how: reading.how })];
    return [{ candidate, class: 'auto', mechanism: 'order of services', evidence }];
  });
}

function sparesBehind(
  context: LinkContext,
  { behind, target, who, asked }: Candidate & { readonly behind: Behind },
): readonly DraftFallback[] {
  const gateway = context.catalog.providers.get(behind.entry.gateway);
  const hop = { ...(gateway ? { gateway } : {}), assumed: false, heuristic: who.heuristic };
  return takingOver(sparesOf(behind)).map(({ said, class: kind, mechanism, ...spare }): DraftFallback => {
    const candidate = candidateBehind(context, { target, behind: spare, hop, base: undefined, asked });
    const evidence = [
      context.book.add({ at: said.at, token: tokenOf(said.name, mechanism), detector: detectorOf(said.path), how: 'literal' }),
    ];
    return { candidate, class: kind, mechanism, evidence };
  });
}

/** What answers other troubles than an outage stands for protection only where nothing else does. */
function takingOver(spares: readonly Spare[]): readonly Spare[] {
  const left = spares.some((spare) => spare.class === 'auto') ? spares.filter((spare) => spare.class !== 'dead') : spares;
  return left.slice(0, SPARES);
}

function tokenOf(name: string, mechanism: string): string {
  return name === '' || name === '*' ? mechanism : name;
}

/** The candidates of a target and what gateways try after each. */
export function withSpares(context: LinkContext, candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.flatMap((one) => [one, ...gatewayFallbacks(context, one).map(({ candidate }) => candidate)]);
}

/** The route of an entry as it stands in its file, without any caller. */
export function entryCandidate(context: LinkContext, behind: Behind): Candidate {
  const { entry } = behind;
  const gateway = context.catalog.providers.get(entry.gateway);
  const found = candidateBehind(context, {
    target: callerOf(entry),
    behind,
    hop: { ...(gateway ? { gateway } : {}), assumed: false, heuristic: false },
    base: undefined,
    asked: undefined,
  });
  return bare(found);
}

/** Nothing in the tree calls it, so there is no SDK. */
export function bare(candidate: Candidate): Candidate {
  const { sdk, ...route } = candidate.route;
  return sdk === undefined ? candidate : { ...candidate, route: { ...route, id: route.id.slice(route.id.indexOf(' > ') + 3) } };
}

/** Whoever calls the gateway, no code of this tree. */
function callerOf(entry: GatewayModel): Target {
  const surface: Surface = {
    id: detectorOf(entry.path),
    language: 'config',
    modules: [],
    exports: {},
    globals: {},
    shapes: {},
    source: entry.path,
    date: '',
    verified: true,
  };
  return {
    surface,
    made: [{ meaning: {}, api: entry.name || entry.gateway, at: entry.at }],
    api: 'openai-compatible',
    facets: {},
    features: [],
    at: entry.at,
    implicitEnv: {},
    defaults: {},
  };
}
