/** Tells whether bytes hold any word of a fixed list, in one pass over the bytes. */
export interface Prefilter {
  matches(bytes: Uint8Array, length: number): boolean;
}

/** Target of a transition that completes a word. */
const FOUND = -1;

/**
 * Aho-Corasick automaton over bytes, ASCII case folded. Bytes that stand in no word share one class, so a row of the table
 * is as wide as the alphabet of the words. The search stops at the first word.
 */
export function createPrefilter(words: readonly string[]): Prefilter {
  const needles = words
    .filter((word) => word !== '')
    .map((word) => bytesOf(word.toLowerCase()))
    .sort();
  const { classes, width } = byteClasses(needles);
  const table = tableOf(needles, classes, width);
  return {
    matches(bytes, length) {
      let state = 0;
      for (let index = 0; index < length; index++) {
        // Both indexes are in range by construction; the fallbacks only satisfy the type.
        state = table[state + (classes[bytes[index] ?? 0] ?? 0)] ?? 0;
        if (state === FOUND) return true;
      }
      return false;
    },
  };
}

/** One character a byte. */
function bytesOf(word: string): string {
  return /^[\0-\x7f]*$/.test(word) ? word : Buffer.from(word, 'utf8').toString('latin1');
}

function byteClasses(needles: readonly string[]): { readonly classes: Uint8Array; readonly width: number } {
  const classes = new Uint8Array(256);
  const joined = needles.join('');
  let width = 1;
  for (let byte = 0; byte < classes.length; byte++) {
    if (!joined.includes(String.fromCharCode(byte))) continue;
    classes[byte] = width;
    if (byte >= 0x61 && byte <= 0x7a) classes[byte - 0x20] = width;
    width++;
  }
  return { classes, width };
}

/**
 * The rows of all states, breadth first. A state is a run of sorted words that begin alike; it is addressed by the offset of
 * its row, 0 is the root. A row is that of the longest proper suffix, with the words of the state on top.
 */
function tableOf(needles: readonly string[], classes: Uint8Array, width: number): Int32Array {
  const most = needles.reduce((total, needle) => total + needle.length, 1);
  const table = new Int32Array(most * width);
  const from = new Int32Array(most);
  const to = new Int32Array(most);
  const suffix = new Int32Array(most);
  to[0] = needles.length;
  let made = 1;
  for (let state = 0, depth = 0, level = 1; state < made; state++) {
    if (state === level) {
      depth++;
      level = made;
    }
    const row = state * width;
    const base = suffix[state] ?? 0;
    if (state > 0) table.copyWithin(row, base, base + width);
    const end = to[state] ?? 0;
    for (let first = from[state] ?? 0, next = first; first < end; first = next) {
      const needle = needles[first] ?? '';
      const byte = needle.charCodeAt(depth);
      while (next < end && needles[next]?.charCodeAt(depth) === byte) next++;
      const slot = row + (classes[byte] ?? 0);
      const viaSuffix = state > 0 ? (table[slot] ?? 0) : 0;
      // A word that ends inside a longer path is found on the way, as is one that a suffix completes.
      if (needle.length === depth + 1 || viaSuffix === FOUND) table[slot] = FOUND;
      else {
        from[made] = first;
        to[made] = next;
        suffix[made] = viaSuffix;
        table[slot] = made * width;
        made++;
      }
    }
  }
  return table.subarray(0, made * width);
}
