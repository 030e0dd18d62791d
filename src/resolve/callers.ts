/** Frames of a function: its parameters bound to what its callers pass, a few steps upwards. */
import type { BlockId } from '../model/source.ts';
import { frameOf } from './calls.ts';
import { contextOf } from './contexts.ts';
import { labelled } from './guards.ts';
import type { CallSite, Sites } from './sites.ts';
import { alternatives, type Frame, type Module, ownConstructor } from './value.ts';
import { enclosing, functionKey } from './world.ts';

const ASIDE = new Set(['test', 'docs', 'example']);
const CALLERS = 32;
const DEPTH = 3;

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

/** Every way a function is called, as frames; callers that only pass their own arguments on are followed upwards. */
export function framesOf(sites: Sites, module: Module, block: BlockId, depth = 0): readonly CalledFrame[] {
  const isProduction = contextOf(module.path) === 'production';
  // What a test passes to production code is no use of that code in production.
  const all = (sites.callers.get(functionKey(module, block)) ?? []).filter(
    (caller) => !isProduction || !ASIDE.has(contextOf(caller.module.path)),
  );
  // A function that calls itself again is not who decides what it is called with.
  const callers = all.filter((caller) => !isInside(caller, module, block)).slice(0, CALLERS);
  return callers.flatMap((caller) => {
    const outer = depth < DEPTH ? outerFrames(sites, caller, depth) : [];
    const bare = bind(caller, module, block, undefined);
    const through = outer.slice(0, CALLERS).flatMap((frame) => bind(caller, module, block, frame.frame));
    return through.length ? through : bare;
  });
}

function isInside({ module: from, site }: CallSite, module: Module, block: BlockId): boolean {
  return from === module && functionsAround(module, site.block).includes(block);
}

/** The frames of the nearest function around a call that anybody calls: a closure handed to a retry has no callers of its own. */
function outerFrames(sites: Sites, caller: CallSite, depth: number): readonly CalledFrame[] {
  for (const around of functionsAround(caller.module, caller.site.block)) {
    const frames = framesOf(sites, caller.module, around, depth + 1);
    if (frames.length) return frames;
  }
  return [];
}

function bind(caller: CallSite, module: Module, block: BlockId, outer: Frame | undefined): readonly CalledFrame[] {
  const known = labelled(caller.site.call, caller.site.block, caller.labels?.get(functionKey(module, block)));
  const scope = { module: caller.module, ...(outer ? { frame: outer } : {}), ...(known ? { known } : {}) };
  return alternatives(caller.callee).flatMap((value): readonly CalledFrame[] => {
    if (value.kind === 'function' && value.expr.block === block && value.scope.module === module) {
      const frame = frameOf(value, caller.site.call.args, scope);
      // What the function closes over was bound when the function around it was called.
      return [{ frame: outer && !frame.parent && caller.module === module ? { ...frame, parent: outer } : frame, caller }];
    }
    if (value.kind === 'class' && value.module === module) {
      const expr = ownConstructor(value.type);
      if (expr?.block !== block) return [];
      return [{ frame: frameOf({ kind: 'function', expr, scope: { module } }, caller.site.call.args, scope), caller }];
    }
    return [];
  });
}
