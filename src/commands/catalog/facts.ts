/** The single facts of the catalog: who says it, since when, and whether it weighs. */
import type { Provenance } from '../../model/surface.ts';
import type { Row } from './kinds.ts';

export interface Fact extends Provenance {
  readonly kind: string;
  readonly id: string;
  /** Path inside the entry; empty: the entry itself. */
  readonly field: string;
  /** It can move a score or raise a finding. */
  readonly weighs: boolean;
}

/** What decides a number, a country or a date. Everything else only helps to find or to name. */
const WEIGHING: Readonly<Record<string, RegExp>> = {
  provider: /^(?:$|hq|owner|retired|contracts|hostedOn|residency)/,
  cloud: /^(?:$|hq)/,
  region: /^/,
  'model family': /^$/,
  retirement: /^$/,
  'end of a service': /^$/,
  'inference scope': /^$/,
  feature: /^$/,
  package: /^(?:versions|compromised)/,
};

/** Every fact of an entry: its own provenance, then that of its parts. */
export function factsIn({ kind, id, entry }: Row): readonly Fact[] {
  const found: Fact[] = [];
  const visit = (value: unknown, field: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isSourced(value)) {
      const { source, date, verified } = value;
      found.push({ kind: kind.one, id, field, source, date, verified, weighs: WEIGHING[kind.one]?.test(field) ?? false });
    }
    for (const [key, child] of Object.entries(value)) visit(child, field === '' ? key : `${field}.${key}`);
  };
  visit(entry, '');
  return found;
}

/** Whether something states where it comes from. */
export function isSourced(value: object): value is Provenance {
  return 'source' in value && 'date' in value && 'verified' in value;
}

/** `verified 2026-11-20, source` or `unverified …`. */
export function provenanceWords({ source, date, verified }: Provenance): string {
  return `${verified ? 'verified' : 'unverified'}, ${date}: ${source}`;
}
