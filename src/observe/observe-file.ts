import type { SourceFile } from '../model/collected.ts';
import type { Observed, Vocabulary } from '../model/observed.ts';
import type { Detector } from '../plugin.ts';
import { cleanUnit } from './clean-unit.ts';
import { literalWords } from './literal-words.ts';
import { deepestNesting, longestLine } from './text-shape.ts';

/** Where observations of earlier runs may be kept; the same key always means the same observation. */
export interface ObservationStore {
  get(key: string): Observed | undefined;
  put(key: string, observed: Observed): void;
}

export interface ObserveTools {
  readonly detectors: readonly Detector[];
  readonly vocabulary: Vocabulary;
  readonly cache?: ObservationStore;
}

/** Lines of programs end far below this; what is longer was made by a bundler. */
const LONGEST_LINE = 10_000;
const DEEPEST_NESTING = 1000;
const MOST_PROBLEMS = 20;

/**
 * What the text of a file says, by the one detector its name selects. A pure function of text, kind and vocabulary, so an
 * observation kept under those is as good as a new one; `text` may be a function, called only where it is needed.
 */
export async function observeFile(
  file: Pick<SourceFile, 'detector' | 'kind' | 'sha256'>,
  text: string | (() => string),
  tools: ObserveTools,
): Promise<Observed> {
  const detector = tools.detectors.find(({ id }) => id === file.detector);
  if (detector === undefined) throw new Error(`no detector "${file.detector}"`);
  const key = `${file.sha256} ${file.kind} ${detector.id}@${detector.version}`;
  const known = tools.cache?.get(key);
  if (known !== undefined) return known;
  const source = { text: typeof text === 'string' ? text : text(), kind: file.kind };
  const observed = withoutSecrets(limitProblems(await run(detector, source, tools.vocabulary)), tools.vocabulary);
  tools.cache?.put(key, observed);
  return observed;
}

async function run(detector: Detector, source: { text: string; kind: string }, vocabulary: Vocabulary): Promise<Observed> {
  const { text, kind } = source;
  const isSource = detector.id.startsWith('source/');
  // A notebook is JSON: its lines are as long as its pictures, and its detector drops those.
  if (isSource && kind !== '.ipynb' && longestLine(text) > LONGEST_LINE) {
    return degrade('line-too-long', 'a line is longer than 10,000 characters: searched for words, not parsed');
  }
  if (deepestNesting(text) > DEEPEST_NESTING) {
    return degrade('parse-limited', 'brackets nest deeper than 1,000: searched for words, not parsed');
  }
  try {
    return await detector.observe(source, vocabulary);
  } catch (error) {
    // The message of a parser may quote the file, secrets included: only the kind of error is told.
    const name = error instanceof Error ? error.name : 'error';
    return degrade('parse-error', `${detector.id} could not read it (${name}): searched for words, not parsed`);
  }

  function degrade(reason: string, message: string): Observed {
    const problems = [{ reason, message }];
    return isSource ? { unit: literalWords(text, vocabulary), degraded: reason, problems } : { degraded: reason, problems };
  }
}

/** Nothing that looks like a key gets further than this. The other detectors see to it themselves, value by value. */
function withoutSecrets(observed: Observed, vocabulary: Vocabulary): Observed {
  return observed.unit ? { ...observed, unit: cleanUnit(observed.unit, vocabulary) } : observed;
}

function limitProblems(observed: Observed): Observed {
  const { problems } = observed;
  if (problems === undefined || problems.length <= MOST_PROBLEMS) return observed;
  return { ...observed, problems: problems.slice(0, MOST_PROBLEMS) };
}
