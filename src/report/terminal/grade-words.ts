/** How to read the number, what holds the letter down, and which limit was broken. */
import type { ScoreBlock } from '../../model/report.ts';
import { type Screen, section, told } from './screen.ts';

const CAPS: ReadonlyMap<string, string> = new Map([
  ['retired-model', 'a retired model is in use'],
  ['unprotected-majority', 'half of the work or more stops with a single operator'],
  ['untested-failover', 'no failover was tested for something that matters'],
  ['low-coverage', 'too much is not known'],
]);

/** Why the letter is what it is. */
export function gradeReasons(screen: Screen): readonly string[] {
  const { score } = screen.report;
  if (score.value === null) return [];
  const lines = [`${score.value.toFixed(1)} of 100 risk points, lower is better${otherReading(screen)}`, ...capsOf(score)];
  return section(screen, `GRADE ${score.grade}`, told(screen, lines));
}

/** The limits that were broken; nothing where none was, or none was set. */
export function gateReasons(screen: Screen): readonly string[] {
  const { passed, reasons } = screen.report.gate;
  if (passed) return [];
  return section(
    screen,
    'GATE',
    told(
      screen,
      reasons.map((reason) => `failed: ${reason}`),
    ),
  );
}

/** A cap better than the letter holds nothing down. */
function capsOf({ caps, grade }: ScoreBlock): readonly string[] {
  return caps
    .filter((cap) => cap.grade === grade)
    .map((cap) => `not better than ${cap.grade} while ${CAPS.get(cap.reason) ?? cap.reason.replaceAll('-', ' ')}`);
}

function otherReading({ report: { score, unknownMode } }: Screen): string {
  const { low, high } = score;
  if (low === null || high === null || high - low < 0.05) return '';
  return unknownMode === 'pessimistic'
    ? `; ${low.toFixed(1)} if all unknowns turn out well`
    : `; ${high.toFixed(1)} if all unknowns turn out badly`;
}
