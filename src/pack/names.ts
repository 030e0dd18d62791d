import type { Catalog, Provider } from '../model/catalog.ts';
import type { PathMatch } from '../model/match.ts';
import { byCodePoint } from './compiled.ts';
import { lazy } from './lazy.ts';

/** Finds the provider of an environment name: the one that documents it, else the one whose word stands in it. */
export function envLookup(providers: () => readonly Provider[]): Catalog['env'] {
  const exact = lazy(() => claims(providers(), (provider) => provider.env));
  const words = lazy(() => claims(providers(), (provider) => provider.envWords));
  return (name) => {
    const upper = name.toUpperCase();
    if (upper.length > 200) return undefined;
    const owner = theOne(exact().get(upper), upper);
    if (owner) return owner;
    const parts = upper.split('_');
    for (let length = Math.min(parts.length, 4); length > 0; length -= 1) {
      for (let start = 0; start + length <= parts.length; start += 1) {
        const found = theOne(words().get(parts.slice(start, start + length).join('_')), upper);
        if (found) return found;
      }
    }
    return undefined;
  };
}

function claims(
  providers: readonly Provider[],
  namesOf: (provider: Provider) => readonly string[],
): ReadonlyMap<string, readonly Provider[]> {
  const owners = new Map<string, Provider[]>();
  for (const provider of providers) {
    for (const name of new Set(namesOf(provider).map((item) => item.toUpperCase()))) {
      const list = owners.get(name);
      if (list) list.push(provider);
      else owners.set(name, [provider]);
    }
  }
  return owners;
}

/** A name that several services share names none of them, unless it begins with the id of one: OPENAI_… is openai's. */
function theOne(owners: readonly Provider[] | undefined, name: string): Provider | undefined {
  if (!owners || owners.length < 2) return owners?.[0];
  const named = owners.filter((owner) => name.startsWith(`${owner.id.replaceAll('-', '_').toUpperCase()}_`));
  return named.length === 1 ? named[0] : undefined;
}

/** Finds the provider of a container image, whatever registry or mirror it is pulled from; a name that ends in `/` is a family of images. */
export function imageLookup(providers: () => readonly Provider[]): Catalog['image'] {
  const images = lazy(() => {
    const byName = new Map<string, Provider>();
    for (const provider of providers()) for (const image of provider.images) byName.set(bareImage(image), provider);
    return byName;
  });
  // `nvcr.io/nim/`: one image per model, all of one service.
  const families = lazy(() => [...images()].filter(([name]) => name.endsWith('/')));
  return (image) => {
    const whole = bareImage(image);
    const family = [...families()].find(([prefix]) => whole.startsWith(prefix));
    if (family) return family[1];
    const segments = whole.split('/');
    while (segments.length > 0) {
      const found = images().get(segments.join('/'));
      if (found) return found;
      // Behind a mirror's own path the last two segments still name the image; one alone would be any image of that name.
      if (segments.length <= 2) return undefined;
      segments.shift();
    }
    return undefined;
  };
}

function bareImage(image: string): string {
  return image
    .toLowerCase()
    .split('@', 1)
    .join('')
    .replace(/:[\w.-]*$/, '')
    .replace(/^(?:index\.)?docker\.io\//, '')
    .replace(/^library\//, '');
}

/** Finds the providers that a URL path names: whole segments, at any depth (proxies put their own in front). */
export function pathLookup(providers: () => readonly Provider[]): Catalog['path'] {
  const paths = lazy(() =>
    providers()
      .flatMap((provider) => provider.paths.map((entry) => ({ provider, ...entry })))
      .sort(byDistinction),
  );
  return (path) => {
    const found = new Map<string, PathMatch>();
    for (const { provider, path: fragment, ends, operation, distinctive, model } of paths()) {
      const known = found.get(provider.id);
      if ((known && model === undefined) || !holdsSegments(path, fragment) || !path.endsWith(ends ?? '')) continue;
      const id = model === undefined ? undefined : modelAfter(path, fragment, model);
      const match = known ?? { provider, distinctive, ...(operation === undefined ? {} : { operation }) };
      found.set(provider.id, id === undefined || known?.model !== undefined ? match : { ...match, model: id });
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

type NamedPath = { readonly provider: Provider } & Provider['paths'][number];

function byDistinction(left: NamedPath, right: NamedPath): number {
  return (
    Number(right.distinctive) - Number(left.distinctive) ||
    Number(right.ends !== undefined) - Number(left.ends !== undefined) ||
    right.path.length - left.path.length ||
    byCodePoint(`${left.path} ${left.provider.id}`, `${right.path} ${right.provider.id}`)
  );
}

function holdsSegments(path: string, fragment: string): boolean {
  const at = path.indexOf(fragment);
  if (at < 0) return false;
  const next = path[at + fragment.length];
  return fragment.endsWith('/') || next === undefined || '/?#:'.includes(next);
}
