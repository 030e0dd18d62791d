/** What stops when something goes away: the worst node of a few layers, then the scenarios that hit. */
import type { Layer } from '../../model/graph.ts';
import type { WhatIfBlock } from '../../model/report.ts';
import { displayWidth } from '../display-width.ts';
import { beside, fitEnd, flow, padEnd, wrap } from './layout.ts';
import { lossInWords } from './loss-words.ts';
import { layerOf, personalName } from './node-words.ts';
import { counted, type Screen } from './screen.ts';

const LAYERS: readonly Layer[] = ['operator', 'region', 'maker'];
/** Layers for a tree that has infrastructure and no AI. */
const INFRASTRUCTURE: readonly Layer[] = ['host', 'virtualization'];
const MOST_SCENARIOS = 4;

/** The section, or nothing where nothing can be lost. */
export function losses(screen: Screen): readonly string[] {
  const { report } = screen;
  const layers = report.score.value === null ? INFRASTRUCTURE : LAYERS;
  const nodes = layers.flatMap((layer) => report.whatIf.filter((block) => layerOf(block.scenario) === layer && isHit(block)));
  const scenarios = report.whatIf.filter((block) => layerOf(block.scenario) === undefined && isHit(block)).sort(byLoss);
  const rows = [
    ...distinct(
      nodes.map((block) => ({
        name: personalName(block.scenario, report),
        layer: layerOf(block.scenario),
        told: lossInWords(block, screen),
      })),
    ),
    ...scenarios.slice(0, MOST_SCENARIOS).map((block) => ({ name: block.title, told: lossInWords(block, screen) })),
  ];
  if (rows.length === 0) return [];
  const column = Math.min(Math.max(16, ...rows.map(({ name }) => displayWidth(name))), Math.floor(screen.width * 0.42));
  const more = scenarios.length - MOST_SCENARIOS;
  return [
    screen.isNarrow ? 'IF IT GOES AWAY' : '  IF IT GOES AWAY',
    ...rows.flatMap(({ name, told }) => row(name, told, { ...screen, column })),
    ...(more > 0
      ? wrap(`… and ${counted(more, 'more scenario')} that hit, in the JSON report`, screen.width - 2).map((line) => `  ${line}`)
      : []),
  ];
}

interface NodeRow {
  readonly name: string;
  readonly layer: Layer | undefined;
  readonly told: readonly string[];
}

/** One company can be operator and maker: told once where both losses do the same, else with its part in it. */
function distinct(rows: readonly NodeRow[]): readonly NodeRow[] {
  const same = (one: NodeRow, other: NodeRow) => one.name === other.name && one.told.join() === other.told.join();
  const kept = rows.filter((row, index) => !rows.slice(0, index).some((earlier) => same(earlier, row)));
  return kept.map((row) =>
    kept.some((other) => other !== row && other.name === row.name) ? { ...row, name: `${row.name} (${row.layer})` } : row,
  );
}

function row(
  name: string,
  states: readonly string[],
  { width, isNarrow, column }: Screen & { column: number },
): readonly string[] {
  if (isNarrow) {
    const told = flow(states, { separator: ' · ', width: width - 4 }).map((line) => `    ${line}`);
    return [...wrap(name, width - 2).map((line) => `  ${line}`), ...told];
  }
  const titles = wrap(fitEnd(name, 2 * column), column);
  const told = flow(states, { separator: ' · ', width: width - 4 - column });
  const lines = Array.from(
    { length: Math.max(titles.length, told.length) },
    (_, index) => `${padEnd(titles[index] ?? '', column)}  ${told[index] ?? ''}`,
  );
  return beside('  ', lines);
}

function isHit({ exposure, infrastructure }: WhatIfBlock): boolean {
  return (exposure ?? 0) > 0 || (infrastructure ?? 0) > 0;
}

function byLoss(one: WhatIfBlock, other: WhatIfBlock): number {
  return (
    (other.exposure ?? 0) - (one.exposure ?? 0) ||
    (other.infrastructure ?? 0) - (one.infrastructure ?? 0) ||
    (one.scenario < other.scenario ? -1 : 1)
  );
}
