/** Who runs a route: from the client, its options and its resolved base URL; never from the package alone. */
import type { Provider } from '../model/catalog.ts';
import type { EndpointMatch, ModelMatch } from '../model/match.ts';
import type { Reading } from '../model/reading.ts';
import type { Target } from '../model/resolved.ts';
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

/** What runs a model in the very process that asks it; no entry of the catalog, as nobody can take it away. */
const IN_PROCESS: Provider = {
  id: 'in-process',
  name: 'in this process',
  kind: 'self-hosted-runtime',
  status: 'active',
  hosts: [],
  hostPatterns: [],
  paths: [],
  env: [],
  envWords: [],
  examples: [],
  ports: [],
  images: [],
  compatible: false,
  hostedOn: [],
  residency: [],
  selfHosted: true,
  source: '',
  date: '',
  verified: true,
};

/** The id of the catalog of who runs a model. */
export function operatorId({ operator }: Who): string | undefined {
  return operator === IN_PROCESS ? undefined : operator?.id;
}

/** Operator and gateway of a target at one base URL. */
export function whoRuns(context: LinkContext, target: Target, given: Reading | undefined, model: ModelMatch | undefined): Who {
  if (target.local) return { operator: IN_PROCESS, assumed: false, heuristic: false };
  const base = given && isOwnSetting(given, target) ? undefined : given;
  const providers = context.catalog.providers;
  const own = base ? endpointAt(context, base) : undefined;
  const keeps = base !== undefined && keepsOperator(context, base, target);
  if (own && !(keeps && own.provider.kind === 'open-ended')) return throughEndpoint(context, own, { model, target, base });
  const isOwners = isLeftToOwner(context, base, target);
  const isLeftOpen = base !== undefined && base.how !== 'sdk-default' && !keeps && !isOwners;
  if (isLeftOpen) return { why: base.why ?? 'unknown-host', assumed: false, heuristic: false };
  const gateway = target.gateway ? providers.get(target.gateway) : undefined;
  if (gateway) return behindGateway(context, gateway, { model, target });
  const named = target.operatorFromModel ? byModel(context, model) : undefined;
  if (!named && isModelOpen(target)) return { why: 'model', assumed: false, heuristic: false };
  const operator = named ?? (target.operator ? providers.get(target.operator) : undefined);
  if (operator?.kind === 'gateway') return behindGateway(context, operator, { model, target });
  if (operator && operator.kind !== 'open-ended') return { operator, assumed: false, heuristic: isOwners };
  return { why: operator ? 'left-open' : 'no-operator', assumed: false, heuristic: false };
}

/** `baseURL: process.env.OPENAI_BASE_URL`: handing over the name that the SDK reads by itself says nothing more than handing over none. */
function isOwnSetting({ text, why, env }: Reading, { implicitEnv }: Target): boolean {
  const own = implicitEnv.baseUrl ?? [];
  return text === undefined && why === 'env' && env.length > 0 && env.every((name) => own.includes(name));
}

/** The model decides, and nobody can tell which it is: what the SDK does without one says nothing. */
function isModelOpen({ operatorFromModel, facets }: Target): boolean {
  const given = operatorFromModel ? (facets.model ?? []) : [];
  return given.length > 0 && given.every(({ text, why }) => text === undefined && why !== 'undefined');
}

/** Platform prefix, else the lab's own service (`anthropic/claude…`, or the bare name of a family). */
function byModel({ catalog }: LinkContext, model: ModelMatch | undefined): Provider | undefined {
  const named = [model?.operator, model?.prefix, model?.maker].find((id) => id !== undefined && catalog.providers.has(id));
  return named === undefined ? undefined : catalog.providers.get(named);
}

/** An endpoint that only its owner's resource name leaves open (Azure) stays with its operator; a program of one's own is called wherever one put it. */
function keepsOperator({ catalog }: LinkContext, base: Reading, { operator }: Target): boolean {
  if (operator && catalog.providers.get(operator)?.selfHosted) return true;
  return (operator?.startsWith('azure') ?? false) && (base.text === undefined || base.why !== undefined);
}

/**
 * A cloud's own SDK signs for that cloud, and that of a maker with a protocol of its own speaks to few others: options that
 * might set another endpoint (`...options`) name a way to it, most likely no other company.
 */
