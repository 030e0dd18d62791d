import type { Report } from '../model/report.ts';

/** Why the run ends as it does: the last lines on stderr, what decides the code at the very end. */
export function verdictLines({ exit, gate }: Pick<Report, 'exit' | 'gate'>, root: string): readonly string[] {
  if (exit.code === 0) return [];
  if (exit.code === 3) return [`no file found in ${root} (exit 3)`];
  if (exit.code === 1) return exit.reasons.map((reason) => `gate: ${reason} (exit 1)`);
  const own = exit.reasons.filter((reason) => !gate.reasons.includes(reason));
  return [
    ...gate.reasons.map((reason) => `gate: ${reason}`),
    ...own.map((reason) => `incomplete: ${reason} (exit ${exit.code})`),
  ];
}
