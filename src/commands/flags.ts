/** Flags as the command line gives them -> what `audit` runs with. The only reader of clock and environment for it. */
import { isAbsolute, join, relative, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { Config } from '../model/config.ts';
import type { Severity } from '../model/rule.ts';
import { asJurisdictions, readCountry } from '../pack/countries.ts';
import { nearest } from '../pack/nearest.ts';
import { isDate } from '../score/portfolio-checks.ts';
import type { Io } from './io.ts';

/** Texts as typed; a repeatable flag is a list. */
export interface AuditFlags {
  readonly maxScore?: string;
  readonly maxGrade?: string;
  readonly failOn?: string;
  readonly strict?: boolean;
  readonly asOf?: string;
  readonly home?: readonly string[];
  readonly unknown?: string;
  readonly only?: readonly string[];
  readonly disable?: readonly string[];
  readonly rules?: readonly string[];
  readonly envFile?: readonly string[];
  readonly config?: string;
  readonly format?: string;
  readonly output?: readonly string[];
  readonly color?: boolean;
  readonly cache?: boolean;
  readonly revision?: string;
  readonly debug?: boolean;
  readonly quiet?: boolean;
}

const GRADES = ['A', 'B', 'C', 'D', 'F'] as const;
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const satisfies readonly Severity[];
const MODES = ['pessimistic', 'optimistic'] as const;

/** The limits given on the command line. */
export function gateOf({ maxScore, maxGrade, failOn }: AuditFlags): Config['gate'] {
  return {
    ...(maxScore === undefined ? {} : { maxScore: readScore(maxScore) }),
    ...(maxGrade === undefined ? {} : { maxGrade: oneOf('--max-grade', maxGrade.toUpperCase(), GRADES) }),
    ...(failOn === undefined ? {} : { failOn: oneOf('--fail-on', failOn, SEVERITIES) }),
  };
}

function readScore(text: string): number {
  const score = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (score <= 100) return score;
  throw new UserError(`--max-score ${text}: is no risk score`, { hint: 'a number from 0 (no risk) to 100' });
}

/** How nodes nobody could resolve are counted. */
export function unknownMode(text: string | undefined): (typeof MODES)[number] {
  return text === undefined ? 'pessimistic' : oneOf('--unknown', text, MODES);
}

function oneOf<W extends string>(flag: string, text: string, words: readonly W[]): W {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  const near = nearest(text, words);
  throw new UserError(`${flag} ${text}: no such value`, {
    hint: near ? `did you mean "${near}"?` : `one of ${words.join(', ')}`,
  });
}

/** `--home DE,CH` -> jurisdictions; undefined leaves it to the configuration. */
export function homeOf(lists: readonly string[] | undefined): readonly string[] | undefined {
  if (lists === undefined) return undefined;
  const codes = lists
    .flatMap((list) => list.split(','))
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const country = readCountry(text);
      if ('hint' in country) throw new UserError(`--home ${text.trim()}: is no country`, { hint: country.hint });
      return country.code;
    });
  return asJurisdictions(codes);
}

/** The day the audit speaks of: as told, else of SOURCE_DATE_EPOCH, else today in UTC. */
export function asOfDate(text: string | undefined, env: Io['env']): string {
  if (text !== undefined) {
    if (isDate(text)) return text;
    throw new UserError(`--as-of ${text}: is no date`, { hint: 'write it as YYYY-MM-DD' });
  }
  const epoch = env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return new Date().toISOString().slice(0, 10);
  // The last second that still has a year of four digits.
  if (/^\d{1,12}$/.test(epoch) && Number(epoch) <= 253_402_300_799) {
    return new Date(Number(epoch) * 1000).toISOString().slice(0, 10);
  }
  throw new UserError(`SOURCE_DATE_EPOCH=${epoch}: is no time`, { hint: 'seconds since 1970, or unset it' });
}

/** The folder of the cache; undefined without a home, where it is not wanted, and where it would be audited itself. */
export function cacheFolder(flags: Pick<AuditFlags, 'cache'>, root: string, env: Io['env']): string | undefined {
  if (flags.cache === false) return undefined;
  const base = [env.XDG_CACHE_HOME, env.HOME && join(env.HOME, '.cache')].find((path) => path && isAbsolute(path));
  if (!base) return undefined;
  const folder = join(base, 'ai-deps');
  const below = relative(root, folder);
  return below.startsWith('..') || isAbsolute(below) ? folder : undefined;
}

/** Whether stdout gets colours: the flag, then the environment, then what it is. */
export function wantsColor({ color }: Pick<AuditFlags, 'color'>, io: Io): boolean {
  if (color !== undefined) return color;
  const { NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM } = io.env;
  if (NO_COLOR) return false;
  const forced = FORCE_COLOR || CLICOLOR_FORCE;
  if (forced) return forced !== '0' && forced !== 'false';
  return io.isTTY.stdout && TERM !== 'dumb';
}

/** Columns to render for: the terminal's, else what COLUMNS says, else 80. */
export function columnsOf(io: Io): number {
  const told = Number.parseInt(io.env.COLUMNS ?? '', 10);
  return io.columns ?? (told >= 20 && told <= 1000 ? told : 80);
}

/** A path of the command line, made absolute. */
export function pathFrom(io: Pick<Io, 'cwd'>, path: string): string {
  return resolve(io.cwd, path);
}
