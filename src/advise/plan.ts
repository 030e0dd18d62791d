/** The ways out worth showing: the best few of each capability, in the order of what they gain. */
import type { PlanB } from '../model/report.ts';
import type { Option, OptionSource } from './options.ts';
import type { Scene } from './scene.ts';

/** Less than this nobody would notice. */
const LEAST = 0.05;
const PER_CAPABILITY = 3;
const IN_ALL = 30;
/** Capabilities looked at, the heaviest first. */
const CONSIDERED = 60;

/** A plan with what it changes, so that it can be checked. */
export interface Planned {
  readonly entry: PlanB;
  readonly option: Option;
}

/** Plans in the order of their gain. */
export function planOf(scene: Scene, optionsOf: OptionSource): readonly Planned[] {
  const heaviest = scene.linked.capabilities
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight || byText(one.id, other.id))
    .slice(0, CONSIDERED);
  const best = heaviest.flatMap((capability) => bestOf(scene, optionsOf(capability)));
  const shown = best
    .sort(
      (one, other) =>
        byValue(one, other) || byText(one.capability.id, other.capability.id) || byText(titleOf(one), titleOf(other)),
    )
    .slice(0, IN_ALL);
  return shown.map((option) => ({ entry: entryOf(scene, option), option }));
}

function bestOf({ before }: Scene, options: readonly Option[]): readonly Option[] {
  return options
    .filter(({ after }) => before - after > LEAST)
    .sort((one, other) => byValue(one, other) || byText(titleOf(one), titleOf(other)))
    .slice(0, PER_CAPABILITY);
}

function entryOf(scene: Scene, option: Option): PlanB {
  const { capability, moves, changed, after } = option;
  const main = mainOf(option);
  return {
    capability: capability.id,
    leg: main?.leg ?? 0,
    action: main?.action ?? '',
    title: titleOf(option),
    to: main?.to ?? { operator: null, model: null, region: null },
    before: scene.before,
    after,
    gain: scene.before - after,
    grade: scene.rescorer.gradeAfter(new Map([[capability.id, changed]])),
    files: distinct(moves.flatMap(({ files }) => files)),
    caveats: distinct(moves.flatMap(({ caveats }) => caveats)),
  };
}

/** The leg that answers the user comes last. */
function mainOf({ moves }: Option) {
  return moves.at(-1);
}

/** Sums of the same numbers in another order differ in the last digit: that is a tie. */
function byValue(one: Option, other: Option): number {
  return Math.round(one.after * 1e9) - Math.round(other.after * 1e9);
}

/** What people read: a move on one leg of several says which. */
function titleOf({ capability, moves }: Option): string {
  const titles = [...new Set(moves.map(({ title }) => title))];
  const operation = capability.legs[moves[0]?.leg ?? 0]?.operation;
  const isPart = moves.length === 1 && capability.legs.length > 1 && operation !== undefined;
  return isPart ? `${titles.join('; ')}, for ${operation} only` : titles.join('; ');
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

function byText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
