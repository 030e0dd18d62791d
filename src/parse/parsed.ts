import type { Observed } from '../model/observed.ts';
import type { Expr, Span } from '../model/source.ts';

/** Nesting that is read; what lies deeper is unknown, so that whoever walks the result may recurse. */
export const MAX_DEPTH = 200;

/** Values that are read of one file: aliases and merges can make many of few bytes. */
export const MAX_NODES = 200_000;

/** What is said when a limit is met. */
export const LIMITS = {
  'too-deep': `nested deeper than ${MAX_DEPTH}; what lies below was not read`,
  'too-many-nodes': `more values than are read of one file (${MAX_NODES}); the rest was left out`,
} as const;

/** What was not understood, and where. */
export interface Problem {
  readonly reason: string;
  readonly message: string;
  readonly at?: Span;
}

/** A text as values with positions: what could be read, and why the rest could not. */
export interface Parsed {
  readonly documents: readonly Expr[];
  readonly degraded?: string;
  readonly problems: readonly Problem[];
}

/** Collects what went wrong; the first reason names the file, one problem is kept for each reason. */
export interface Complaints {
  add(problem: Problem): void;
  result(): Pick<Parsed, 'degraded' | 'problems'>;
}

/** Starts an empty list of complaints. */
export function complaints(): Complaints {
  const byReason = new Map<string, Problem>();
  return {
    add: (problem) => {
      if (!byReason.has(problem.reason)) byReason.set(problem.reason, problem);
    },
    result: () => {
      const problems = [...byReason.values()];
      const first = problems[0];
      return first ? { degraded: first.reason, problems } : { problems };
    },
  };
}

/** The part of a parse result that a detector hands on as it is. */
export function trouble({ degraded, problems }: Pick<Parsed, 'degraded' | 'problems'>): Pick<Observed, 'degraded' | 'problems'> {
  return { ...(degraded ? { degraded } : {}), ...(problems.length > 0 ? { problems } : {}) };
}
