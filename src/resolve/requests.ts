/** Which calls are tried when another fails, and which are chosen instead of each other. */
import type { Pairing } from '../model/resolved.ts';
import type { BlockId, Site } from '../model/source.ts';
import { askedAgain } from './asked-again.ts';
import type { Sites } from './sites.ts';
import { collect, DEPTH, type Happening, ownerOf, RUNS_NOTHING, reachable, type Story } from './story.ts';
import type { LooseUse } from './uses.ts';
import { isWithin, type Module } from './value.ts';
import { enclosing, functionKey, locationOf, type World } from './world.ts';

/** Fallbacks written out: try/catch, `.catch(…)`, and loops over routes with a try inside. */
export function pairingsOf(
  world: World,
  { uses, story, sites }: { uses: readonly LooseUse[]; story: Story; sites: Sites },
): readonly Pairing[] {
  const byModule = new Map<Module, (readonly [index: number, use: LooseUse])[]>();
  uses.forEach((use, index) => {
    const own = byModule.get(use.site.module);
    if (own) own.push([index, use]);
    else byModule.set(use.site.module, [[index, use]]);
  });
  const written = [...world.modules.values()].flatMap((module) => [
    ...tryCatches(module, story, uses),
    ...catchCallbacks(module, story),
    ...loops(module, byModule.get(module) ?? []),
    ...branches(module, story),
  ]);
  return [...written, ...dispatches(sites, story)];
}

/** Calls in the branches of one if or switch, or behind an if that returns: one of them is chosen. */
function branches(module: Module, story: Story): readonly Pairing[] {
  const { blocks } = module.unit;
  const groups = new Map<string, BlockId[]>();
  blocks.forEach((block, id) => {
    const isBranch = (block.pair !== undefined && block.kind !== 'catch') || block.kind === 'then' || block.kind === 'case';
    const key = block.pair !== undefined ? `pair ${rootPair(module, id)}` : `pair ${id}`;
    if (isBranch) groups.set(key, [...(groups.get(key) ?? []), id]);
  });
  return [...groups.values()].flatMap((group) => {
    const [first = 0] = group;
    const rest = group.every((id) => blocks[id]?.exits) ? [usesAfter(module, story, group)] : [];
    const chosen = switchOf(module, [...group.map((block) => usesUnder(module, story, block)), ...rest], siteIn(module, first));
    // Each round of a loop takes another branch, until one does not fail.
    return isTriedInTurn(module, first) ? chosen.map((pairing) => ({ ...pairing, mechanism: 'loop' as const })) : chosen;
  });
}

/** In a try inside a loop, where what fails is let go. */
function isTriedInTurn({ unit }: Module, from: BlockId): boolean {
  const attempt = enclosing(unit, from, ['try', 'function']);
  if (attempt === undefined || unit.blocks[attempt]?.kind !== 'try') return false;
  const loop = enclosing(unit, attempt, ['loop', 'function']);
  const isLoop = loop !== undefined && unit.blocks[loop]?.kind === 'loop' && unit.blocks[loop]?.over !== undefined;
  return isLoop && unit.blocks.some(({ kind, pair, exits }) => kind === 'catch' && pair === attempt && !exits);
}

/** Leaves its function, at least where it has got what it wanted. */
function mayLeave(module: Module, id: BlockId): boolean {
  const { blocks } = module.unit;
  const owner = enclosing(module.unit, id, ['function', 'callback']);
  return blocks.some(
    ({ exits }, inner) =>
      exits && isWithin(module, inner, id) && enclosing(module.unit, inner, ['function', 'callback']) === owner,
  );
}

/** Uses of the same function that stand behind some blocks, in what surrounds them. */
function usesAfter(module: Module, story: Story, blocks: readonly BlockId[]): readonly number[] {
  const [first = 0] = blocks;
  const outer = module.unit.blocks[first]?.parent ?? 0;
  const happenings = story.get(ownerOf(module, outer)) ?? [];
  const isInside = (happening: Happening) => blocks.some((block) => isWithin(module, happening.block, block));
  const inside = happenings.filter(isInside).map(({ at }) => at);
  if (!inside.length) return [];
  const end = Math.max(...inside);
  const uses = new Set<number>();
  for (const happening of happenings) {
    if (happening.at <= end || isInside(happening) || !isWithin(module, happening.block, outer)) continue;
    collect(story, happening, { depth: DEPTH, seen: new Set(), withStores: false, uses });
  }
  return [...uses].sort((a, b) => a - b);
}

function rootPair(module: Module, id: BlockId): BlockId {
  let at = id;
  for (let steps = 0; steps < 1000; steps++) {
    const pair: BlockId | undefined = module.unit.blocks[at]?.pair;
    if (pair === undefined || pair === at) return at;
    at = pair;
  }
  return at;
}

/** `handlers[provider](…)`: the functions of a table, one of which is called. */
function dispatches(sites: Sites, story: Story): readonly Pairing[] {
  const bySite = new Map<Site, { module: Module; keys: string[] }>();
  for (const [key, callers] of sites.callers) {
    for (const { module, site } of callers) {
      const entry = bySite.get(site) ?? { module, keys: [] };
      entry.keys.push(key);
      bySite.set(site, entry);
    }
  }
  return [...bySite].flatMap(([site, { module, keys }]) =>
    keys.length < 2
      ? []
      : switchOf(
          module,
          keys.map((key) => [...reachable(story, key, { depth: DEPTH, seen: new Set(), withStores: false })]),
          site,
        ),
  );
}

