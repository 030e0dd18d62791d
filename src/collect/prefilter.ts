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
  const needles = words.filter((word) => word !== '').map((word) => Buffer.from(word.toLowerCase(), 'utf8'));
  const { classes, width } = byteClasses(needles);
  const table = closeTransitions(buildTrie(needles, { classes, width }), width);
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

interface Alphabet {
  readonly classes: Uint8Array;
  readonly width: number;
}

function byteClasses(needles: readonly Uint8Array[]): Alphabet {
  const classes = new Uint8Array(256);
  let width = 1;
  for (const needle of needles) {
    for (const byte of needle) {
      if (classes[byte] !== 0) continue;
      classes[byte] = width;
      if (byte >= 0x61 && byte <= 0x7a) classes[byte - 0x20] = width;
      width++;
    }
  }
  return { classes, width };
}

/** Rows are addressed by their offset (state times width), 0 is the root and also "no transition": nothing leads to the root. */
function buildTrie(needles: readonly Uint8Array[], { classes, width }: Alphabet): Int32Array {
  const capacity = needles.reduce((total, needle) => total + needle.length, 1);
  const trie = new Int32Array(capacity * width);
  let next = width;
  for (const needle of needles) {
    let state = 0;
    for (let index = 0; index < needle.length && state !== FOUND; index++) {
      const slot = state + (classes[needle[index] ?? 0] ?? 0);
      const isLast = index === needle.length - 1;
      if (isLast) trie[slot] = FOUND;
      else if (trie[slot] === 0) {
        trie[slot] = next;
        next += width;
      }
      state = trie[slot] ?? 0;
    }
  }
  return trie.subarray(0, next);
}

/** Fills every missing transition with that of the longest proper suffix, breadth first. */
function closeTransitions(table: Int32Array, width: number): Int32Array {
  const suffix = new Int32Array(table.length / width);
  const queue: number[] = [0];
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0;
    const fallback = suffix[state / width] ?? 0;
    for (let symbol = 0; symbol < width; symbol++) {
      const target = table[state + symbol] ?? 0;
      const viaSuffix = state === 0 ? 0 : (table[fallback + symbol] ?? 0);
      if (target === 0) table[state + symbol] = viaSuffix;
      else if (target !== FOUND) {
        // A word that ends inside a longer path is found on the way: the suffix already leads to FOUND.
        if (viaSuffix === FOUND) table[state + symbol] = FOUND;
        else {
          suffix[target / width] = viaSuffix;
          queue.push(target);
        }
      }
    }
  }
  return table;
}
