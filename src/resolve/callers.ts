/** Frames of a function: its parameters bound to what its callers pass, a few steps upwards. */
import type { BlockId } from '../model/source.ts';
import { constructorFrame, frameOf } from './calls.ts';
import { contextOf } from './contexts.ts';
import { labelled } from './guards.ts';
import type { CallSite, Sites } from './sites.ts';
import { alternatives, type Frame, type Module } from './value.ts';
import { enclosing, functionKey } from './world.ts';

const ASIDE = new Set(['test', 'docs', 'example']);
const CALLERS = 48;
/** Ways further up that each caller may bring. */
const LEAST = 1;
const DEPTH = 3;

/** A function: its file and the block of its body. */
interface Owner {
  readonly module: Module;
  readonly block: BlockId;
}

export interface CalledFrame {
  readonly frame: Frame;
  readonly caller: CallSite;
}

/** The function around a block, innermost first; then the functions around that one. */
export function functionsAround(module: Module, block: BlockId): readonly BlockId[] {
  const blocks: BlockId[] = [];
  let at: BlockId | undefined = enclosing(module.unit, block, ['function', 'callback']);
  while (at !== undefined && at !== 0) {
    blocks.push(at);
    const parent: BlockId | undefined = module.unit.blocks[at]?.parent;
    at = parent === undefined ? undefined : enclosing(module.unit, parent, ['function', 'callback']);
  }
  return blocks;
}

/** The first ways a function is called, as frames; callers that only pass their own arguments on are followed upwards. */
export function framesOf(sites: Sites, { module, block }: Owner, most: number): readonly CalledFrame[] {
  return [...first(most, framesUp(sites, { module, block }, { depth: 0, most }))];
}

interface Upwards {
  readonly depth: number;
  /** Frames that are asked for. */
  readonly most: number;
}

/** One at a time: a function that is called everywhere has more than anybody asks for. Each caller gets its share of them. */
function* framesUp(sites: Sites, owner: Owner, { depth, most }: Upwards): Generator<CalledFrame> {
  const callers = callersOf(sites, owner);
  const share = Math.max(LEAST, Math.floor(most / callers.length));
  for (const caller of callers) {
    let isFollowed = false;
    const outer = depth < DEPTH ? outerFrames(sites, caller, { depth: depth + 1, most: share }) : [];
    for (const { frame } of first(share, outer)) {
      for (const bound of bind(caller, owner, frame)) {
        isFollowed = true;
        yield bound;
      }
    }
    if (!isFollowed) yield* bind(caller, owner, undefined);
  }
}

function* first<T>(most: number, all: Iterable<T>): Generator<T> {
  let count = 0;
  if (most > 0)
    for (const one of all) {
      yield one;
      if (++count === most) return;
    }
}

const CALLED = new WeakMap<Sites, Map<string, readonly CallSite[]>>();

/** Who calls a function and decides what it is called with. */
function callersOf(sites: Sites, { module, block }: Owner): readonly CallSite[] {
  let known = CALLED.get(sites);
  if (!known) CALLED.set(sites, (known = new Map()));
  const key = functionKey(module, block);
  let callers = known.get(key);
  if (callers) return callers;
  const isProduction = contextOf(module.path) === 'production';
  callers = (sites.callers.get(key) ?? [])
    // What a test passes to production code is no use of that code in production.
    .filter((caller) => !isProduction || !ASIDE.has(contextOf(caller.module.path)))
    // A function that calls itself again is not who decides what it is called with.
    .filter((caller) => !isInside(caller, module, block))
    .slice(0, CALLERS);
  known.set(key, callers);
  return callers;
}

function isInside({ module: from, site }: CallSite, module: Module, block: BlockId): boolean {
  return from === module && functionsAround(module, site.block).includes(block);
}

/** The frames of the nearest function around a call that anybody calls: a closure handed to a retry has no callers of its own. */
function* outerFrames(sites: Sites, caller: CallSite, upwards: Upwards): Generator<CalledFrame> {
  for (const around of functionsAround(caller.module, caller.site.block)) {
    let isCalled = false;
    for (const frame of framesUp(sites, { module: caller.module, block: around }, upwards)) {
      isCalled = true;
      yield frame;
    }
    if (isCalled) return;
  }
}

function bind(caller: CallSite, { module, block }: Owner, outer: Frame | undefined): readonly CalledFrame[] {
  const known = labelled(caller.site.call, caller.site.block, caller.labels?.get(functionKey(module, block)));
  const scope = { module: caller.module, ...(outer ? { frame: outer } : {}), ...(known ? { known } : {}) };
  const from = { block: caller.site.block, at: caller.site.call.at };
  return alternatives(caller.callee).flatMap((value): readonly CalledFrame[] => {
    if (value.kind === 'function' && value.expr.block === block && value.scope.module === module) {
      const frame = frameOf(value, caller.site.call.args, scope);
      // What the function closes over was bound when the function around it was called.
      const parent = outer && !frame.parent && caller.module === module ? { parent: outer } : {};
      return [{ frame: { ...frame, ...parent, from }, caller }];
    }
    if (value.kind === 'class' && value.module === module) {
      const given = { args: caller.site.call.args, scope };
      const frame = constructorFrame(value, { ...value, kind: 'object', given }, given);
      return frame?.block === block ? [{ frame: { ...frame, from }, caller }] : [];
    }
    return [];
  });
}
