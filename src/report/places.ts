/** Evidence as places in files. */
import type { Evidence, EvidenceId } from '../model/graph.ts';
import type { Report } from '../model/report.ts';

/** Looks places up: of ids to evidence, in the order given, each line and column once. */
export type PlaceLookup = (ids: readonly EvidenceId[]) => readonly Evidence[];

/** A lookup over the evidence of a report. */
export function placesIn({ evidence }: Pick<Report, 'evidence'>): PlaceLookup {
  const byId = new Map(evidence.map((one) => [one.id, one]));
  return (ids) => {
    const found = new Map<string, Evidence>();
    for (const id of ids) {
      const place = byId.get(id);
      if (!place) continue;
      const key = `${place.path}\n${place.line}:${place.column}`;
      if (!found.has(key)) found.set(key, place);
    }
    return [...found.values()];
  };
}
