/** The first lines: which tree, how it stands, and the one thing to know. */
import type { Layer } from '../../model/graph.ts';
import type { Dimensions, WhatIfBlock } from '../../model/report.ts';
import { displayWidth } from '../display-width.ts';
import { unreadCount } from '../unread-files.ts';
import { beside, fitEnd, flow, hang } from './layout.ts';
import { consequence } from './loss-words.ts';
import { layerOf, personalName } from './node-words.ts';
import type { Line } from './paint.ts';
import { counted, type Screen } from './screen.ts';

const DIMENSIONS: readonly (readonly [keyof Dimensions, string])[] = [
  ['concentration', 'concentration'],
  ['lockIn', 'lock-in'],
  ['region', 'region'],
  ['jurisdiction', 'jurisdiction'],
  ['lifecycle', 'lifecycle'],
];

/** Layers whose worst node the verdict may name; where several are equal, the one easiest to act on. */
const WORST: readonly Layer[] = ['region', 'operator', 'maker', 'gateway', 'cloud'];

const LONGEST_NAME = 40;

/** Name of the tree and what was looked at. */
export function headline(screen: Screen): readonly string[] {
  const { report, width } = screen;
  const { coverage } = report;
  const unread = unreadCount(report);
  const facts = [
    counted(coverage.discovered, 'file'),
    `${coverage.parsed} read closely`,
    ...(unread > 0 ? [`${unread} not read`] : []),
    `as of ${report.asOf}`,
  ];
  const lead = `${fitEnd(report.source.name, LONGEST_NAME)}  `;
  if (screen.isNarrow)
    return [fitEnd(report.source.name, width), ...flow(facts, { separator: ' · ', width: width - 2 }).map((line) => `  ${line}`)];
  return beside(lead, flow(facts, { separator: ' · ', width: width - displayWidth(lead) }));
}

/** Grade, number and dimensions; nothing without a score. */
export function verdict({ report, width }: Screen): readonly Line[] {
  const { value, grade, dimensions, vector } = report.score;
  if (value === null || grade === '-') return [];
  const parts = DIMENSIONS.flatMap(([key, name]) => {
    const number = dimensions[key];
    // Without a home the jurisdiction is computed but does not count.
    if (number === null || (key === 'jurisdiction' && report.home.length === 0)) return [];
    return [`${name} ${Math.round(number)}`];
  });
  const unknown = /\/U:(\d+)/.exec(vector)?.[1];
  const lead = `  ${grade}  ${value.toFixed(1)}   `;
  const tokens = unknown === undefined ? parts : [...parts, ` unknown ${unknown} %`];
  const [first = '', ...rest] = beside(
    lead,
    flow(tokens, { separator: '  ', width: width - lead.length }).map((line) => line.trimStart()),
  );
  return [{ text: first, tint: { word: grade, as: grade } }, ...rest];
}

/** The node whose loss hurts most, in one sentence. */
export function worstNode(screen: Screen): readonly string[] {
  const { report, width } = screen;
  if (report.score.value === null) return [];
  const candidates = WORST.flatMap((layer) => {
    const block = report.whatIf.find(({ scenario }) => layerOf(scenario) === layer);
    return block ? [block] : [];
  });
  const [first, ...others] = candidates;
  if (!first) return [];
  let worst = first;
  for (const block of others) if ((block.exposure ?? 0) > (worst.exposure ?? 0)) worst = block;
  if (!worst.exposure) return [];
  return hang(
    '  ',
    `${fitEnd(personalName(worst.scenario, report), LONGEST_NAME)} ${burden(worst)}: if it goes, ${consequence(worst, screen)}.`,
    width,
  );
}

function burden({ exposure }: WhatIfBlock): string {
  if ((exposure ?? 0) >= 0.995) return 'carries everything';
  return (exposure ?? 0) >= 0.5 ? 'carries most of it' : 'carries the largest part';
}
