/** Calls that are handed a model from nobody knows where, in a program that makes models nobody is seen to call: most likely those. */
import type { Target } from '../model/resolved.ts';
import { meaningOf } from './instances.ts';
import { instancesOf } from './sites.ts';
import type { LooseUse } from './uses.ts';
import { byCodePoint, languageOf, type World } from './world.ts';

const CONFIDENCE = 0.6;
/** A program that keeps more models aside is a collection of something else. */
const MOST = 64;

/** The uses, where those of an abstraction that lack a model can reach the models that are left over. */
export function withUnlinked(world: World, uses: readonly LooseUse[]): readonly LooseUse[] {
  const lost = new Set(uses.filter((use) => !use.targets.length && isHanded(use)));
  if (!lost.size) return uses;
  const called = new Set(uses.filter(({ operation }) => operation !== 'client').flatMap((use) => use.targets.map(placeOf)));
  const free = uses.filter(({ operation, context }) => operation === 'client' && context === 'production');
  const left = free.flatMap(({ targets }) => targets).filter((target) => isModel(target) && !called.has(placeOf(target)));
  return uses.map((use) => {
    const fitting = lost.has(use) ? distinct(left.filter((target) => fits(world, use, target))) : [];
    if (!fitting.length || fitting.length > MOST) return use;
    const { unresolved: _unresolved, ...rest } = use;
    return { ...rest, targets: fitting.map((target) => unsure(target, use)), alternative: 'branch' };
  });
}

/** It runs whatever model it is handed. */
function isHanded({ site: { callee } }: LooseUse): boolean {
  return instancesOf(callee).some((instance) => {
    const { operation, api, carries } = meaningOf(instance) ?? {};
    return operation !== 'client' && operation !== 'metadata' && api === 'abstraction' && (carries?.length ?? 0) > 0;
  });
}

/** A model of an abstraction, not only the client that could make one. */
function isModel({ api, store, facets }: Target): boolean {
  return api === 'abstraction' && store === undefined && facets.model !== undefined;
}

function fits(world: World, { path, operation }: LooseUse, { at, serves }: Target): boolean {
  return (
    languageOf(at.path) === languageOf(path) &&
    world.programOf(at.path) === world.programOf(path) &&
    (serves === undefined || serves === operation)
  );
}

function distinct(targets: readonly Target[]): readonly Target[] {
  const byPlace = new Map(targets.map((target) => [`${placeOf(target)} ${target.operator ?? ''}`, target]));
  return [...byPlace].sort(([a], [b]) => byCodePoint(a, b)).map(([, target]) => target);
}

function placeOf({ at }: Target): string {
  return `${at.path}:${at.line}:${at.column}`;
}

function unsure(target: Target, { operation }: LooseUse): Target {
  const serves = operation === 'client' || operation === 'metadata' || operation === 'http' ? {} : { serves: operation };
  return { ...target, ...serves, confidence: CONFIDENCE };
}
