import { type PatternNode, parsePattern } from './pattern-syntax.ts';

const MAX_TEXTS = 64;

interface Ends {
  readonly texts: readonly string[];
  /** The texts are all there is to the node. */
  readonly exact: boolean;
}

/** Every literal text the pattern can end with, lower case; [''] where nothing is fixed. */
export function fixedSuffixes(pattern: string): readonly string[] {
  return endsOf(parsePattern(pattern)).texts;
}

function endsOf(node: PatternNode): Ends {
  if (node.kind === 'set')
    return node.literal === undefined ? { texts: [''], exact: false } : { texts: [node.literal.toLowerCase()], exact: true };
  if (node.kind === 'choice') {
    const ends = node.of.map(endsOf);
    const texts = [...new Set(ends.flatMap((end) => end.texts))];
    return texts.length > MAX_TEXTS ? { texts: [''], exact: false } : { texts, exact: ends.every((end) => end.exact) };
  }
  if (node.kind === 'repeat') {
    const inner = endsOf(node.of);
    if (node.min === 1 && node.max === 1) return inner;
    if (node.min === 0 && node.max === 1 && inner.exact) return { texts: [...inner.texts, ''], exact: true };
    return { texts: node.min > 0 ? inner.texts : [''], exact: false };
  }
  let texts: readonly string[] = [''];
  for (const item of node.items.toReversed()) {
    const ends = endsOf(item);
    const crossed = ends.texts.flatMap((head) => texts.map((tail) => head + tail));
    if (crossed.length > MAX_TEXTS) return { texts, exact: false };
    texts = crossed;
    if (!ends.exact) return { texts, exact: false };
  }
  return { texts, exact: true };
}

/** Literal runs that every match holds, lower case, in the order of the pattern. */
export function requiredRuns(pattern: string): readonly string[] {
  return runsOf(parsePattern(pattern));
}

function runsOf(root: PatternNode): readonly string[] {
  const runs: string[] = [];
  let run = '';
  const close = (): void => {
    if (run !== '') runs.push(run);
    run = '';
  };
  const visit = (node: PatternNode): void => {
    if (node.kind === 'set' && node.literal !== undefined) run += node.literal.toLowerCase();
    else if (node.kind === 'sequence') for (const item of node.items) visit(item);
    else if (node.kind === 'repeat' && node.min > 0) {
      visit(node.of);
      if (node.max > 1) close();
    } else close();
  };
  visit(root);
  close();
  return runs;
}

/** Texts of which every match holds one, lower case, the longest there are; none where nothing is fixed. */
export function tellingTexts(pattern: string): readonly string[] {
  return tellingOf(parsePattern(pattern));
}

function tellingOf(node: PatternNode): readonly string[] {
  const single = runsOf(node).map((run) => [run]);
  const choices = (node.kind === 'sequence' ? node.items : [node]).flatMap((item) => {
    const texts = item.kind === 'choice' ? item.of.map(tellingOf) : [];
    return texts.length > 0 && texts.every(({ length }) => length > 0) ? [texts.flat()] : [];
  });
  const shortest = (texts: readonly string[]): number => Math.min(...texts.map(({ length }) => length));
  const [best = []] = [...single, ...choices].toSorted((left, right) => shortest(right) - shortest(left));
  return best;
}
