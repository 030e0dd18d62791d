/** A switch that nobody knows: `genai.Client(vertexai=key is None, project=project)`. */
import type { Target } from '../model/resolved.ts';
import { argumentAt } from './arguments.ts';
import { mayBeSpread } from './facets.ts';
import { alternatives, type InstanceValue, type Made } from './value.ts';
import type { World } from './world.ts';

const UNSURE = 0.6;

/** A client whose switch nobody knows is run by either: neither is sure. */
export function eitherWay(world: World, own: Target, { made }: InstanceValue): readonly Target[] {
  const operator = unlessSwitched(world, made);
  if (operator === undefined) return [own];
  const { region: _region, ...facets } = own.facets;
  const other = { ...own, operator, facets, confidence: UNSURE };
  return own.operator === operator ? [own] : [{ ...own, confidence: UNSURE }, other];
}

/** Who runs it where a switch that nobody knows (`vertexai=key is None`) is off, while other options speak for on. */
function unlessSwitched(world: World, made: readonly Made[]): string | undefined {
  for (const { meaning, args, scope } of made) {
    const isOpen = meaning.when?.some(({ path, equals, operator }) => {
      if (path === undefined || equals !== 'true' || !operator || operator === meaning.operator) return false;
      const value = argumentAt(world, path, args, scope);
      return value !== undefined && !mayBeSpread(value, path) && alternatives(value).some(({ kind }) => kind === 'unknown');
    });
    if (isOpen) return meaning.operator;
  }
  return undefined;
}
