/** Versions of packages: which one is installed, and what a range of another ecosystem means. */
// Its parts one by one: the whole costs 10 ms.
import coerce from 'semver/functions/coerce.js';
import satisfies from 'semver/functions/satisfies.js';
import minVersion from 'semver/ranges/min-version.js';
import subset from 'semver/ranges/subset.js';
import validRange from 'semver/ranges/valid.js';

/** The one version that is installed: of the lockfile, else what the manifest pins. */
export function heldVersion(entry: { readonly version: string | null; readonly range: string }): string | undefined {
  if (entry.version !== null) return entry.version;
  return /^(?:={1,3}|v)?\s*(\d[\w.+-]*)$/.exec(entry.range.trim())?.[1];
}

/** Whether all that may be installed lies in a range of the catalog. A range nobody can read lies in none. */
export function isWithin(entry: { readonly version: string | null; readonly range: string }, range: string): boolean {
  const held = heldVersion(entry);
  if (held !== undefined) {
    const version = coerce(held);
    return version !== null && satisfies(version, range);
  }
  const declared = semverRange(entry.range);
  return declared !== undefined && minVersion(declared) !== null && subset(declared, range);
}

/** A range as semver writes it: `>=0.27,<1` -> `>=0.27 <1`, `~=1.4` -> `^1.4`. */
function semverRange(text: string): string | undefined {
  const range = text
    .replaceAll(/~=\s*(\d+\.\d+)(?![\d.])/g, '^$1')
    .replaceAll('~=', '~')
    .replaceAll(/={2,3}/g, '=')
    .replaceAll(',', ' ')
    .trim();
  return range === '' ? undefined : (validRange(range) ?? undefined);
}
