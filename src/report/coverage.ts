/** What was looked at and what was not, and what went wrong. */
import type { Collected } from '../model/collected.ts';
import type { Coverage, Report } from '../model/report.ts';

type States = ReadonlyMap<string, 'parsed' | 'degraded' | 'failed'>;

/** Every discovered file is screened, parsed, degraded, skipped or failed; a count that does not add up is a bug. */
export function coverageOf(collected: Collected, states: States, unknown: Readonly<Record<string, number>>): Coverage {
  const count = (wanted: string) => [...states.values()].filter((state) => state === wanted).length;
  const skipped = Object.values(collected.skipped).reduce((total, number) => total + number, 0);
  const failed = [
    ...collected.failed,
    ...[...states].flatMap(([path, state]) => (state === 'failed' ? [{ path, reason: 'unreadable' }] : [])),
  ];
  const screened = collected.discovered - count('parsed') - count('degraded') - skipped - failed.length;
  if (screened < 0) throw new Error(`coverage does not add up: ${collected.discovered} discovered, ${screened} screened`);
  return {
    discovered: collected.discovered,
    screened,
    parsed: count('parsed'),
    degraded: count('degraded'),
    skipped: collected.skipped,
    failed,
    excludedBy: collected.excludedBy,
    unknown,
  };
}

interface Trouble {
  readonly path?: string | undefined;
  readonly reason: string;
  readonly message: string;
}

/** Problems of all steps, sorted. */
export function problemsOf(...lists: readonly (readonly Trouble[])[]): Report['problems'] {
  return lists
    .flat()
    .map(({ path, reason, message }) => ({ ...(path === undefined ? {} : { path }), reason, message }))
    .sort((a, b) => byText(`${a.path ?? ''}\n${a.reason}\n${a.message}`, `${b.path ?? ''}\n${b.reason}\n${b.message}`));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
