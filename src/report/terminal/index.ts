/** The first screen: verdict, who, what is wrong, what if, way out, what was not seen, next step. */
import type { Report } from '../../model/report.ts';
import { defineReporter, type RenderOptions } from '../../plugin.ts';
import { dependsOn } from './depends-on.ts';
import { findings } from './findings.ts';
import { gateReasons, gradeReasons } from './grade-words.ts';
import { flow } from './layout.ts';
import { losses } from './losses.ts';
import { notSeen } from './not-seen.ts';
import { isWithoutAi, nothingFound } from './nothing-found.ts';
import { type Line, paint } from './paint.ts';
import { type Screen, screenOf, section, sectionWidth, told } from './screen.ts';
import { headline, verdict, worstNode } from './verdict.ts';
import { wayOut } from './way-out.ts';

export interface TerminalOptions extends RenderOptions {
  /** How many groups of findings to show; default 5. */
  readonly groups?: number;
}

const GROUPS = 5;

/** The report for a person at a terminal. */
export function renderTerminal(report: Report, { columns, color, groups = GROUPS }: TerminalOptions): string {
  const screen = screenOf(report, { columns, groups });
  const parts = report.score.value === null ? unscored(screen) : scored(screen);
  const filled = parts.filter((part) => part.length > 0);
  return paint(
    filled.flatMap((part, index) => (index === 0 ? part : ['', ...part])),
    { color },
  );
}

export default defineReporter({ id: 'table', render: renderTerminal });

/** Parts with an empty line between them. */
function scored(screen: Screen): readonly (readonly Line[])[] {
  return [
    headline(screen),
    [...verdict(screen), ...worstNode(screen)],
    dependsOn(screen),
    findings(screen),
    losses(screen),
    wayOut(screen),
    [...notSeen(screen), ...gradeReasons(screen), ...gateReasons(screen), ...next(screen)],
    vector(screen),
  ];
}

/** Nothing to score: what there is, and silence about the rest. */
function unscored(screen: Screen): readonly (readonly Line[])[] {
  const { report } = screen;
  const isQuiet = report.findings.length === 0;
  return [
    [...headline(screen), ...nothingFound(screen)],
    isQuiet && isWithoutAi(report) ? [] : dependsOn(screen),
    isQuiet ? [] : findings(screen),
    isQuiet && isWithoutAi(report) ? [] : losses(screen),
    [...notSeen(screen), ...gateReasons(screen), ...(isQuiet ? [] : next(screen))],
  ];
}

/** Commands stay whole where they can, to be copied; what they are for is said where there is room. */
function next(screen: Screen): readonly string[] {
  const commands = [
    ['ai-deps audit . --format json', 'every finding'],
    ['ai-deps audit . -o sarif=ai-deps.sarif', 'for code scanning'],
  ] as const;
  const isRoomy = sectionWidth(screen) >= 60;
  const lines = commands.map(([command, purpose]) => command.padEnd(40) + purpose);
  return section(
    screen,
    'NEXT',
    isRoomy
      ? lines
      : told(
          screen,
          commands.map(([command]) => command),
        ),
  );
}

/** The score in one line, to be quoted; broken only between its parts. */
function vector({ report, width }: Screen): readonly string[] {
  const lines = flow(report.score.vector.split('/'), { separator: '/', width: width - 1 });
  return lines.map((line, index) => (index < lines.length - 1 ? `${line}/` : line));
}
