/** `try { return ask(first); } catch { return ask(second); }`: one call in one function, for which two callers decide. */
import type { Pairing } from '../model/resolved.ts';
import type { BlockId, Span } from '../model/source.ts';
import { DEPTH, ownerOf, type Story } from './story.ts';
import { isWithin, type Module } from './value.ts';
import { functionKey, locationOf } from './world.ts';

interface Attempts {
  readonly module: Module;
  readonly story: Story;
  readonly mechanism: 'try-catch' | 'catch-callback';
  /** Uses that both reach. */
  readonly shared: readonly number[];
  /** What is tried: a block, or one call. */
  readonly first: BlockId | Span;
  readonly second: BlockId;
}

/** What callers in the second blocks ask of a use is tried when what callers in the first asked has failed. */
export function askedAgain({ module, story, mechanism, shared, first, second }: Attempts): readonly Pairing[] {
  if (!shared.length) return [];
  const before = typeof first === 'number' ? callsUnder(module, story, first) : new Set([callAt(module, first)]);
  const after = callsUnder(module, story, second);
  const callers = {
    first: [...before].filter((call) => !after.has(call)),
    second: [...after].filter((call) => !before.has(call)),
  };
  const spans = new Map(module.unit.sites.map(({ call: { at } }) => [callAt(module, at), at]));
  const at = callers.second.map((call) => spans.get(call)).find((span) => span !== undefined);
  if (!callers.first.length || !at) return [];
  return shared.map((use) => ({ mechanism, uses: [use], callers, at: locationOf({ module }, at) }));
}

function callAt({ path }: Module, { line, column }: Span): string {
  return `${path}:${line}:${column}`;
}

/** Calls in a block, and in the functions that those call. */
function callsUnder(module: Module, story: Story, id: BlockId): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (owner: string, depth: number, isMeant: (block: BlockId) => boolean): void => {
    const path = owner.slice(0, owner.lastIndexOf('#'));
    for (const { block, at, callee } of story.get(owner) ?? []) {
      if (callee === undefined || !isMeant(block)) continue;
      const call = `${path}:${Math.floor(at / 100_000)}:${at % 100_000}`;
      if (found.has(call)) continue;
      found.add(call);
      if (depth > 0) visit(callee, depth - 1, () => true);
    }
  };
  const isFunction = module.unit.blocks[id]?.kind === 'function';
  visit(isFunction ? functionKey(module, id) : ownerOf(module, id), DEPTH, (block) => isWithin(module, block, id));
  return found;
}
