import type { Collected, SourceFile } from '../model/collected.ts';
import type { Observed } from '../model/observed.ts';
import type { Span } from '../model/source.ts';
import { type ObserveTools, observeFile } from './observe-file.ts';

/** How a file came out. */
export type FileState = 'parsed' | 'degraded' | 'failed';

export interface ObserveProblem {
  readonly path: string;
  readonly reason: string;
  readonly message: string;
  readonly at?: Span;
}

/** Observes files on demand and accounts for each one it was asked for. */
export interface Observer {
  /** undefined where no detector knows the file or it could not be read. */
  observe(path: string): Promise<Observed | undefined>;
  /** Path -> state of every file asked for, in the order of `Collected.files`. */
  states(): ReadonlyMap<string, FileState>;
  /** In the order of `Collected.files`, and of the text within a file. */
  problems(): readonly ObserveProblem[];
  /** Path -> milliseconds, for `--debug` alone; empty without a clock. */
  elapsed(): ReadonlyMap<string, number>;
}

interface Outcome {
  readonly state: FileState;
  readonly observed?: Observed;
  readonly problems: readonly ObserveProblem[];
}

/** Why the text of a file cannot be had any more, as `Collected.text` says it. */
const TEXT_MESSAGE: Readonly<Record<string, string>> = {
  vanished: 'removed while the audit ran',
  changed: 'changed while the audit ran',
  unreadable: 'could not be read again',
};

/** `clock` gives milliseconds; it never changes a result. */
export function createObserver(
  collected: Pick<Collected, 'files' | 'text'>,
  tools: ObserveTools,
  clock?: () => number,
): Observer {
  const files = new Map(collected.files.map((file) => [file.path, file]));
  const asked = new Map<string, Promise<Outcome>>();
  const outcomes = new Map<string, Outcome>();
  const elapsed = new Map<string, number>();
  const observeContent = createContentObserver(tools);
  return {
    async observe(path) {
      const file = files.get(path);
      if (file === undefined) return undefined;
      const outcome = asked.get(path) ?? settle(file);
      asked.set(path, outcome);
      return (await outcome).observed;
    },
    states: () => new Map(collected.files.flatMap(({ path }) => pairOf(path, outcomes.get(path)?.state))),
    problems: () => collected.files.flatMap(({ path }) => outcomes.get(path)?.problems ?? []),
    elapsed: () => elapsed,
  };

  async function settle(file: SourceFile): Promise<Outcome> {
    const start = clock?.() ?? 0;
    const outcome = await outcomeOf(file, () => observeContent(file, () => textOf(collected, file.path)));
    if (clock !== undefined) elapsed.set(file.path, clock() - start);
    outcomes.set(file.path, outcome);
    return outcome;
  }
}

async function outcomeOf({ path }: SourceFile, observe: () => Promise<Observed>): Promise<Outcome> {
  try {
    const observed = await observe();
    const problems = (observed.problems ?? []).map((problem) => ({ path, ...problem }));
    return { state: observed.degraded === undefined ? 'parsed' : 'degraded', observed, problems };
  } catch (error) {
    if (!(error instanceof TextGone)) throw error;
    return {
      state: 'failed',
      problems: [{ path, reason: error.message, message: TEXT_MESSAGE[error.message] ?? error.message }],
    };
  }
}

type ContentObserver = (file: SourceFile, text: () => string) => Promise<Observed>;

/** Copies of one content are observed once. A copy that cannot be read says nothing of the others. */
function createContentObserver(tools: ObserveTools): ContentObserver {
  const known = new Map<string, Promise<Observed>>();
  return async (file, text) => {
    const content = `${file.sha256} ${file.kind}`;
    const earlier = known.get(content);
    if (earlier !== undefined) {
      const observed = await earlier.catch(() => undefined);
      if (observed !== undefined) return observed;
    }
    const observed = observeFile(file, text, tools);
    known.set(content, observed);
    return observed;
  };
}

/** The message is the reason. */
class TextGone extends Error {}

function textOf(collected: Pick<Collected, 'text'>, path: string): string {
  try {
    return collected.text(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new TextGone(Object.hasOwn(TEXT_MESSAGE, reason) ? reason : 'unreadable');
  }
}

function pairOf(path: string, state: FileState | undefined): readonly (readonly [string, FileState])[] {
  return state === undefined ? [] : [[path, state]];
}
