/** `ai-deps audit [path]`: runs the pipeline, writes its one report in every format asked for, and returns the exit code. */
import { setImmediate as rest } from 'node:timers/promises';
import { UserError } from '../errors.ts';
import type { Config } from '../model/config.ts';
import type { Report } from '../model/report.ts';
import type { Reporter } from '../plugin.ts';
import { type AuditFlags, asOfDate, cacheFolder, columnsOf, gateOf, homeOf, pathFrom, unknownMode, wantsColor } from './flags.ts';
import { auditedFolder } from './folder.ts';
import { type Io, tell } from './io.ts';
import { type Output, outputsOf } from './outputs.ts';
import { printError } from './print-error.ts';
import { printReport } from './print-report.ts';
import { progressFor } from './progress.ts';
import { verdictLines } from './verdict.ts';
import { writeFileWhole } from './write-file.ts';

export interface AuditArguments {
  /** The folder, as typed. */
  readonly path: string;
  readonly flags: AuditFlags;
}

/** Everything is checked before the tree is read: a typing error must not cost a scan. */
export async function runAudit({ path, flags }: AuditArguments, io: Io): Promise<number> {
  const root = auditedFolder(path, io);
  const outputs = outputsOf(flags, io);
  const reporters = await loadReporters(outputs);
  const gate = gateOf(flags);
  const options = {
    ...optionsOf(flags, root, io),
    gate,
    outputs: outputs.flatMap((output) => output.path ?? []),
  };
  const progress = await progressFor(flags, io);
  try {
    const { audit } = await import('../audit.ts');
    const report = await audit({ ...options, onProgress: progress.step });
    progress.end();
    const failures = await writeReports(report, { outputs, reporters, flags, io });
    for (const failure of failures) await printError(failure, io, flags);
    if (failures.length > 0) return 2;
    await conclude(report, { path, flags, io, isGated: () => isGated(gate, { root, flags, io }) });
    return report.exit.code;
  } finally {
    progress.end();
  }
}

function optionsOf(flags: AuditFlags, root: string, io: Io) {
  const home = homeOf(flags.home);
  const cacheDir = cacheFolder(flags, root, io.env);
  return {
    root,
    asOf: asOfDate(flags.asOf, io.env),
    unknown: unknownMode(flags.unknown),
    packs: (flags.rules ?? []).map((folder) => pathFrom(io, folder)),
    only: flags.only ?? [],
    disable: flags.disable ?? [],
    envFiles: (flags.envFile ?? []).map((file) => pathFrom(io, file)),
    strict: flags.strict ?? false,
    ...(home ? { home } : {}),
    ...(flags.config === undefined ? {} : { config: pathFrom(io, flags.config) }),
    ...(flags.revision === undefined ? {} : { revision: flags.revision }),
    ...(cacheDir === undefined ? {} : { cacheDir }),
  };
}

async function loadReporters(outputs: readonly Output[]): Promise<ReadonlyMap<string, Reporter>> {
  const { load } = await import('../report/formats.ts');
  const formats = [...new Set(outputs.map(({ format }) => format))];
  return new Map(await Promise.all(formats.map(async (format) => [format, await load(format)] as const)));
}

interface Target {
  readonly outputs: readonly Output[];
  readonly reporters: ReadonlyMap<string, Reporter>;
  readonly flags: AuditFlags;
  readonly io: Io;
}

/** Every output is tried, whatever became of the others. */
async function writeReports(report: Report, { outputs, reporters, flags, io }: Target): Promise<readonly UserError[]> {
  const failures: UserError[] = [];
  const release = io.holdInterrupts?.();
  for (const { format, path, shown } of outputs) {
    const color = path === undefined && wantsColor(flags, io);
    const text = reporters.get(format)?.render(report, { columns: columnsOf(io), color }) ?? '';
    try {
      if (path === undefined) await printReport(text, io);
      else writeFileWhole(path, text, shown);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.push(error);
    }
    // A waiting signal is handled when the program rests.
    await rest();
  }
  release?.();
  return failures;
}

interface Ending {
  readonly path: string;
  readonly flags: AuditFlags;
  readonly io: Io;
  readonly isGated: () => Promise<boolean>;
}

async function conclude(report: Report, { path, flags, io, isGated }: Ending): Promise<void> {
  const { escapeTerminal } = await import('../report/escape-terminal.ts');
  const wantsHint = io.isTTY.stderr && !flags.quiet && report.exit.code === 0 && report.findings.length > 0;
  if (wantsHint && !(await isGated())) {
    await tell(io, 'no gate is set: --max-score, --max-grade or --fail-on make a run fail when the risk is too high');
  }
  for (const line of verdictLines(report, path)) await tell(io, escapeTerminal(line));
}

/** Whether anything can make the run fail. The report says what tripped, not what was set. */
async function isGated(gate: Config['gate'], { root, flags, io }: { root: string; flags: AuditFlags; io: Io }): Promise<boolean> {
  const { loadConfig } = await import('../pack/config.ts');
  const { config } = await loadConfig(root, flags.config === undefined ? undefined : pathFrom(io, flags.config));
  return Object.keys({ ...config.gate, ...gate }).length > 0;
}
