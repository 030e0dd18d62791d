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

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
