/** The one table: on whom everything rests, layer by layer. */
import Table from 'cli-table3';
import type { Layer } from '../../model/graph.ts';
import type { LayerRow } from '../../model/report.ts';
import { displayWidth } from '../display-width.ts';
import { fitEnd, flow, hang } from './layout.ts';
import { tableName } from './node-words.ts';
import { percent, type Screen } from './screen.ts';

const LAYERS: readonly (readonly [Layer, string])[] = [
  ['operator', 'operator'],
  ['maker', 'maker'],
  ['cloud', 'cloud'],
  ['region', 'region'],
  ['jurisdiction', 'jurisdiction'],
  ['gateway', 'gateway'],
  ['host', 'runs on'],
  ['virtualization', 'hypervisor'],
];
/** Columns beside the name: margins, label, numbers. */
const LABEL = 16;
const NUMBERS = [7, 9, 7, 11] as const;
/** Below this the last column gives way. */
const ROOMY = 72;

interface Row {
  readonly label: string;
  readonly name: string;
  readonly share: string;
  readonly exposed: string;
  readonly hhi: string;
  readonly effective: string;
}

const HEAD: Row = {
  label: 'DEPENDS ON',
  name: 'most of all',
  share: 'share',
  exposed: 'exposed',
  hhi: 'HHI',
  effective: 'effective',
};

/** The table, or two lines a layer where the screen is narrow; nothing where nothing depends. */
export function dependsOn(screen: Screen): readonly string[] {
  const rows = LAYERS.flatMap(([layer, label]) => {
    const row = screen.report.layers.find((one) => one.layer === layer);
    return row ? rowOf(row, label) : [];
  });
  if (rows.length === 0) return [];
  return screen.isNarrow ? narrow(rows, screen.width) : [...table(rows, screen.width), ...legend(rows, screen.width)];
}

function rowOf({ layer, shares, hhi, effective }: LayerRow, label: string): readonly Row[] {
  const [most] = shares;
  if (!most) return [];
  // Where the application itself runs is shown, not scored.
  const isScored = layer !== 'host' && layer !== 'virtualization';
  return [
    {
      label,
      name: tableName(most.name),
      share: percent(most.share),
      exposed: percent(most.exposure),
      hhi: isScored && hhi !== null ? String(Math.round(hhi)) : '-',
      effective: isScored && effective !== null ? effective.toFixed(1) : '-',
    },
  ];
}

function table(rows: readonly Row[], width: number): readonly string[] {
  const numbers = numbersFor(width);
  const room = width - 2 - LABEL - numbers.reduce((sum, one) => sum + one, 0);
  const widest = Math.max(...rows.map(({ name }) => displayWidth(fitEnd(name, room))), Math.min(room, 24));
  const grid = new Table({
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    colWidths: [LABEL, widest, ...numbers],
  });
  for (const { label, name, share, exposed, hhi, effective } of [HEAD, ...rows]) {
    const cells = [share, exposed, hhi, effective].slice(0, numbers.length);
    grid.push([label, fitEnd(name, widest), ...cells.map((content) => ({ content, hAlign: 'right' as const }))]);
  }
  return grid
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`);
}

/** Names need room more than the last number, which follows from the one before. */
function numbersFor(width: number): readonly number[] {
  return width < ROOMY ? NUMBERS.slice(0, -1) : NUMBERS;
}

/** What the columns mean: nobody should have to look it up. */
function legend(rows: readonly Row[], width: number): readonly string[] {
  const effective = width < ROOMY ? [] : ['effective: how many equal suppliers that is'];
  const scored = ['HHI: 10000 is one supplier alone', ...effective];
  const parts = [
    'share: of the work',
    'exposed: lost if it goes, after fallbacks',
    ...(rows.some(({ hhi }) => hhi !== '-') ? scored : []),
  ];
  return flow(parts, { separator: ' · ', width: width - 2 }).map((line) => `  ${line}`);
}

function narrow(rows: readonly Row[], width: number): readonly string[] {
  return [
    'DEPENDS ON, most of all',
    ...rows.flatMap(({ label, name, share, exposed, hhi }) => [
      `  ${fitEnd(`${label}: ${name}`, width - 2)}`,
      ...hang('   ', `share ${share}, exposed ${exposed}${hhi === '-' ? '' : `, HHI ${hhi}`}`, width),
    ]),
  ];
}

const NO_BORDERS = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((name) => [name, '']),
);
