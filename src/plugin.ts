import type { Observed, Vocabulary } from './model/observed.ts';
import type { Report } from './model/report.ts';

/** A file as a detector sees it: no path, no clock. `kind` is the pattern that selected it ('.ts', 'package.json'). */
export interface SourceText {
  readonly text: string;
  readonly kind: string;
}

/** Turns the text of one kind of file into what it says. Knows no provider. */
export interface Detector {
  /** Path under src/detect, e.g. `manifest/npm`. */
  readonly id: string;
  /** URL of the format's documentation. */
  readonly docs: string;
  /** What selects a file: an extension ('.ts'), a file name ('package.json') or a name prefix ('.env*'). Lower case; the longest match wins. */
  readonly kinds: readonly string[];
  /** Size cap in bytes; a larger file is skipped and named. */
  readonly cap: number;
  /** true: run on every such file; false: only where the file holds a catalog word or is asked for by name. */
  readonly always: boolean;
  /** Raised when the same bytes would give another result. */
  readonly version: number;
  /** Yields what the text says. May throw: the runner records a problem and keeps the file in the count. */
  observe(source: SourceText, vocabulary: Vocabulary): Observed | Promise<Observed>;
}

/** Writes the one report in one format. Pure. */
export interface Reporter {
  readonly id: string;
  render(report: Report, options: RenderOptions): string;
}

export interface RenderOptions {
  /** Width of the terminal in columns. */
  readonly columns: number;
  readonly color: boolean;
}

export function defineDetector(detector: Detector): Detector {
  return detector;
}

export function defineReporter(reporter: Reporter): Reporter {
  return reporter;
}