function switchOf(module: Module, groups: readonly (readonly number[])[], site: Site | undefined): readonly Pairing[] {
  const withUses = groups.filter((group) => group.length);
  const uses = [...new Set(withUses.flat())];
  if (withUses.length < 2 || uses.length < 2 || !site) return [];
  return [{ mechanism: 'switch', uses, at: locationOf({ module }, site.call.at) }];
}

function tryCatches(module: Module, story: Story, all: readonly LooseUse[]): readonly Pairing[] {
  return module.unit.blocks.flatMap((block, id): readonly Pairing[] => {
    if (block.kind !== 'catch' || block.pair === undefined) return [];
    const first = usesUnder(module, story, block.pair);
    // `try { return a(); } catch { log } return b();`: what follows is tried when the first failed.
    const fallsThrough = mayLeave(module, block.pair) && !block.exits;
    const isSure = module.unit.blocks[block.pair]?.exits;
    // Where it may also go on by itself, only another client is a second attempt; the same may take a second step.
    const sdk = all[first[0] ?? -1]?.surface.id;
    const after = fallsThrough
      ? usesAfter(module, story, [block.pair, id]).filter((use) => isSure || all[use]?.surface.id !== sdk)
      : [];
    const under = usesUnder(module, story, id);
    const second = [...under, ...after].filter((use) => !first.includes(use));
    const at = siteIn(module, id) ?? siteIn(module, block.pair);
    const shared = under.filter((use) => first.includes(use));
    const again = askedAgain({ module, story, mechanism: 'try-catch', shared, first: block.pair, second: id });
    if (!first.length || !second.length || !at) return again;
    return [
      ...again,
      { mechanism: 'try-catch', uses: [...first.slice(0, 1), ...second], at: locationOf({ module }, at.call.at) },
    ];
  });
}

function catchCallbacks(module: Module, story: Story): readonly Pairing[] {
  return module.unit.sites.flatMap((site): readonly Pairing[] => {
    const { callee, args } = site.call;
    const [handler] = args;
    if (callee.kind !== 'member' || callee.name.kind !== 'text' || callee.name.text !== 'catch') return [];
    if (callee.of.kind !== 'call' || handler?.value.kind !== 'function') return [];
    const first = usesOfSite(module, story, callee.of.site);
    const under = usesUnder(module, story, handler.value.block);
    const second = under.filter((use) => !first.includes(use));
    const tried = module.unit.sites[callee.of.site]?.call.at;
    const shared = tried ? under.filter((use) => first.includes(use)) : [];
    const attempts = { module, story, shared, mechanism: 'catch-callback', second: handler.value.block } as const;
    const again = tried ? askedAgain({ ...attempts, first: tried }) : [];
    if (!first.length || !second.length) return again;
    return [
      ...again,
      { mechanism: 'catch-callback', uses: [...first.slice(0, 1), ...second], at: locationOf({ module }, site.call.at) },
    ];
  });
}

/** A model call inside a try inside a loop, with one alternative for each round. */
function loops(module: Module, uses: readonly (readonly [index: number, use: LooseUse])[]): readonly Pairing[] {
  return uses.flatMap(([index, use]): readonly Pairing[] => {
    if (RUNS_NOTHING.has(use.operation)) return [];
    const attempt = enclosing(module.unit, use.block, ['try', 'function']);
    if (attempt === undefined || module.unit.blocks[attempt]?.kind !== 'try') return [];
    const loop = enclosing(module.unit, attempt, ['loop', 'function']);
    if (loop === undefined || module.unit.blocks[loop]?.kind !== 'loop' || !module.unit.blocks[loop]?.over) return [];
    const rounds = Math.max(use.targets.length, ...use.targets.map((target) => target.facets.model?.length ?? 0));
    return rounds > 1 ? [{ mechanism: 'loop', uses: [index], at: use.at }] : [];
  });
}

/** Uses in a block, calls of functions followed. */
function usesUnder(module: Module, story: Story, block: BlockId): readonly number[] {
  const nested = module.unit.blocks[block]?.kind === 'function' ? (story.get(functionKey(module, block)) ?? []) : [];
  const uses = new Set<number>();
  for (const happening of [...(story.get(ownerOf(module, block)) ?? []), ...nested]) {
    if (isWithin(module, happening.block, block))
      collect(story, happening, { depth: DEPTH, seen: new Set(), withStores: false, uses });
  }
  return [...uses].sort((a, b) => a - b);
}

function usesOfSite(module: Module, story: Story, siteId: number): readonly number[] {
  const site = module.unit.sites[siteId];
  if (!site) return [];
  const uses = new Set<number>();
  for (const happening of story.get(ownerOf(module, site.block)) ?? []) {
    if (happening.block === site.block) collect(story, happening, { depth: DEPTH, seen: new Set(), withStores: false, uses });
  }
  return [...uses].sort((a, b) => a - b).slice(0, 1);
}

function siteIn(module: Module, block: BlockId): Site | undefined {
  return module.unit.sites.find((site) => isWithin(module, site.block, block));
}
