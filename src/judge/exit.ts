/** The exit code and its reasons (DESIGN.md section 8). Codes 2, 130 and 143 are the command's own. */
import type { Coverage, Report } from '../model/report.ts';

interface ExitInput {
  readonly coverage: Coverage;
  readonly gate: Report['gate'];
  readonly strict: boolean;
}

/** Reasons a file was meant to be read and was not; links, devices and pictures are no gap. */
const GAPS = new Set(['too-large', 'unreadable-name', 'unreadable', 'path-too-long', 'too-deep', 'too-many']);

/** Precedence 4 > 1 > 3 > 0; all reasons that hold are listed, the deciding ones first. */
export function exitOf({ coverage, gate, strict }: ExitInput): Report['exit'] {
  const gaps = incompleteness(coverage);
  if (strict && gaps.length) return { code: 4, reasons: [...gaps, ...gate.reasons] };
  if (!gate.passed) return { code: 1, reasons: gate.reasons };
  if (coverage.discovered === 0) return { code: 3, reasons: ['no file was found'] };
  return { code: 0, reasons: [] };
}

function incompleteness({ failed, degraded, skipped }: Coverage): readonly string[] {
  const cut = Object.entries(skipped).filter(([reason]) => GAPS.has(reason));
  return [
    ...(failed.length ? [`${failed.length} ${failed.length === 1 ? 'file' : 'files'} could not be read`] : []),
    ...cut.map(([reason, number]) => `${number} ${number === 1 ? 'file' : 'files'} skipped: ${reason}`),
    ...(degraded ? [`${degraded} ${degraded === 1 ? 'file' : 'files'} read for words only`] : []),
  ];
}
