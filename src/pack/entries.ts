import { UserError } from '../errors.ts';
import type { TableName } from './compiled.ts';
import { DEFAULTS, OWN_PROVENANCE, SOURCED } from './defaults.ts';
import type { Place } from './layout.ts';

/** A validated mapping of a pack file. */
export type Entry = Readonly<Record<string, unknown>>;

/** Entries of one file, written out: head, defaults and silent fields filled in; or the id that the file removes. */
export function entriesOf(
  place: Place,
  data: Entry,
  shown: string,
): { readonly entries: readonly Entry[]; readonly removed?: string } {
  if (place.table === 'scoring') return { entries: [] };
  const table = place.table;
  if (place.entries === undefined) return single(place, data, shown);
  const head = place.head === undefined ? {} : { [place.head]: data[place.head] };
  if (place.head !== undefined && place.named !== undefined && data[place.head] !== place.named) {
    throw new UserError(`${shown}: ${place.head}: "${String(data[place.head])}" is not the file name`, {
      hint: `write ${place.head}: ${place.named}, or rename the file`,
    });
  }
  const shared = isRecord(data.defaults) ? data.defaults : {};
  const rows = Array.isArray(data[place.entries]) ? (data[place.entries] as unknown[]).filter(isRecord) : [];
  const where = (index: number) => `${place.entries}.${index}`;
  return { entries: rows.map((row, index) => complete(table, { ...shared, ...head, ...row }, `${shown}: ${where(index)}`)) };
}

function single(place: Place, data: Entry, shown: string): { readonly entries: readonly Entry[]; readonly removed?: string } {
  const { disabled, ...said } = data;
  const entry: Entry = { ...said, id: said.id ?? place.named };
  if (entry.id !== place.named) {
    throw new UserError(`${shown}: id: "${String(entry.id)}" is not what the path says`, {
      hint: `write id: ${place.named}, or move the file`,
    });
  }
  if (disabled === true) return { entries: [], removed: String(entry.id) };
  const folder = place.table === 'surfaces' ? place.named?.split('/')[0] : undefined;
  if (folder !== undefined && entry.language !== folder) {
    throw new UserError(`${shown}: language: "${String(entry.language)}" is not its folder`, {
      hint: `write language: ${folder}`,
    });
  }
  return { entries: place.table === 'scoring' ? [] : [complete(place.table, entry, shown)] };
}

function complete(table: TableName, entry: Entry, shown: string): Entry {
  if (!SOURCED.has(table)) return { ...DEFAULTS[table], ...entry };
  for (const field of ['source', 'date'] as const) {
    if (entry[field] === undefined) {
      throw new UserError(`${shown}: key "${field}" is missing`, {
        hint: `every fact needs a ${field}: here, or once under "defaults"`,
      });
    }
  }
  const full: Record<string, unknown> = { ...DEFAULTS[table], verified: false, ...entry };
  for (const field of OWN_PROVENANCE) {
    const fact = full[field];
    if (isRecord(fact)) full[field] = { verified: false, ...fact };
    if (Array.isArray(fact)) full[field] = fact.map((item) => ({ verified: false, ...item }));
  }
  if (table === 'providers' && Array.isArray(full.paths)) {
    full.paths = full.paths.map((path: Entry) => ({ distinctive: false, ...path }));
  }
  return full;
}

/** True for a mapping: an object that is no list. */
export function isRecord(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
