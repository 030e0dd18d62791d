import type { AuditFlags } from './flags.ts';
import type { Io } from './io.ts';

/** Shows the step a run is at. */
export interface Progress {
  step(name: string, detail: string): void;
  /** Takes the line away again. */
  end(): void;
}

const CLEAR = '\r\u001b[K';
const SILENT: Progress = { step: () => {}, end: () => {} };

/** One line that is written over, for a person who waits; with `--debug` a line per step with its time; else nothing. */
export async function progressFor(flags: Pick<AuditFlags, 'quiet' | 'debug'>, io: Io): Promise<Progress> {
  const { escapeTerminal } = await import('../report/escape-terminal.ts');
  if (flags.debug) return timed(io, escapeTerminal);
  const isCi = io.env.CI !== undefined && io.env.CI !== '' && io.env.CI !== 'false';
  if (flags.quiet || isCi || !io.isTTY.stderr || io.env.TERM === 'dumb') return SILENT;
  const width = Math.max(20, (io.columns ?? 80) - 1);
  let isShown = false;
  return {
    step: (name, detail) => {
      isShown = true;
      io.stderr.write(`${CLEAR}${escapeTerminal(`${name}: ${detail}`).slice(0, width)}`, () => {});
    },
    end: () => {
      if (isShown) io.stderr.write(CLEAR, () => {});
      isShown = false;
    },
  };
}

function timed(io: Io, harmless: (text: string) => string): Progress {
  const start = performance.now();
  return {
    step: (name, detail) => {
      const elapsed = `${(performance.now() - start).toFixed(0)} ms`.padStart(9);
      io.stderr.write(`debug: ${elapsed}  ${harmless(`${name}: ${detail}`)}\n`, () => {});
    },
    end: () => {},
  };
}
