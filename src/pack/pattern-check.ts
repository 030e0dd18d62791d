import { OTHER, PatternError, type PatternNode, parsePattern } from './pattern-syntax.ts';

/** No host name and no model id is longer; longer texts are never matched at all. */
export const MATCH_LIMIT = 256;
const FUEL = 150_000;
// Beyond the ASCII rest: a character that a pattern hardly ever allows, so that the match must fail at the very end.
const STOPPER = '\u0001';

/** Why a pattern may not stand in a pack, or undefined when it is safe: it compiles, and no short text makes it crawl. */
export function patternProblem(pattern: string): string | undefined {
  try {
    const node = parsePattern(pattern);
    new RegExp(pattern, 'i');
    refuseNestedRepeats(node, false);
    for (const text of pumpTexts(node)) {
      if (matchingWork(node, text) >= FUEL) return 'matching it can take very long: two parts of it can match the same text';
    }
    return undefined;
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    return error instanceof SyntaxError ? error.message : 'not understood';
  }
}

function refuseNestedRepeats(node: PatternNode, repeated: boolean): void {
  if (node.kind === 'repeat') {
    const endless = node.max > MATCH_LIMIT;
    if (endless && repeated) throw new PatternError('a repetition inside a repetition is not allowed');
    refuseNestedRepeats(node.of, repeated || node.max > 1);
  } else if (node.kind === 'sequence') {
    for (const item of node.items) refuseNestedRepeats(item, repeated);
  } else if (node.kind === 'choice') {
    for (const item of node.of) refuseNestedRepeats(item, repeated);
  }
}

/** Texts that make a bad pattern try every way to cut them: samples of its parts over and over, then a stop. */
export function* pumpTexts(node: PatternNode, length: number = MATCH_LIMIT): Generator<string> {
  const favourite = favouriteCode(node);
  const whole = sample(node, favourite);
  const seen = new Set<string>();
  for (const part of partsOf(node)) {
    const unit = sample(part, favourite);
    if (unit === '' || seen.has(unit)) continue;
    seen.add(unit);
    const pumped = unit.repeat(Math.floor(length / unit.length));
    yield pumped + STOPPER;
    yield (whole + pumped).slice(0, length) + STOPPER;
  }
}

function partsOf(root: PatternNode): readonly PatternNode[] {
  const parts: PatternNode[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    parts.push(node);
    if (node.kind === 'repeat') open.push(node.of);
    if (node.kind === 'choice') {
      open.push(...node.of);
      parts.push({ kind: 'sequence', items: node.of });
    }
    if (node.kind === 'sequence') open.push(...node.items);
  }
  return parts;
}

/** The character that most sets of the pattern allow: where parts overlap, they overlap here. */
function favouriteCode(root: PatternNode): number {
  const votes = new Uint32Array(OTHER + 1);
  for (const part of partsOf(root)) {
    if (part.kind === 'set')
      for (let code = 33; code < OTHER; code += 1) votes[code] = (votes[code] ?? 0) + (part.codes[code] ?? 0);
  }
  return votes.indexOf(Math.max(...votes));
}

function sample(node: PatternNode, favourite: number): string {
  if (node.kind === 'set') {
    const code = node.codes[favourite] ? favourite : node.codes.indexOf(1);
    return code < 0 ? '' : String.fromCharCode(code);
  }
  if (node.kind === 'sequence')
    return node.items
      .map((item) => sample(item, favourite))
      .join('')
      .slice(0, MATCH_LIMIT);
  if (node.kind === 'choice') return node.of[0] ? sample(node.of[0], favourite) : '';
  return sample(node.of, favourite)
    .repeat(Math.min(Math.max(node.min, 1), 8))
    .slice(0, MATCH_LIMIT);
}

/** Backtracks as RegExp does over a whole text and counts its steps; stops counting where a scan would not wait any longer. */
export function matchingWork(root: PatternNode, text: string): number {
  let work = 0;
  const run = (node: PatternNode, at: number, then: (at: number) => boolean): boolean => {
    work += 1;
    if (work >= FUEL) return true;
    if (node.kind === 'set') return at < text.length && node.codes[Math.min(text.charCodeAt(at), OTHER)] === 1 && then(at + 1);
    if (node.kind === 'choice') return node.of.some((item) => run(item, at, then));
    if (node.kind === 'sequence') {
      const step = (index: number, from: number): boolean => {
        const item = node.items[index];
        return item === undefined ? then(from) : run(item, from, (next) => step(index + 1, next));
      };
      return step(0, at);
    }
    const again = (count: number, from: number): boolean =>
      (count < node.max && run(node.of, from, (next) => (next > from || count < node.min) && again(count + 1, next))) ||
      (count >= node.min && then(from));
    return again(0, at);
  };
  run(root, 0, (at) => at === text.length);
  return work;
}
