import type { Catalog, Provider } from '../model/catalog.ts';
import type { PathMatch } from '../model/match.ts';
import type { CompiledPack } from './compiled.ts';
import { bareImage } from './indexes.ts';
import { lazy } from './lazy.ts';

type Names = Pick<CompiledPack, 'rows' | 'indexes' | 'paths'>;

/** Finds the provider of an environment name: the one that documents it, else the one whose word stands in it. */
export function envLookup({ rows, indexes }: Names): Catalog['env'] {
  const owner = (index: ReadonlyMap<string, readonly string[]>, key: string, name: string): Provider | undefined => {
    const id = theOne(index.get(key), name);
    return id === undefined ? undefined : rows.providers.get(id);
  };
  return (name) => {
    const upper = name.toUpperCase();
    if (upper.length > 200) return undefined;
    const whole = owner(indexes.env, upper, upper);
    if (whole) return whole;
    const parts = upper.split('_');
    for (let length = Math.min(parts.length, 4); length > 0; length -= 1) {
      for (let start = 0; start + length <= parts.length; start += 1) {
        const found = owner(indexes.envWords, parts.slice(start, start + length).join('_'), upper);
        if (found) return found;
      }
    }
    return undefined;
  };
}

/** A name that several services share names none of them, unless it begins with the id of one: OPENAI_… is openai's. */
function theOne(owners: readonly string[] | undefined, name: string): string | undefined {
  if (!owners || owners.length < 2) return owners?.[0];
  const named = owners.filter((owner) => name.startsWith(`${owner.replaceAll('-', '_').toUpperCase()}_`));
  return named.length === 1 ? named[0] : undefined;
}

/** Finds the provider of a container image, whatever registry or mirror it is pulled from; a name that ends in `/` is a family of images. */
export function imageLookup({ rows, indexes }: Names): Catalog['image'] {
  // `nvcr.io/nim/`: one image per model, all of one service.
  const families = lazy(() => [...indexes.images.keys()].filter((name) => name.endsWith('/')));
  const named = (image: string): Provider | undefined => {
    const id = indexes.images.get(image);
    return id === undefined ? undefined : rows.providers.get(id);
  };
  return (image) => {
    const whole = bareImage(image);
    const family = families().find((prefix) => whole.startsWith(prefix));
    if (family !== undefined) return named(family);
    const segments = whole.split('/');
    while (segments.length > 0) {
      const found = named(segments.join('/'));
      if (found) return found;
      // Behind a mirror's own path the last two segments still name the image; one alone would be any image of that name.
      if (segments.length <= 2) return undefined;
      segments.shift();
    }
    return undefined;
  };
}

/** Finds what runs at a host of one's own network: by a word in its name, else by the port. */
export function ownHostLookup({ rows, indexes }: Names): OwnHost {
  return (host, port) => {
    const [named] = host
      .split(/[.\-_]/)
      .flatMap((word) => indexes.servers.get(word) ?? [])
      .sort();
    const id = named ?? indexes.ports.get(`:${port}`);
    const provider = id === undefined ? undefined : rows.providers.get(id);
    return provider && { provider, by: named === undefined ? 'port' : 'name' };
  };
}

export type OwnHost = (host: string, port: string) => { readonly provider: Provider; readonly by: 'name' | 'port' } | undefined;

/** Finds the providers that a URL path names: whole segments, at any depth (proxies put their own in front). */
export function pathLookup(pack: Names): Catalog['path'] {
  return (path) => {
    const found = new Map<string, PathMatch>();
    for (const { provider: id, path: fragment, ends, operation, distinctive, model } of pack.paths) {
      const known = found.get(id);
      if ((known && model === undefined) || !holdsSegments(path, fragment) || !path.endsWith(ends ?? '')) continue;
      const named = model === undefined ? undefined : modelAfter(path, fragment, model);
      const provider = pack.rows.providers.get(id);
      if (!provider) continue;
      const match = known ?? { provider, distinctive, ...(operation === undefined ? {} : { operation }) };
      found.set(id, named === undefined || known?.model !== undefined ? match : { ...match, model: named });
    }
    return [...found.values()];
  };
}

/** The model id behind a fragment of a path, up to what ends it. */
function modelAfter(path: string, fragment: string, ends: string): string | undefined {
  const rest = path.slice(path.indexOf(fragment) + fragment.length).replace(/\/+$/, '');
  const cuts = [...ends].map((end) => rest.indexOf(end)).filter((at) => at >= 0);
  const id = rest
    .slice(0, Math.min(rest.length, ...cuts))
    .replace(/%3A/gi, ':')
    .replace(/%2F/gi, '/');
  return id === '' ? undefined : id;
}

function holdsSegments(path: string, fragment: string): boolean {
  const at = path.indexOf(fragment);
  if (at < 0) return false;
  const next = path[at + fragment.length];
  return fragment.endsWith('/') || next === undefined || '/?#:'.includes(next);
}
