/** What is wrong: one block a group, worst first. */
import type { Evidence } from '../../model/graph.ts';
import { displayWidth } from '../display-width.ts';
import { rulesOf, type ShownGroup, shownGroups } from '../groups.ts';
import { beside, fitEnd, fitMiddle, hang, wrap } from './layout.ts';
import type { Line } from './paint.ts';
import { counted, type Screen, section, told } from './screen.ts';

/** Below this a gain prints as nothing. */
const SMALLEST_GAIN = 0.05;

/** The groups of findings, as many as the screen has room for. */
export function findings(screen: Screen): readonly Line[] {
  const { groups: all, suppressed } = shownGroups(screen.report);
  // Notes (tests, docs, examples, housekeeping) are counted; they are named where there is room for everything.
  const groups = screen.groups >= all.length ? all : all.filter(({ head }) => head.severity !== 'info');
  const notes = all.length - groups.length;
  const shown = groups.slice(0, screen.groups);
  const hidden = [
    ...(notes > 0 ? [`${counted(notes, 'note')} in the JSON report`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
  ];
  if (groups.length === 0) return section(screen, 'FINDINGS', [['none', ...hidden].join(', ')]);
  const amount =
    shown.length < groups.length ? `${shown.length} of ${groups.length} groups shown` : counted(groups.length, 'group');
  const summary = [amount, ...(groups.length > 1 ? ['worst first'] : []), ...hidden].join(', ');
  const gutter = Math.max(8, ...shown.map(({ head }) => head.severity.length + 2));
  return [...section(screen, 'FINDINGS', told(screen, [summary])), ...shown.flatMap((group) => block(group, gutter, screen))];
}

function block(group: ShownGroup, gutter: number, screen: Screen): readonly Line[] {
  const { head } = group;
  const { isNarrow, width } = screen;
  const indent = isNarrow ? 4 : 2 + gutter;
  const room = width - indent;
  const message = isNarrow
    ? hang('  ', `${head.severity}: ${head.message}`, width)
    : hang(`  ${head.severity.padEnd(gutter)}`, head.message, width);
  const [first = '', ...rest] = message;
  const details = [...wherePart(screen.places(head.evidence), room), ...whyPart(rulesOf(group), room), ...fixPart(group, room)];
  return [
    { text: first, tint: { word: head.severity, as: head.severity } },
    ...rest,
    ...details.map((line) => ' '.repeat(indent) + line),
  ];
}

/** The first places that fit on one line, and how many more there are. */
function wherePart(places: readonly Evidence[], room: number): readonly string[] {
  let line = '';
  for (const [index, { path, line: row, column }] of places.entries()) {
    const more = places.length - index - 1;
    const suffix = `:${row}:${column}`;
    const rest = more > 0 ? `, +${more} more` : '';
    const whole = `${line === '' ? '' : `${line}, `}${fitMiddle(path, index === 0 ? room - suffix.length - rest.length : room)}${suffix}`;
    if (index > 0 && displayWidth(whole + rest) > room) return [`${line}, +${more + 1} more`];
    line = whole;
  }
  return line === '' ? [] : [fitEnd(line, room)];
}

function whyPart(rules: readonly string[], room: number): readonly string[] {
  const lead = `why ${counted(rules.length, 'rule')}: `;
  return wrap(lead + fittingRules(rules, room - lead.length), room);
}

function fittingRules(rules: readonly string[], room: number): string {
  const all = rules.join(', ');
  if (displayWidth(all) <= room) return all;
  for (let shown = rules.length - 1; shown > 0; shown--) {
    const part = `${rules.slice(0, shown).join(', ')}, …`;
    if (displayWidth(part) <= room) return part;
  }
  return rules[0] ?? '';
}

/** The remedy, and at the right what it would gain. */
function fixPart({ head }: ShownGroup, room: number): readonly string[] {
  if (head.fix === '') return [];
  const lines = beside('fix ', wrap(head.fix, Math.max(1, room - 4)));
  if (head.fixGain === null || head.fixGain <= SMALLEST_GAIN) return lines;
  const gain = `-${head.fixGain.toFixed(1)} points`;
  const last = lines.at(-1) ?? '';
  const gap = room - displayWidth(last) - gain.length;
  if (gap < 2) return [...lines, gain.padStart(room)];
  return [...lines.slice(0, -1), last + ' '.repeat(gap) + gain];
}
