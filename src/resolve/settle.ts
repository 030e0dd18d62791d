/** Parses what the code asks for, round after round, until every call is evaluated with all that there is. */
import type { Catalog } from '../model/catalog.ts';
import type { Observed } from '../model/observed.ts';
import { importersOf, type Search } from './importers.ts';
import { withQueries } from './queries.ts';
import { evaluateSites, type Sites, sitesOf, siteTable } from './sites.ts';
import { byCodePoint, moduleOf, type World } from './world.ts';

export interface Parsing {
  readonly catalog: Catalog;
  observe(path: string): Promise<Observed | undefined>;
  /** Paths of source files, not parsed yet, whose text holds one of the words. */
  search(words: readonly string[]): readonly string[];
  readonly budget: { readonly depth: number; readonly files: number };
}

/** Parses files, each once. */
export async function observeAll(input: Parsing, observed: Map<string, Observed>, paths: readonly string[]): Promise<void> {
  for (const path of [...paths].sort(byCodePoint)) {
    if (observed.has(path)) continue;
    const seen = await input.observe(path);
    if (seen) observed.set(path, seen.unit ? { ...seen, unit: withQueries(seen.unit, path, input.catalog) } : seen);
  }
}

/** Follows imports downwards and wrapper modules upwards until nothing is asked or the budget is spent. */
export async function settle(
  input: Parsing,
  world: World,
  observed: Map<string, Observed>,
): Promise<{ sites: Sites; asked: number }> {
  let asked = 0;
  const searched = new Set<string>();
  let table = siteTable();
  for (let round = 0; round < input.budget.depth * 2; round++) {
    table = evaluateSites(world, table);
    const downwards = wantedBy(world);
    const more = downwards.length ? downwards : upwards(world, sitesOf(table), { searched, search: input.search });
    const room = more.slice(0, Math.max(0, input.budget.files - asked));
    if (!room.length) break;
    asked += room.length;
    await observeAll(input, observed, room);
    world.forNow.clear();
    for (const path of room) {
      const unit = observed.get(path)?.unit;
      if (unit) world.modules.set(path, moduleOf(path, unit));
      world.asked.delete(path);
    }
  }
  if (!asked) return { sites: sitesOf(table), asked };
  // A class that is parsed late has been missed as a subclass before: all is worked out again, with everything that is there.
  world.memo.clear();
  return { sites: sitesOf(evaluateSites(world, siteTable())), asked };
}

function wantedBy(world: World): readonly string[] {
  return [...world.asked].filter((path) => !world.modules.has(path)).sort(byCodePoint);
}

/** What the uses found so far ask for: files that they import, and files that import what they are in. */
function upwards(world: World, sites: Sites, search: Omit<Search, 'sites'>): readonly string[] {
  const importers = importersOf(world, { sites, ...search });
  return [...new Set([...wantedBy(world), ...importers])].sort(byCodePoint);
}
