import { existsSync } from 'node:fs';

// The bundle lies in dist/, the source in src/pack/; rules/ is one or two folders up.
const CANDIDATES = ['../rules/', '../../rules/'] as const;

/** URL of the built-in rules/ folder, with its schemas. */
export function rulesFolder(): URL {
  for (const candidate of CANDIDATES) {
    const folder = new URL(candidate, import.meta.url);
    if (existsSync(new URL('schema/provider.schema.json', folder))) return folder;
  }
  throw new Error('the built-in rules folder is missing beside the program');
}
