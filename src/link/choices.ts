/** What a facet can be: each of its readings, or nothing given. */
import type { Reading } from '../model/reading.ts';

/** The name of a resource at its operator is no host. */
export function isHost({ text }: Reading): boolean {
  return text === undefined || /[.:/]/.test(text);
}

/** The readings that count: the known ones, else the first unknown; and none where the option may be absent. */
export function choices(readings: readonly Reading[] | undefined): readonly (Reading | undefined)[] {
  if (!readings?.length) return [undefined];
  const known = readings.filter((reading) => reading.text !== undefined && reading.text !== '');
  const absent = readings.some((reading) => reading.why === 'undefined') ? [undefined] : [];
  const left = known.length ? known : readings.filter((reading) => reading.why !== 'undefined').slice(0, 1);
  return [...absent, ...left];
}

/** Base and model of one record are meant together, those of two are not. */
export function goTogether(
  model: Reading | undefined,
  base: Reading | undefined,
  bases: readonly (Reading | undefined)[],
): boolean {
  const origins = model?.origins;
  if (!origins) return true;
  const meets = (reading: Reading | undefined) => reading?.origins?.some((origin) => origins.includes(origin)) ?? false;
  return base?.origins ? meets(base) : !bases.some(meets);
}
