/** The one list of evidence; everything else refers to its ids. */
import type { Evidence, EvidenceId } from '../model/graph.ts';
import type { How, Reading } from '../model/reading.ts';
import type { Location } from '../model/source.ts';
import { safeToken } from './redact.ts';

export interface Sighting {
  readonly at: Location;
  readonly token: string;
  readonly detector: string;
  readonly how: How;
  readonly confidence?: number;
}

export interface EvidenceBook {
  /** Records a place and returns its id: `path:line:column`, the same for the same token at the same place. */
  add(sighting: Sighting): EvidenceId;
  /** All of it, in a total order. */
  list(): readonly Evidence[];
  get(id: EvidenceId): Evidence | undefined;
}

export const CONFIDENCE: Readonly<Record<How, number>> = {
  literal: 1,
  constant: 0.9,
  'env-default': 0.9,
  config: 0.9,
  iac: 0.9,
  template: 0.9,
  'sdk-default': 0.9,
  declared: 0.9,
  unknown: 0.6,
};

/** An empty book. */
export function evidenceBook(): EvidenceBook {
  const byId = new Map<EvidenceId, Evidence>();
  const add = ({ at, token, detector, how, confidence }: Sighting): EvidenceId => {
    const text = safeToken(token);
    const base = `${at.path}:${at.line}:${at.column}`;
    for (let n = 1; ; n++) {
      const id = n === 1 ? base : `${base}~${n}`;
      const known = byId.get(id);
      if (known && known.token === text) return id;
      if (known) continue;
      const { path, line, column, endLine, endColumn } = at;
      byId.set(id, {
        id,
        path,
        line,
        column,
        endLine,
        endColumn,
        token: text,
        detector,
        how,
        confidence: confidence ?? CONFIDENCE[how],
      });
      return id;
    }
  };
  const list = () =>
    [...byId.values()].sort(
      (a, b) =>
        byText(a.path, b.path) ||
        a.line - b.line ||
        a.column - b.column ||
        a.endLine - b.endLine ||
        a.endColumn - b.endColumn ||
        byText(a.token, b.token),
    );
  return { add, list, get: (id) => byId.get(id) };
}

/** The place a reading stands: where its text is written. */
export function placeOf(reading: Reading | undefined): Location | undefined {
  return reading?.trail[0];
}

export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