function isLeftToOwner(context: LinkContext, base: Reading | undefined, target: Target): boolean {
  const owner = target.operator === undefined ? undefined : context.catalog.providers.get(target.operator);
  const isOwn = owner !== undefined && (owner.cloud !== undefined || (owner.kind === 'model-lab' && !owner.compatible));
  return base !== undefined && base.text === undefined && isOwn && !keepsOperator(context, base, target);
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

function throughEndpoint(context: LinkContext, endpoint: EndpointMatch, asked: Asked): Who {
  const heuristic = endpoint.by !== 'host' && endpoint.by !== 'path';
  const { provider } = endpoint;
  if (provider.kind === 'open-ended') return { why: 'left-open', endpoint, assumed: false, heuristic };
  if (provider.kind === 'gateway') return { ...behindGateway(context, provider, asked), endpoint, heuristic };
  return { operator: provider, endpoint, assumed: false, heuristic };
}

/** Who runs what a configured gateway sends on: the hop of the caller, and the upstream as its configuration writes it. */
export function whoRunsBehind(hop: Who, upstream: Who): Who {
  // A hosted gateway behind one's own is the hop that matters: one's own stands in no graph of companies.
  const gateway = upstream.gateway ?? hop.gateway;
  return { ...upstream, ...(gateway ? { gateway } : {}), heuristic: hop.heuristic || upstream.heuristic };
}

interface Asked {
  readonly model: ModelMatch | undefined;
  readonly target: Target;
  readonly base?: Reading | undefined;
}

/** Behind a gateway: the service the request names; the maker's own where the catalog says that is the default; else unknown. */
function behindGateway(context: LinkContext, gateway: Provider, { model, target, base }: Asked): Who {
  const said = upstreamSaid(gateway, target, base);
  const prefix = model?.prefix;
  const named = upstreamOf(context, gateway, said ?? (gateway.upstreams?.prefix ? prefix : undefined));
  if (named) return { gateway, operator: named, assumed: false, heuristic: false };
  const own = target.operator === undefined ? undefined : context.catalog.providers.get(target.operator);
  if (own && target.gateway === gateway.id && own.id !== gateway.id)
    return { gateway, operator: own, assumed: false, heuristic: false };
  if (said !== undefined) return { gateway, why: 'behind-gateway', assumed: false, heuristic: false };
  if (isStored(target)) return { gateway, why: 'gateway-console', assumed: false, heuristic: false };
  const upstream = prefix ? gateway.firstParty?.[prefix] : undefined;
  const operator = upstream ? context.catalog.providers.get(upstream) : undefined;
  if (operator) return { gateway, operator, assumed: true, heuristic: false };
  return { gateway, why: 'behind-gateway', assumed: false, heuristic: false };
}

/** The service a request names: in an option, in the path or by the host of its URL. */
function upstreamSaid({ upstreams = {} }: Provider, { facets }: Target, base: Reading | undefined): string | undefined {
  const option = (facets.upstream ?? facets.order)?.find(({ text, why }) => text !== undefined && !why)?.text;
  if (option !== undefined || base?.text === undefined) return option;
  const { host, path } = partsOf(base.text);
  const byHost = host === undefined ? undefined : upstreams.hosts?.[host];
  if (byHost !== undefined) return host;
  const segment = upstreams.segment === undefined ? undefined : path.split('/')[upstreams.segment];
  // A path that does not name a service leaves it to the model.
  return segment !== undefined && upstreams.names?.[segment] !== undefined ? segment : undefined;
}

/** Who a gateway means by a name of its own, by one of its hosts, or by the URL of the service. */
export function upstreamOf(context: LinkContext, gateway: Provider, name: string | undefined): Provider | undefined {
  if (name === undefined) return undefined;
  const { names = {}, hosts = {} } = gateway.upstreams ?? {};
  if (/^https?:/i.test(name)) return context.catalog.endpoint(name, [])?.provider;
  const plain = name.toLowerCase().replaceAll(' ', '-');
  const id = hosts[name] ?? names[plain] ?? names[plain.split('/', 1)[0] ?? ''] ?? configuredName(context, gateway, name);
  return id === undefined ? undefined : context.catalog.providers.get(id);
}

/** The configuration format of a gateway has the same names. */
function configuredName({ catalog }: LinkContext, gateway: Provider, name: string): string | undefined {
  const configs = [...catalog.configs.values()].filter((config) => config.gateway === gateway.id);
  return configs.map(({ providers }) => (Object.hasOwn(providers, name) ? providers[name] : undefined)).find((id) => id);
}

/** The console of the gateway decides: a stored configuration is named by its id. */
export function isStored({ facets }: Target): boolean {
  return facets.route?.some(({ text, why }) => text !== undefined && !why) ?? false;
}

/** Whoever names a service, or what the console of the gateway stores, asks for nothing that stands in a file. */
export function isLeftToFiles(target: Target): boolean {
  return !isStored(target) && !target.facets.upstream && !target.facets.order;
}

/** The model of a request that names what a console keeps. */
export const KEPT: Reading = { why: 'gateway-console', how: 'unknown', env: [], confidence: 0.6, trail: [] };

/** The model is the name of a route that stands in the console of the gateway. */
export function isKept({ gateway }: Who, text: string | undefined): boolean {
  const prefix = gateway?.upstreams?.stored;
  return prefix !== undefined && (text?.startsWith(prefix) ?? false);
}

function partsOf(url: string): { host: string | undefined; path: string } {
  const match = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/:?#]*)(?::\d+)?([^?#]*)/i.exec(url);
  return { host: match?.[1]?.toLowerCase(), path: match?.[2] ?? '' };
}
