import { editDistance } from '../errors.ts';

/** The known name with the fewest edits, if it is near enough to be meant. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const limit = Math.max(2, Math.floor(name.length / 3));
  let best: { name: string; edits: number } | null = null;
  for (const candidate of [...known].sort()) {
    // The length difference is a lower bound: long garbage costs nothing.
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const edits = editDistance(name, candidate);
    if (edits <= limit && (best === null || edits < best.edits)) best = { name: candidate, edits };
  }
  if (best !== null) return best.name;
  const tail = known.filter((candidate) => candidate.endsWith(`/${name}`));
  return tail[0] ?? null;
}
