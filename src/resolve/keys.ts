/** Short names for ways functions are called and places are looked at: what values are kept under. */
import type { Span } from '../model/source.ts';
import type { Frame, Given, Module, Scope } from './value.ts';
import type { World } from './world.ts';

const MODULES = new WeakMap<Module, string>();
let modules = 0;

/** A short name for a file: its path would be most of each key. */
export function moduleKey(module: Module): string {
  let key = MODULES.get(module);
  if (key === undefined) MODULES.set(module, (key = (modules++).toString(36)));
  return key;
}

/** A place in a file, under the conditions and with the arguments it is looked at. */
export function placeKey(world: World, at: Span, { module, known, frame }: Scope): string {
  return `${moduleKey(module)}:${at.line}:${at.column}${known?.key ?? ''}${frameKey(world, frame)}`;
}

const KEYS = new WeakMap<Frame, string>();

/** A short name for each way a function is called: frames nest, and their whole keys would grow with them. */
export function frameKey(world: World, frame: Frame | undefined): string {
  if (!frame) return '';
  const known = KEYS.get(frame);
  if (known !== undefined) return known;
  const long = keyOf(world, frame);
  const short = world.frames.get(long) ?? `@${world.frames.size}`;
  world.frames.set(long, short);
  KEYS.set(frame, short);
  return short;
}

/** Two objects of one class are told apart by where they are made. */
function givenKey(world: World, given: Given | undefined): string {
  if (!given) return '';
  const { args, scope } = given;
  const at = args[0]?.value.at;
  return `(${moduleKey(scope.module)}:${at?.line ?? 0}:${at?.column ?? 0}${scope.known?.key ?? ''}${frameKey(world, scope.frame)})`;
}

function keyOf(world: World, { args, self, module, block, caller, parent }: Frame): string {
  const site = args[0]?.value.at;
  const owner = self?.kind === 'object' ? `!${moduleKey(self.module)}#${self.type.block}${givenKey(world, self.given)}` : '';
  const outer = `${caller.known?.key ?? ''}${frameKey(world, caller.frame)}${frameKey(world, parent)}`;
  return `${owner}@${moduleKey(module)}#${block}<${moduleKey(caller.module)}:${site?.line ?? 0}:${site?.column ?? 0}${outer}`;
}
