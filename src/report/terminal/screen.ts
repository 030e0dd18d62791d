/** What every part of the screen needs to know. */
import type { Report } from '../../model/report.ts';
import { capabilityNames } from '../capability-names.ts';
import { type PlaceLookup, placesIn } from '../places.ts';
import { beside, fitEnd, wrap } from './layout.ts';

export interface Screen {
  readonly report: Report;
  /** Columns to write in. */
  readonly width: number;
  /** Too narrow for columns side by side. */
  readonly isNarrow: boolean;
  /** How many groups of findings to show. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, string>;
  readonly places: PlaceLookup;
  /** Ids of all capabilities; other ids in a loss are workloads without AI. */
  readonly capabilities: ReadonlySet<string>;
  /** Ids of the capabilities that count in the score. */
  readonly scored: ReadonlySet<string>;
}

/** Lines longer than this are hard to read, however wide the window is. */
const WIDEST = 100;
const USUAL = 80;
const SMALLEST = 20;
const NARROW = 60;
const LABEL = 16;
const LONGEST_NAME = 32;

/** Prepares a screen. */
export function screenOf(report: Report, { columns, groups }: { columns: number; groups: number }): Screen {
  const wanted = Number.isFinite(columns) ? Math.trunc(columns) : USUAL;
  return {
    report,
    width: Math.min(WIDEST, Math.max(SMALLEST, wanted)),
    isNarrow: wanted < NARROW,
    groups,
    names: new Map([...capabilityNames(report)].map(([id, name]) => [id, fitEnd(name, LONGEST_NAME)])),
    places: placesIn(report),
    capabilities: new Set(report.capabilities.map(({ id }) => id)),
    scored: new Set(report.capabilities.flatMap(({ id, weight }) => (weight > 0 ? [id] : []))),
  };
}

/** Columns left for what a section says. */
export function sectionWidth({ width, isNarrow }: Screen): number {
  return isNarrow ? width - 2 : width - 2 - LABEL;
}

/** Texts broken to the width of a section. */
export function told(screen: Screen, texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => wrap(text, sectionWidth(screen)));
}

/** A section: its title in capitals, what it says beside it, or below it where the screen is narrow. */
export function section({ isNarrow }: Screen, title: string, lines: readonly string[]): readonly string[] {
  if (isNarrow) return [title, ...lines.map((line) => `  ${line}`)];
  return beside(`  ${title.padEnd(LABEL)}`, lines);
}

/** A share as people read it; only what is all is 100 %. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) return '<1 %';
  const rounded = share < 1 ? Math.min(99, Math.round(share * 100)) : 100;
  return `${rounded} %`;
}

/** `1 file`, `2 files`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
