import { type Io, writeAll } from './io.ts';
import { writeError } from './write-file.ts';

/** Puts a report on stdout. A reader that has seen enough (`| head -1`) is no failure of ours. */
export async function printReport(text: string, io: Pick<Io, 'stdout'>): Promise<void> {
  try {
    await writeAll(io.stdout, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EPIPE' && code !== 'ERR_STREAM_DESTROYED') throw writeError(error, 'stdout');
  }
}
