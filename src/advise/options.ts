/** All moves of a capability, each scored as part of the whole. */
import type { Capability } from '../model/graph.ts';
import type { PortfolioCapability } from '../score/portfolio.ts';
import { type Action, applied, type Move } from './move.ts';
import { bypassGateway } from './moves/bypass-gateway.ts';
import { addFallback, independentFallback } from './moves/fallback.ts';
import { ownHost } from './moves/own-host.ts';
import { replaceRetired } from './moves/replace-retired.ts';
import { secondRegion } from './moves/second-region.ts';
import { testFailover } from './moves/test-failover.ts';
import { type Scene, type Spot, spotsOf } from './scene.ts';

/** One move, or several that only help together, with what they change. */
export interface Option {
  readonly capability: Capability;
  /** In the order of the legs; at least one. */
  readonly moves: readonly Move[];
  readonly changed: PortfolioCapability;
  readonly after: number;
}

/** Gives the options of a capability; [] where none is left to find or the budget is spent. */
export type OptionSource = (capability: Capability) => readonly Option[];

/** Re-scores for one capability. */
const EACH = 40;

const MAKERS: readonly ((scene: Scene, spot: Spot) => Move | undefined)[] = [
  replaceRetired,
  addFallback,
  independentFallback,
  ownHost,
  secondRegion,
  bypassGateway,
  testFailover,
];

/** Finds options at the first question and remembers them. */
export function optionSource(scene: Scene): OptionSource {
  const found = new Map<string, readonly Option[]>();
  return (capability) => {
    const known = found.get(capability.id);
    if (known) return known;
    const scored = scene.scored.get(capability.id);
    if (!scored || capability.weight <= 0) return [];
    // A capability without moves has cost its search as well.
    const sets = scene.spend(1) > 0 ? moveSets(scene, capability).slice(0, EACH) : [];
    const options = sets.slice(0, scene.spend(sets.length)).map((moves): Option => {
      const changed = applied(capability, scored, moves);
      return { capability, moves, changed, after: scene.rescorer.valueAfter(new Map([[capability.id, changed]])) };
    });
    found.set(capability.id, options);
    return options;
  };
}

/** Moves on several legs at once: one leg alone saves nothing where the other goes down with the same supplier. */
const TOGETHER: readonly (readonly Action[])[] = [
  ['add-fallback', 'independent-fallback', 'own-host', 'bypass-gateway'],
  ['own-host'],
  ['second-region'],
  ['bypass-gateway'],
  ['test-failover'],
];

/** Those on all legs first, then each by itself. */
function moveSets(scene: Scene, capability: Capability): readonly (readonly Move[])[] {
  const byLeg = spotsOf(scene, capability).map((spot) => MAKERS.flatMap((make) => make(scene, spot) ?? []));
  const together = TOGETHER.map((actions) =>
    byLeg.flatMap((moves) => moves.find(({ action }) => actions.includes(action)) ?? []),
  ).filter(({ length }) => length > 1);
  const sets = new Map(together.map((moves) => [JSON.stringify(moves.map(({ leg, title }) => [leg, title])), moves]));
  return [...sets.values(), ...byLeg.flatMap((moves) => moves.map((move) => [move]))];
}
