/** Who runs a route: from the client, its options and its resolved base URL; never from the package alone. */
import type { Provider } from '../model/catalog.ts';
import type { EndpointMatch, ModelMatch } from '../model/match.ts';
import type { Reading, Target } from '../model/resolved.ts';
import type { LinkContext } from './context.ts';

export interface Who {
  /** The hop on the wire, if any. */
  readonly gateway?: Provider;
  /** Who runs the model, if known. */
  readonly operator?: Provider;
  readonly why?: string;
  readonly endpoint?: EndpointMatch;
  /** The upstream is what the gateway's catalog says is its default, not what the code says. */
  readonly assumed: boolean;
  /** Found by a name, port or environment name, not by its own host. */
  readonly heuristic: boolean;
}

/** Operator and gateway of a target at one base URL. */
export function whoRuns(context: LinkContext, target: Target, base: Reading | undefined, model: ModelMatch | undefined): Who {
  const providers = context.catalog.providers;
  const own = base ? endpointAt(context, base) : undefined;
  if (own) return throughEndpoint(context, own, model);
  const isCloudOwn = isLeftToCloud(context, base, target);
  const isLeftOpen = base !== undefined && base.how !== 'sdk-default' && !keepsOperator(base, target) && !isCloudOwn;
  if (isLeftOpen) return { why: base.why ?? 'unknown-host', assumed: false, heuristic: false };
  const gateway = target.gateway ? providers.get(target.gateway) : undefined;
  if (gateway) return behindGateway(context, gateway, model);
  const operator =
    (target.operatorFromModel ? byModel(context, model) : undefined) ??
    (target.operator ? providers.get(target.operator) : undefined);
  if (operator?.kind === 'gateway') return behindGateway(context, operator, model);
  if (operator && operator.kind !== 'open-ended') return { operator, assumed: false, heuristic: isCloudOwn };
  return { why: operator ? 'left-open' : 'no-operator', assumed: false, heuristic: false };
}

/** Platform prefix, else the lab's own service (`anthropic/claude…`, or the bare name of a family). */
function byModel({ catalog }: LinkContext, model: ModelMatch | undefined): Provider | undefined {
  const named = [model?.operator, model?.prefix, model?.maker].find((id) => id !== undefined && catalog.providers.has(id));
  return named === undefined ? undefined : catalog.providers.get(named);
}

/** An endpoint that only its owner's resource name leaves open (Azure) stays with its operator. */
function keepsOperator(base: Reading, target: Target): boolean {
  const isAzure = target.operator?.startsWith('azure') ?? false;
  return isAzure && (base.text === undefined || base.why !== undefined);
}

/** A cloud's own SDK signs for that cloud: options that might set another endpoint (`...options`) name a way to it, not another company. */
function isLeftToCloud({ catalog }: LinkContext, base: Reading | undefined, target: Target): boolean {
  const cloud = target.operator === undefined ? undefined : catalog.providers.get(target.operator)?.cloud;
  return base !== undefined && base.text === undefined && cloud !== undefined && !keepsOperator(base, target);
}

function endpointAt(context: LinkContext, base: Reading): EndpointMatch | undefined {
  if (base.text === undefined) {
    return base.env.length ? context.catalog.endpoint('\u0000', base.env) : undefined;
  }
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/:]+)/i.exec(base.text)?.[1]?.toLowerCase();
  // Inside a cluster a service is called by its name, with or without what the cluster puts behind it.
  const service = host ? context.services.get(/^[^.]+(?=\.[^.]+\.svc(?:\.|$))/.exec(host)?.[0] ?? host) : undefined;
  if (service) return { provider: service, by: 'name' };
  return context.catalog.endpoint(base.text, base.env);
}

function throughEndpoint(context: LinkContext, endpoint: EndpointMatch, model: ModelMatch | undefined): Who {
  const heuristic = endpoint.by !== 'host' && endpoint.by !== 'path';
  const { provider } = endpoint;
  if (provider.kind === 'open-ended') return { why: 'left-open', endpoint, assumed: false, heuristic };
  if (provider.kind === 'gateway') return { ...behindGateway(context, provider, model), endpoint, heuristic };
  return { operator: provider, endpoint, assumed: false, heuristic };
}

/** Who runs what a configured gateway sends on: the hop of the caller, and the upstream as its configuration writes it. */
export function whoRunsBehind(hop: Who, upstream: Who): Who {
  // A hosted gateway behind one's own is the hop that matters: one's own stands in no graph of companies.
  const gateway = upstream.gateway ?? hop.gateway;
  return { ...upstream, ...(gateway ? { gateway } : {}), heuristic: hop.heuristic || upstream.heuristic };
}

/** Behind a gateway: the maker's own service where the catalog says that is the default, else unknown. */
function behindGateway(context: LinkContext, gateway: Provider, model: ModelMatch | undefined): Who {
  const prefix = model?.prefix;
  const upstream = prefix ? gateway.firstParty?.[prefix] : undefined;
  const operator = upstream ? context.catalog.providers.get(upstream) : undefined;
  if (operator) return { gateway, operator, assumed: true, heuristic: false };
  return { gateway, why: 'behind-gateway', assumed: false, heuristic: false };
}
