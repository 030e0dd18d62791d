/** Parses what the code asks for, round after round, until every call is evaluated with all that there is. */
import type { Catalog } from '../model/catalog.ts';
import type { Observed } from '../model/observed.ts';
import { importersOf } from './importers.ts';
import { withQueries } from './queries.ts';
import { evaluateSites, type Sites, type SiteTable, sitesOf, siteTable } from './sites.ts';
import { usesOf } from './uses.ts';
import { byCodePoint, moduleOf, type World } from './world.ts';

export interface Parsing {
  readonly catalog: Catalog;
  observe(path: string): Promise<Observed | undefined>;
  /** Paths of source files, not parsed yet, whose text holds one of the words. */
  search(words: readonly string[]): readonly string[];
  readonly budget: { readonly rounds: number; readonly files: number };
}

/** Parses files, each once. */
export async function observeAll(input: Parsing, observed: Map<string, Observed>, paths: readonly string[]): Promise<void> {
  for (const path of [...paths].sort(byCodePoint)) {
    if (observed.has(path)) continue;
    const seen = await input.observe(path);
    if (seen) observed.set(path, seen.unit ? { ...seen, unit: withQueries(seen.unit, path, input.catalog) } : seen);
  }
}

interface Progress {
  readonly parsing: Parsing;
  readonly world: World;
  readonly observed: Map<string, Observed>;
  /** Modules whose importers were looked for. */
  readonly searched: Set<string>;
  asked: number;
  rounds: number;
}

/** Follows imports downwards and wrapper modules upwards until nothing is asked or the budget is spent. */
export async function settle(
  parsing: Parsing,
  world: World,
  observed: Map<string, Observed>,
): Promise<{ sites: Sites; asked: number }> {
  const progress: Progress = { parsing, world, observed, searched: new Set(), asked: 0, rounds: 0 };
  let table = await gather(progress, siteTable());
  for (;;) {
    // A class that is parsed late has been missed as a subclass before: all is worked out again, with everything that is there.
    if (progress.asked) {
      world.memo.clear();
      // What is known so far is let go before it is worked out again: both would be most of the memory.
      table = siteTable();
      table = evaluateSites(world, table);
    }
    const sites = sitesOf(table);
    // What callers pass may come from further files.
    usesOf(world, sites);
    if (!(await parse(progress, wantedBy(world)))) return { sites, asked: progress.asked };
    table = await gather(progress, table);
  }
}

/** Evaluates sites and parses what they ask for, as often as they ask. */
async function gather(progress: Progress, known: SiteTable): Promise<SiteTable> {
  const { parsing, world, searched } = progress;
  for (let table = known; ; ) {
    table = evaluateSites(world, table);
    const downwards = wantedBy(world);
    const more = downwards.length ? downwards : importersOf(world, { sites: sitesOf(table), searched, search: parsing.search });
    if (!(await parse(progress, more))) return table;
  }
}

/** Whether there was something to parse, and room for it. */
async function parse(progress: Progress, paths: readonly string[]): Promise<boolean> {
  const { parsing, world, observed, asked, rounds } = progress;
  const room = rounds < parsing.budget.rounds ? paths.slice(0, Math.max(0, parsing.budget.files - asked)) : [];
  progress.asked += room.length;
  progress.rounds++;
  await observeAll(parsing, observed, room);
  world.forNow.clear();
  for (const path of room) {
    const unit = observed.get(path)?.unit;
    if (unit) world.modules.set(path, moduleOf(path, unit));
    world.asked.delete(path);
  }
  return room.length > 0;
}

function wantedBy(world: World): readonly string[] {
  return [...world.asked].filter((path) => !world.modules.has(path)).sort(byCodePoint);
}
