import type { Collected, SkipReason } from '../model/collected.ts';
import { byCodePoint } from './code-point.ts';

/** The account of what was met: nothing is left out without a line here. */
export interface Ledger {
  /** Left out on purpose, by a rule of the user, an ignore file or a convention. */
  exclude(by: string): void;
  skip(path: string, reason: SkipReason): void;
  fail(path: string, reason: string): void;
  note(path: string, reason: string, message: string): void;
  /** How many entries have been skipped or failed so far. */
  entries(): number;
  close(): Pick<Collected, 'skipped' | 'excludedBy' | 'failed' | 'notes'>;
}

/** Notes of one reason beyond this many are counted, not listed: a tree of links must not fill the report. */
const NOTES_PER_REASON = 200;

const SKIP_MESSAGE: Readonly<Record<string, string>> = {
  symlink: 'symbolic links are not followed',
  'not-regular': 'neither a file nor a folder: not opened',
  'too-large': 'larger than the size limit of its format: not read',
  binary: 'holds bytes that are no text: not read',
  'unreadable-name': 'the name is not valid UTF-8: not opened (invalid bytes shown as U+FFFD)',
  'too-deep': 'nested deeper than 256 folders: not entered',
  'path-too-long': 'path longer than 4,096 bytes: not opened',
  'other-filesystem': 'lies on another file system: not entered',
};

/** An empty account. */
export function createLedger(): Ledger {
  const skipped = new Map<string, number>();
  const excludedBy = new Map<string, number>();
  const failed: { path: string; reason: string }[] = [];
  const notes: { path: string; reason: string; message: string }[] = [];
  let entries = 0;
  return {
    entries: () => entries,
    exclude: (by) => count(excludedBy, by),
    skip(path, reason) {
      entries++;
      count(skipped, reason);
      notes.push({ path, reason, message: SKIP_MESSAGE[reason] ?? reason });
    },
    fail(path, reason) {
      entries++;
      failed.push({ path, reason });
    },
    note: (path, reason, message) => notes.push({ path, reason, message }),
    close: () => ({
      skipped: sortedRecord(skipped),
      excludedBy: sortedRecord(excludedBy),
      failed: failed.sort((a, b) => byCodePoint(a.path, b.path) || byCodePoint(a.reason, b.reason)),
      notes: shortened(notes.sort((a, b) => byCodePoint(a.path, b.path) || byCodePoint(a.reason, b.reason))),
    }),
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** fromEntries defines own properties, so a key such as `__proto__` stays a key. */
function sortedRecord(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([a], [b]) => byCodePoint(a, b)));
}

function shortened(notes: readonly Collected['notes'][number][]): Collected['notes'] {
  const seen = new Map<string, number>();
  const kept = notes.filter(({ reason }) => {
    count(seen, reason);
    return (seen.get(reason) ?? 0) <= NOTES_PER_REASON;
  });
  const over = [...seen].filter(([, total]) => total > NOTES_PER_REASON).sort(([a], [b]) => byCodePoint(a, b));
  const rest = over.map(([reason, total]) => ({
    path: '.',
    reason,
    message: `and ${total - NOTES_PER_REASON} more of this kind`,
  }));
  return [...kept, ...rest];
}
