/** `ai-deps catalog check [folder]`: the built-in catalog, or a pack on top of it. */

import { catalogProblems } from '../../pack/checks.ts';
import { TABLE_NAMES } from '../../pack/compiled.ts';
import { compilePacks, packOf } from '../../pack/load.ts';
import { readPack } from '../../pack/read.ts';
import type { Opened } from './find.ts';

export interface Checked {
  /** Entries of the pack by table, those that are not empty. */
  readonly entries: Readonly<Record<string, number>>;
  /** Entries of earlier packs it takes away. */
  readonly removed: number;
  /** What fits the schema and is wrong all the same, as sentences. */
  readonly problems: readonly string[];
}

/** Checks one folder; a file that does not fit its schema is thrown, by name. */
export async function checkFolder(folder: string, shown: string): Promise<Checked> {
  const { tables, removed } = await readPack(folder, shown);
  const [before, after] = [await compilePacks([]), await compilePacks([folder])];
  const known = new Set(catalogProblems(opened(before)));
  return {
    entries: Object.fromEntries(TABLE_NAMES.flatMap((name) => (tables[name].length > 0 ? [[name, tables[name].length]] : []))),
    removed: Object.values(removed).reduce((sum, keys) => sum + (keys?.length ?? 0), 0),
    problems: catalogProblems(opened(after)).filter((problem) => !known.has(problem)),
  };
}

/** Checks the built-in catalog. */
export async function checkBuiltin(): Promise<Checked> {
  const pack = await compilePacks([]);
  return {
    entries: Object.fromEntries(TABLE_NAMES.map((name) => [name, pack[name].length])),
    removed: 0,
    problems: catalogProblems(opened(pack)),
  };
}

function opened(pack: Opened['pack']): Opened {
  return { pack, catalog: packOf(pack).catalog };
}
