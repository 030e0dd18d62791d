const KEY = 4;
const FILTER_BITS = 16;

/** Makes a test for texts that hold one of many lower-case words of four characters or more. Time is linear in the text. */
export function wordIndex(words: readonly string[]): (text: string) => boolean {
  const byStart = new Map<number, string[]>();
  // Most places of a text start no word: one look into a small table rules them out.
  const filter = new Uint8Array(1 << FILTER_BITS);
  let bucket: string[] = [];
  let last: number | undefined;
  for (const word of words) {
    const key = startKey(word, 0);
    // Sorted words that begin alike stand together.
    if (key !== last) {
      bucket = byStart.get(key) ?? [];
      byStart.set(key, bucket);
      filter[fold(key)] = 1;
      last = key;
    }
    bucket.push(word);
  }
  return (text) => {
    const lower = text.toLowerCase();
    for (let at = 0; at + KEY <= lower.length; at += 1) {
      const key = startKey(lower, at);
      if (filter[fold(key)] !== 1) continue;
      if (byStart.get(key)?.some((word) => lower.startsWith(word, at))) return true;
    }
    return false;
  };
}

/** The first four characters in one number; characters beyond Latin-1 may collide, the comparison tells them apart. */
function startKey(text: string, at: number): number {
  return text.charCodeAt(at) | (text.charCodeAt(at + 1) << 8) | (text.charCodeAt(at + 2) << 16) | (text.charCodeAt(at + 3) << 24);
}

function fold(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> (32 - FILTER_BITS);
}
