import { UserError } from '../errors.ts';
import { type AuditFlags, pathFrom } from './flags.ts';
import type { Io } from './io.ts';

/** Where a report goes. */
export interface Output {
  readonly format: string;
  /** Absolute; absent: stdout. */
  readonly path?: string;
  /** As the user wrote it. */
  readonly shown: string;
}

/** All places the report goes to. stdout gets `--format` (default table) unless some `-o <format>=-` claims it. */
export function outputsOf({ format, output = [] }: Pick<AuditFlags, 'format' | 'output'>, io: Io): readonly Output[] {
  const named = output.map((text) => parseOutput(text, io));
  const toStdout = named.filter(({ path }) => path === undefined);
  const claims = toStdout.length + (format === undefined ? 0 : 1);
  if (claims > 1) throw new UserError('two reports are asked for on stdout', { hint: 'keep one of --format and -o <format>=-' });
  const paths = named.flatMap(({ path, shown }) => (path === undefined ? [] : [{ path, shown }]));
  const doubled = paths.find(({ path }, index) => paths.findIndex((other) => other.path === path) < index);
  if (doubled) throw new UserError(`-o ${doubled.shown}: two reports are asked for there`, { hint: 'give each its own file' });
  return toStdout.length === 1 ? named : [...named, { format: format ?? 'table', shown: 'stdout' }];
}

function parseOutput(text: string, io: Io): Output {
  const [, format, path] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (!format || !path) {
    throw new UserError(`-o ${text}: must be <format>=<path>`, {
      hint: 'for example -o json=ai-deps.json, or -o sarif=- for stdout',
    });
  }
  return path === '-' ? { format, shown: 'stdout' } : { format, path: pathFrom(io, path), shown: path };
}
