import { UserError } from '../errors.ts';
import { pathFrom, unknownMode } from './flags.ts';
import type { Io } from './io.ts';
import { printReport } from './print-report.ts';
import { runScore } from './score.ts';

export interface ScoreFlags {
  readonly format?: string;
  readonly unknown?: string;
  readonly asOf?: string;
}

/** `ai-deps score <file>`: prints the scores of a file of portfolios. */
export async function printScore(file: string, flags: ScoreFlags, io: Io): Promise<number> {
  const { format = 'table', asOf } = flags;
  if (format !== 'table' && format !== 'json') {
    throw new UserError(`unknown format "${format}"`, { hint: 'choose one of table, json' });
  }
  const { stdout } = await runScore({
    file: pathFrom(io, file),
    format,
    unknown: unknownMode(flags.unknown),
    ...(asOf === undefined ? {} : { asOf }),
  });
  await printReport(stdout, io);
  return 0;
}
