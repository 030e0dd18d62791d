import type { Detector } from '../plugin.ts';

/** What collect needs to know of a detector. */
export type Selectable = Pick<Detector, 'id' | 'kinds' | 'cap' | 'always'>;

/** The detector of a file and the kind that selected it. */
export interface Selection {
  readonly detector: Selectable;
  readonly kind: string;
}

interface Wildcard extends Selection {
  readonly prefix: string;
  readonly suffix: string;
}

/** Compiles the kinds of all detectors into one lookup by file name: exact name, then prefix, then the longest extension. */
export function createSelector(detectors: readonly Selectable[]): (name: string) => Selection | undefined {
  const fixed = new Map<string, Selection>();
  const wildcards: Wildcard[] = [];
  for (const detector of [...detectors].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    for (const kind of detector.kinds) {
      const star = kind.indexOf('*');
      const selection = { detector, kind };
      if (star >= 0) wildcards.push({ ...selection, prefix: kind.slice(0, star), suffix: kind.slice(star + 1) });
      else if (!fixed.has(kind)) fixed.set(kind, selection);
    }
  }
  wildcards.sort((a, b) => b.kind.length - a.kind.length || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
  return (name) => {
    const folded = name.toLowerCase();
    return fixed.get(folded) ?? wildcards.find((wildcard) => fits(wildcard, folded)) ?? byExtension(fixed, folded);
  };
}

function fits({ prefix, suffix }: Wildcard, name: string): boolean {
  return name.length >= prefix.length + suffix.length && name.startsWith(prefix) && name.endsWith(suffix);
}

function byExtension(fixed: ReadonlyMap<string, Selection>, name: string): Selection | undefined {
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const selection = fixed.get(name.slice(dot));
    if (selection !== undefined) return selection;
  }
  return undefined;
}
