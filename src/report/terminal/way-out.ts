/** Plan B: what could be changed, and what it would gain. */
import type { PlanB } from '../../model/report.ts';
import { displayWidth } from '../display-width.ts';
import { hang } from './layout.ts';
import { counted, type Screen, section, told } from './screen.ts';

const MOST = 3;

/** The section, or nothing where no way out is known. */
export function wayOut(screen: Screen): readonly string[] {
  const { planB } = screen.report;
  if (planB.length === 0) return [];
  const shown = planB.slice(0, MOST);
  const count = shown.length < planB.length ? `, ${shown.length} of ${planB.length} shown` : '';
  const summary = `risk before -> after, by scoring the change${count}`;
  const gains = shown.map(gainOf);
  const widest = Math.max(...gains.map((gain) => gain.length));
  const lines = shown.flatMap((plan, index) =>
    entry(`${index + 1}  ${titleOf(plan, screen)}`, (gains[index] ?? '').padEnd(widest), screen),
  );
  return [...section(screen, 'WAY OUT', told(screen, [summary])), ...lines];
}

function gainOf({ before, after, files }: PlanB): string {
  return `${before.toFixed(1)} -> ${after.toFixed(1)}   ${counted(files.length, 'file')}`;
}

function titleOf({ capability, title }: PlanB, { names }: Screen): string {
  const name = names.get(capability) ?? capability;
  return title.toLowerCase().startsWith(`${name.toLowerCase()}:`) ? title : `${name}: ${title}`;
}

function entry(text: string, gain: string, { width, isNarrow }: Screen): readonly string[] {
  const lead = `  ${text.slice(0, 3)}`;
  const lines = hang(lead, text.slice(3), isNarrow ? width : width - gain.length - 3);
  if (isNarrow) return [...lines, `     ${gain.trimEnd()}`];
  const last = lines.at(-1) ?? '';
  return [...lines.slice(0, -1), last + ' '.repeat(Math.max(3, width - gain.length - displayWidth(last))) + gain];
}
