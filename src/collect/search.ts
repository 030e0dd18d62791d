/** A second, cheap pass over files that hold no catalog word: which of them mention one of some names. */
import type { Collected } from '../model/collected.ts';
import { createPrefilter } from './prefilter.ts';

const SOURCE = 'source/';

/** Finds source files that hold one of the words, among those the first pass found no catalog word in. */
export function searchIn(collected: Collected): (words: readonly string[]) => readonly string[] {
  return (words) => {
    const filter = createPrefilter(words.map((word) => word.toLowerCase()));
    return collected.files
      .filter((file) => !file.hit && file.detector.startsWith(SOURCE))
      .flatMap(({ path }) => (holds(collected, path, filter) ? [path] : []));
  };
}

function holds(collected: Collected, path: string, filter: ReturnType<typeof createPrefilter>): boolean {
  try {
    const bytes = Buffer.from(collected.text(path));
    return filter.matches(bytes, bytes.length);
  } catch {
    // A file that vanished meanwhile is named when it is asked for; here it mentions nothing.
    return false;
  }
}
