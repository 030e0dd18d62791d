/** Length of the longest line in UTF-16 code units; lines end at LF, CR or both. */
export function longestLine(text: string): number {
  let longest = 0;
  for (let start = 0; start <= text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    // Only a stretch longer than the longest so far is worth a look for the line ends of old Macs.
    if (end - start > longest) longest = Math.max(longest, longestBetween(text, start, end));
    start = end + 1;
  }
  return longest;
}

function longestBetween(text: string, from: number, to: number): number {
  let longest = 0;
  for (let start = from; start <= to; ) {
    const carriage = text.indexOf('\r', start);
    const end = carriage < 0 || carriage > to ? to : carriage;
    longest = Math.max(longest, end - start);
    start = end + 1;
  }
  return longest;
}

const OPENERS = new Set(['(', '[', '{'].map((bracket) => bracket.charCodeAt(0)));
const CLOSERS = new Set([')', ']', '}'].map((bracket) => bracket.charCodeAt(0)));
const QUOTE = '"'.charCodeAt(0);
const NEWLINE = '\n'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);

/**
 * Deepest nesting of brackets, text between double quotes on one line left out. A guess that needs no grammar: it only has
 * to warn before a recursive parser meets thousands of open brackets.
 */
export function deepestNesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === NEWLINE) isQuoted = false;
    else if (unit === QUOTE) isQuoted = !isQuoted;
    else if (unit === BACKSLASH && isQuoted) index++;
    else if (isQuoted || unit < 40 || (unit > 41 && unit < 91) || unit > 125) continue;
    else if (OPENERS.has(unit)) deepest = Math.max(deepest, ++depth);
    else if (CLOSERS.has(unit)) depth = Math.max(0, depth - 1);
  }
  return deepest;
}
