/** URL -> provider: by host; by a distinctive path; by a name, a port or an environment name beside an unknown host. */
import type { Catalog, Provider } from '../model/catalog.ts';
import type { EndpointMatch, HostMatch, PathMatch } from '../model/match.ts';
import type { OwnHost } from './names.ts';

const HOLE = '\u0000';
/** Stands for an open part of a host name: no host of the catalog is called so. */
const ANY_LABEL = 'open-part';
type Lookups = Pick<Catalog, 'host' | 'path' | 'env'> & { readonly own: OwnHost };

/** Provider of a URL text. `env`: names of the environment variables it was read from. */
export function endpointOf(catalog: Lookups, url: string, env: readonly string[]): EndpointMatch | undefined {
  const { host, path } = splitUrl(url);
  const paths = catalog.path(path);
  const match = host ? hostMatch(catalog, host) : undefined;
  const owner = match && atSharedHost(match.provider, paths);
  if (match && owner && (!owner.sharedHosts || paths.some(({ provider }) => provider.id === owner.id)))
    return {
      ...withOperation(owner, paths),
      by: 'host',
      ...(match.region ? { region: match.region } : {}),
      ...(match.country ? { country: match.country } : {}),
    };
  const isOwnRoute = host === undefined && !url.startsWith(HOLE);
  const hasHole = host === undefined || host.includes(HOLE);
  const distinctive = paths.find((candidate) => candidate.distinctive && candidate.provider.kind !== 'open-ended');
  if (distinctive && !isOwnRoute && (hasHole || isOwnHost(host ?? '')))
    return { ...withOperation(distinctive.provider, paths), by: 'path' };
  return besideHost(catalog, { url, host, paths, env }) ?? openEnded(paths, isOwnRoute);
}

/** What is asked for at a hub of weights is a file: nothing runs there. */
function hostMatch(catalog: Lookups, host: string): HostMatch | undefined {
  const match = anyHost(catalog, host);
  return match?.provider.kind === 'weight-hub' ? undefined : match;
}

/** A region or a resource name may be left open: `bedrock-runtime.${region}.amazonaws.com`. */
function anyHost(catalog: Lookups, host: string): HostMatch | undefined {
  if (!host.includes(HOLE)) return catalog.host(host);
  const match = catalog.host(host.replaceAll(HOLE, ANY_LABEL));
  if (match?.region === undefined) return match;
  const { region: _region, country: _country, ...rest } = match;
  return match.region.includes(ANY_LABEL) ? rest : match;
}

/** A company that keeps several services behind one host tells them apart by path. */
function atSharedHost(provider: Provider, paths: readonly PathMatch[]): Provider {
  if (provider.group === undefined || paths.some((one) => one.provider.id === provider.id)) return provider;
  return paths.find((one) => one.distinctive && one.provider.group === provider.group)?.provider ?? provider;
}

interface Beside {
  readonly url: string;
  readonly host: string | undefined;
  readonly paths: readonly PathMatch[];
  readonly env: readonly string[];
}

function besideHost(catalog: Lookups, { url, host, paths, env }: Beside): EndpointMatch | undefined {
  for (const name of env) {
    const provider = catalog.env(name);
    if (provider && (provider.envWords.length || paths.some((candidate) => candidate.provider.id === provider.id))) {
      return { ...withOperation(provider, paths), by: 'env' };
    }
  }
  if (!host || host.includes(HOLE) || !isOwnHost(host)) return undefined;
  const port = /^[a-z][a-z0-9+.-]*:\/\/[^/:]+:(\d+)/i.exec(url)?.[1];
  const own = catalog.own(host, port ?? '');
  if (!own || (own.by === 'port' && !isItsPath(own.provider, url, paths))) return undefined;
  return { ...withOperation(own.provider, paths), by: own.by };
}

/** A port says little: a path that neither it nor anybody compatible has is that of something else on it. */
function isItsPath(provider: Provider, url: string, paths: readonly PathMatch[]): boolean {
  const { path } = splitUrl(url);
  const isKnown = paths.some((own) => own.provider.id === provider.id || own.provider.kind === 'open-ended');
  return isKnown || /^\/?(?:v\d+\/?)?$/.test(path) || provider.paths.some((own) => own.path.startsWith(`${path}/`));
}

function openEnded(paths: readonly PathMatch[], isOwnRoute: boolean): EndpointMatch | undefined {
  const open = paths.find((candidate) => candidate.provider.kind === 'open-ended' && candidate.distinctive);
  return open && !isOwnRoute
    ? { provider: open.provider, ...(open.operation ? { operation: open.operation } : {}), by: 'path' }
    : undefined;
}

/** Hosts inside one's own network: a single label, localhost, an address. */
function isOwnHost(host: string): boolean {
  return (
    !host.includes('.') ||
    /^(?:127\.|10\.|192\.168\.|172\.)|\.(?:local|internal|svc|lan)$|\.svc\.|^host\.docker\.internal$/.test(host)
  );
}

function withOperation(provider: Provider, paths: readonly PathMatch[]): Pick<EndpointMatch, 'provider' | 'operation' | 'model'> {
  const own = paths.find((candidate) => candidate.provider.id === provider.id);
  const { operation } = own?.operation ? own : (paths.find((candidate) => candidate.provider.kind === 'open-ended') ?? {});
  return { provider, ...(operation ? { operation } : {}), ...(own?.model === undefined ? {} : { model: own.model }) };
}

/** `https://api.shop.example${path}`: what is open behind a whole host is the path. */
function atHole(host: string, path: string): { host: string; path: string } {
  const whole = /^([^\0]+\.[a-z]{2,})\0$/.exec(host)?.[1];
  return whole === undefined ? { host, path } : { host: whole, path: `/${HOLE}${path}` };
}

/** Host without user, port and case, and path without query, of a URL text; holes are kept. */
export function splitUrl(url: string): { host: string | undefined; path: string } {
  const match = /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/@]*@)?([^/:?#]*)(?::[^/]*)?([^?#]*)/i.exec(url);
  if (match) return atHole(match[1]?.toLowerCase() ?? '', match[2] ?? '');
  const bare = /^([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(\/[^?#]*)?$/i.exec(url);
  if (bare) return { host: bare[1]?.toLowerCase(), path: bare[2] ?? '' };
  const slash = url.indexOf('/');
  return { host: undefined, path: slash < 0 ? '' : url.slice(slash) };
}
