import type { LoadedCatalog } from './catalog.ts';
import { looksSecret } from './secrets.ts';

const LONGEST = 300;
const HOST = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*[a-z0-9]$|^localhost$|^(?:\d{1,3}\.){3}\d{1,3}$/;
// Without a scheme, `hunter2.summer` would pass for a host: only ends that hosts really have count.
const BARE_ENDS =
  /\.(?:com|net|org|io|ai|dev|app|cloud|cn|eu|de|fr|uk|us|ru|in|jp|kr|br|ca|ch|nl|se|it|es|local|internal|localhost|svc|aws|azure)$/;

/** True for a whole value that may be kept: a model id, a region, or a host or URL without credentials. */
export function isClassified(catalog: LoadedCatalog, value: string): boolean {
  const text = value.trim();
  if (text === '' || text.length > LONGEST || /\s/.test(text) || looksSecret(text)) return false;
  return isRegion(catalog, text) || isPlainUrl(text) || isBareHost(catalog, text) || catalog.model(text, false) !== undefined;
}

function isRegion(catalog: LoadedCatalog, text: string): boolean {
  for (const cloud of catalog.clouds.keys()) if (catalog.region(cloud, text) !== undefined) return true;
  return false;
}

/** Scheme, host, port and path; user, query and fragment can hold anything and make the whole value unfit. */
function isPlainUrl(text: string): boolean {
  const match = /^(?:https?|wss?|grpcs?):\/\/([^/?#@]+)(\/[^?#]*)?$/i.exec(text);
  const host = match?.[1]?.replace(/:\d{1,5}$/, '').toLowerCase();
  if (match === null || host === undefined || (match[2] ?? '').includes('@')) return false;
  return HOST.test(host);
}

function isBareHost(catalog: LoadedCatalog, text: string): boolean {
  const host = text.replace(/:\d{1,5}$/, '');
  if (!HOST.test(host)) return false;
  return host !== text || host === 'localhost' || BARE_ENDS.test(host) || catalog.host(host) !== undefined;
}
