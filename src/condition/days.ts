const DAY = 86_400_000;

/** Whole days from one ISO date to another; null where either is no date. */
export function daysBetween(from: string, to: string): number | null {
  const start = Date.parse(`${from}T00:00:00Z`);
  const end = Date.parse(`${to}T00:00:00Z`);
  return Number.isNaN(start) || Number.isNaN(end) ? null : Math.round((end - start) / DAY);
}

/** A date given as a month counts to its last day. */
export function lastDay(date: string): string {
  const month = /^(\d{4})-(\d{2})$/.exec(date);
  if (month === null) return date;
  const day = new Date(Date.UTC(Number(month[1]), Number(month[2]), 0));
  return Number.isNaN(day.getTime()) ? date : day.toISOString().slice(0, 10);
}

/** True for a real day written YYYY-MM-DD. */
export function isDay(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date);
}
