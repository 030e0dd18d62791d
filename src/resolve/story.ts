/** What happens in each function: the uses in it, and the calls that lead to others. */
import type { BlockId, Site } from '../model/source.ts';
import type { Sites } from './sites.ts';
import type { LooseUse } from './uses.ts';
import type { Module } from './value.ts';
import { enclosing, functionKey } from './world.ts';

export const DEPTH = 3;
export const RUNS_NOTHING = new Set(['client', 'metadata']);

/** What happens in one function: uses and calls of further functions, each in its block. */
export interface Happening {
  readonly block: BlockId;
  /** Position of its call in the text. */
  readonly at: number;
  readonly use?: number;
  /** The use only reads or writes a vector store: part of a request, never its fallback. */
  readonly isStore?: boolean;
  readonly callee?: string;
}

export type Story = ReadonlyMap<string, readonly Happening[]>;

/** The story of every function: uses by index, and calls. */
export function storyOf(uses: readonly LooseUse[], sites: Sites): Story {
  const story = new Map<string, Happening[]>();
  const add = (module: Module, block: BlockId, happening: Happening) => {
    const key = ownerOf(module, block);
    const list = story.get(key);
    if (list) list.push(happening);
    else story.set(key, [happening]);
  };
  uses.forEach((use, index) => {
    const isStore = RUNS_NOTHING.has(use.operation) && use.targets.some((target) => target.store);
    if (isStore || !RUNS_NOTHING.has(use.operation))
      add(use.site.module, use.block, { block: use.block, at: positionOf(use.site.site), use: index, isStore });
  });
  const leading = leadingTo(new Set(story.keys()), sites);
  for (const [callee, callers] of sites.callers) {
    const follow = leading.has(callee) ? { callee } : {};
    for (const { module, site } of callers) add(module, site.block, { block: site.block, at: positionOf(site), ...follow });
  }
  return story;
}

/** The function around a block, or the module. */
export function ownerOf(module: Module, block: BlockId): string {
  return functionKey(module, enclosing(module.unit, block, ['function']) ?? 0);
}

/** Functions from which some of these are reached: all others need not be followed. */
function leadingTo(functions: ReadonlySet<string>, { callers }: Sites): ReadonlySet<string> {
  const leading = new Set(functions);
  for (const key of leading) for (const { module, site } of callers.get(key) ?? []) leading.add(ownerOf(module, site.block));
  return leading;
}

function positionOf({ call }: Site): number {
  return call.at.line * 100_000 + call.at.column;
}

/** Uses that a function reaches, a few calls deep. */
export function reachable(story: Story, key: string, { depth, seen, withStores }: Omit<Collecting, 'uses'>): ReadonlySet<number> {
  if (depth < 0 || seen.has(key)) return new Set();
  seen.add(key);
  const uses = new Set<number>();
  for (const happening of story.get(key) ?? []) collect(story, happening, { depth, seen, withStores, uses });
  seen.delete(key);
  return uses;
}

export interface Collecting {
  readonly depth: number;
  readonly seen: Set<string>;
  readonly withStores: boolean;
  readonly uses: Set<number>;
}

export function collect(story: Story, happening: Happening, into: Collecting): void {
  if (happening.use !== undefined && (into.withStores || !happening.isStore)) into.uses.add(happening.use);
  if (happening.callee)
    for (const use of reachable(story, happening.callee, { ...into, depth: into.depth - 1 })) into.uses.add(use);
}

/** For each use, the others that some function runs together with it. */
export function togetherOf(uses: readonly LooseUse[], story: Story): readonly (readonly number[])[] {
  const together = uses.map(() => new Set<number>());
  for (const key of story.keys()) {
    if (key.endsWith('#0')) continue;
    const reached = [...reachable(story, key, { depth: DEPTH, seen: new Set(), withStores: true })];
    if (reached.length > 12) continue;
    for (const one of reached) for (const other of reached) if (one !== other) together[one]?.add(other);
  }
  return together.map((set) => [...set].sort((a, b) => a - b));
}
