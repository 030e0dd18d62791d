/** Calls inside an object whose address its constructor was given: what makes the object decides. */
import type { BlockId, Expr } from '../model/source.ts';
import type { CallMeaning } from '../model/surface.ts';
import { type CalledFrame, framesOf, functionsAround } from './callers.ts';
import { meaningOf } from './instances.ts';
import { type CallSite, instancesOf, type Sites } from './sites.ts';
import type { LooseUse } from './uses.ts';
import { classAround, type Frame, type ObjectValue, ownConstructor } from './value.ts';

/** Calls of a helper that are followed for each object. */
const HELPED = 8;
/** Ways to make an object, and to call a helper, that are looked at. */
const MAKERS = 64;
const CALLS = 64;

/** The method around a call, in each of the objects that somebody makes of its class. */
export function constructedFrames(sites: Sites, { module, site, callee }: CallSite): readonly CalledFrame[] {
  // A client of an SDK is met where it is made; an address, or a model that decides who runs it, is met only here.
  const isMetHere = ({ http, operatorFromModel }: CallMeaning) => http !== undefined || operatorFromModel === true;
  const isRequest = instancesOf(callee).some((instance) => isMetHere(meaningOf(instance) ?? {}));
  if (!isRequest && !isOwn(site.call.callee)) return [];
  const type = classAround(module, site.block);
  const built = type && ownConstructor(type);
  const [block] = functionsAround(module, site.block);
  if (!built || block === undefined || block === built.block) return [];
  return framesOf(sites, { module, block: built.block }, MAKERS).flatMap(({ frame: { args, caller: scope }, caller }) => {
    const self: ObjectValue = { kind: 'object', module, type, given: { args, scope } };
    const within = framesOf(sites, { module, block }, CALLS).filter(
      (called) => classAround(called.caller.module, called.caller.site.block) === type,
    );
    const frames = within.slice(0, HELPED).map((called) => inside(called, self));
    return (frames.length ? frames : [methodFrame(self, block)]).map((frame) => ({ frame, caller }));
  });
}

/** `this.client.chat.create`: a client that the object keeps. */
function isOwn(callee: Expr): boolean {
  let root = callee;
  while (root.kind === 'member') root = root.of;
  return root.kind === 'name' && (root.name === 'this' || root.name === 'self');
}

function methodFrame(self: ObjectValue, block: BlockId): Frame {
  return { module: self.module, block, args: [], caller: { module: self.module }, self, depth: 1 };
}

/** `self.send(url)` of the same object: who calls it has what the object was made with, too. */
function inside({ frame, caller: { site } }: CalledFrame, self: ObjectValue): Frame {
  const { caller: scope } = frame;
  const [around = 0] = functionsAround(self.module, site.block);
  const outer = scope.frame ? { ...scope.frame, self } : methodFrame(self, around);
  return { ...frame, self, caller: { ...scope, frame: outer } };
}

/** What a caller decides at one call, it decides at the others of the same function too. */
export function decidedBy(use: LooseUse, { module, site }: CallSite): LooseUse {
  const caller = `${module.path}:${site.call.at.line}:${site.call.at.column}`;
  return { ...use, targets: use.targets.map((target) => ({ ...target, caller })) };
}
