/** Files that were not read, by reason, and whatever else went wrong. */
import type { Report } from '../model/report.ts';

type Problem = Report['problems'][number];

export interface UnreadKind {
  readonly reason: string;
  /** Reads behind a number: `2 too large`. */
  readonly words: string;
  readonly count: number;
  /** As far as they are named. */
  readonly paths: readonly string[];
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['too-large', 'too large'],
  ['symlink', 'symbolic links'],
  ['not-regular', 'neither file nor folder'],
  ['unreadable-name', 'with a name that is no text'],
  ['too-deep', 'nested too deeply'],
  ['path-too-long', 'with too long a path'],
  ['other-filesystem', 'on another file system'],
  ['too-many', 'beyond the limit of entries'],
  ['vanished', 'removed meanwhile'],
  ['changed', 'changed meanwhile'],
]);

/** How many files were found and not read. */
export function unreadCount({ coverage }: Pick<Report, 'coverage'>): number {
  return Object.values(coverage.skipped).reduce((total, count) => total + count, 0) + coverage.failed.length;
}

/** The kinds of unread files, the most frequent first. */
export function unreadKinds({ coverage, problems }: Pick<Report, 'coverage' | 'problems'>): readonly UnreadKind[] {
  const counts = new Map(Object.entries(coverage.skipped));
  const paths = new Map<string, Set<string>>();
  const name = (reason: string, path: string) => paths.set(reason, (paths.get(reason) ?? new Set()).add(path));
  for (const { path, reason } of coverage.failed) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
    name(reason, path);
  }
  // A problem at '.' counts others of its kind and names none.
  for (const { path, reason } of problems) if (counts.has(reason) && path !== undefined && path !== '.') name(reason, path);
  return [...counts]
    .filter(([, count]) => count > 0)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([reason, count]) => ({
      reason,
      words: WORDS.get(reason) ?? reason.replaceAll('-', ' '),
      count,
      paths: [...(paths.get(reason) ?? [])],
    }));
}

/** Problems that are not the account of an unread file. */
export function otherProblems({ coverage, problems }: Pick<Report, 'coverage' | 'problems'>): readonly Problem[] {
  const failed = new Set(coverage.failed.map(({ reason }) => reason));
  return problems.filter(({ reason }) => !Object.hasOwn(coverage.skipped, reason) && !failed.has(reason));
}
