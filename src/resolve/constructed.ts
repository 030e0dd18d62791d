/** Calls inside an object whose address its constructor was given: what makes the object decides. */
import { type CalledFrame, framesOf, functionsAround } from './callers.ts';
import { meaningOf } from './instances.ts';
import { type CallSite, instancesOf, type Sites } from './sites.ts';
import type { LooseUse } from './uses.ts';
import { classAround, type ObjectValue, ownConstructor } from './value.ts';

/** The method around a call, in each of the objects that somebody makes of its class. */
export function constructedFrames(sites: Sites, { module, site, callee }: CallSite): readonly CalledFrame[] {
  // A client of an SDK is met where it is made; an address is met only here.
  if (!instancesOf(callee).some((instance) => meaningOf(instance)?.http)) return [];
  const type = classAround(module, site.block);
  const built = type && ownConstructor(type);
  const [block] = functionsAround(module, site.block);
  if (!built || block === undefined || block === built.block) return [];
  return framesOf(sites, module, built.block).map(({ frame: { args, caller: scope }, caller }) => {
    const self: ObjectValue = { kind: 'object', module, type, given: { args, scope } };
    return { frame: { module, block, args: [], caller: { module }, self, depth: 1 }, caller };
  });
}

/** What a caller decides at one call, it decides at the others of the same function too. */
export function decidedBy(use: LooseUse, { module, site }: CallSite): LooseUse {
  const caller = `${module.path}:${site.call.at.line}:${site.call.at.column}`;
  return { ...use, targets: use.targets.map((target) => ({ ...target, caller })) };
}
