/** Services a leg could fall back to, from the catalog alone. */
import type { Catalog, ModelFamily, Provider } from '../model/catalog.ts';
import type { GraphNode } from '../model/graph.ts';
import type { ModelMatch } from '../model/match.ts';
import type { Operation } from '../model/surface.ts';
import { jurisdictionOf } from '../score/jurisdiction.ts';
import type { PortfolioRoute } from '../score/portfolio.ts';
import { exampleOf, familiesOf, openFamily } from './families.ts';
import { entryOf, hostedRoute } from './new-route.ts';

/** One model at one service. */
export interface Candidate {
  readonly provider: Provider;
  readonly family: ModelFamily;
  readonly modelId: string;
  readonly route: PortfolioRoute;
  /** The operator has announced the end of the model. */
  readonly isDeprecated: boolean;
  /** That the service runs this family is assumed: it hosts open weights in general. */
  readonly isAssumed: boolean;
  readonly isVerified: boolean;
  /** Folded country of the headquarters. */
  readonly jurisdiction: string;
  /** SDK surfaces that reach it: how widely it is supported. */
  readonly surfaces: number;
}

/** Gives the candidates for a kind of model. */
export type CandidateSource = (kind: Operation) => readonly Candidate[];

interface Options {
  readonly asOf: string;
  readonly nodes: readonly GraphNode[];
}

/** Candidates by kind of model, made at the first question. Sorted by provider and model. */
export function candidateSource(catalog: Catalog, { asOf, nodes }: Options): CandidateSource {
  const regions = nodes.filter(({ layer }) => layer === 'region').map(({ id }) => id.slice('region:'.length));
  const made = new Map<Operation, readonly Candidate[]>();
  return (kind) => {
    const known = made.get(kind);
    if (known) return known;
    const open = kind === 'chat' ? openFamily({ catalog, asOf }, kind) : undefined;
    const context: Context = { catalog, asOf, regions, open };
    const providers = KINDS.flatMap((one) => catalog.providersOf(one))
      .filter((provider) => isEligible(provider, context))
      .sort(byId);
    const candidates = providers.flatMap((provider) => candidatesAt(context, provider, kind));
    made.set(kind, candidates);
    return candidates;
  };
}

interface Context {
  readonly catalog: Catalog;
  readonly asOf: string;
  readonly regions: readonly string[];
  /** What a host of open weights is taken to run. */
  readonly open: ModelFamily | undefined;
}

const KINDS = ['model-lab', 'cloud-platform', 'inference-host'] as const;

function isEligible({ id, status, hq, selfHosted, hosts, hostPatterns }: Provider, { catalog }: Context): boolean {
  const isReachable = hosts.length + hostPatterns.length > 0 || catalog.surfaces.reach(id) > 0;
  return status === 'active' && hq !== undefined && !selfHosted && isReachable;
}

function candidatesAt(context: Context, provider: Provider, kind: Operation): readonly Candidate[] {
  const entry = entryOf(context.catalog, provider, context.regions);
  if (!entry) return [];
  const own = familiesOf(context, provider, kind);
  const open = own.length === 0 && hostsOpenWeights(provider) ? context.open : undefined;
  return [...own, ...(open ? [open] : [])].flatMap((family): readonly Candidate[] => {
    const example = exampleOf(context, family, provider.id);
    if (!example) return [];
    const { match } = example;
    return [
      {
        provider,
        family,
        modelId: example.id,
        route: hostedRoute(context.catalog, provider, { match, entry }),
        isDeprecated: example.isDeprecated,
        isAssumed: family === open,
        isVerified: isVerified(provider, match),
        jurisdiction: jurisdictionOf(provider.hq?.country ?? ''),
        surfaces: context.catalog.surfaces.reach(provider.id),
      },
    ];
  });
}

/** The catalog lists no models of hosts; running open weights is what they are for. */
function hostsOpenWeights({ kind, compatible, cloud }: Provider): boolean {
  return kind === 'inference-host' || (kind === 'cloud-platform' && compatible && cloud !== undefined);
}

function isVerified(provider: Provider, { family }: ModelMatch): boolean {
  const facts = [provider, provider.hq, ...provider.hostedOn, family];
  return facts.every((fact) => fact?.verified !== false);
}

function byId(one: Provider, other: Provider): number {
  return one.id < other.id ? -1 : 1;
}
