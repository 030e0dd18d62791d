/** What a command has of the world around it: tests hand in their own. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  readonly isTTY: { readonly stdout: boolean; readonly stderr: boolean };
  /** Width of the terminal; absent: not known. */
  readonly columns?: number;
  /** From here on an interruption waits until the file being written is in place; returns how to go back to an immediate end. */
  readonly holdInterrupts?: () => () => void;
}

/** A stream as far as commands use it. */
export interface Sink {
  write(text: string, done: (error?: Error | null) => void): unknown;
}

/** The process itself. */
export function processIo(): Io {
  const { stdout, stderr } = process;
  // A reader that goes away (`| head -1`) is reported to each write; nobody else needs to hear of it.
  for (const stream of [stdout, stderr]) if (stream.listenerCount('error') === 0) stream.on('error', () => {});
  return {
    stdout,
    stderr,
    env: process.env,
    cwd: process.cwd(),
    isTTY: { stdout: stdout.isTTY === true, stderr: stderr.isTTY === true },
    ...(stdout.columns ? { columns: stdout.columns } : {}),
    holdInterrupts,
  };
}

const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

/** Outside of this the system ends the process at once: the audit is long, works without a pause, and has nothing to clean up. */
function holdInterrupts(): () => void {
  const listeners = SIGNALS.map(([signal, code]) => [signal, () => process.exit(code)] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}

/** Writes all of a text and waits until it is gone. */
export function writeAll(sink: Sink, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    sink.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Writes one line for people. A stderr that nobody reads is no reason to fail. */
export async function tell(io: Pick<Io, 'stderr'>, line: string): Promise<void> {
  await writeAll(io.stderr, `${line}\n`).catch(() => {});
}
