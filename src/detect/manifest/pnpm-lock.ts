// https://github.com/pnpm/spec/blob/master/lockfile/9.0.md
import type { PackageEntry } from '../../model/observed.ts';
import { type Line, linesOf, withoutMark } from '../../parse/position.ts';
import { defineDetector } from '../../plugin.ts';

const SECTION = /^(?:dependencies|devDependencies|optionalDependencies)$/;
const KEY = /^( *)(?:'([^']+)'|"([^"]+)"|([^\s'"#:][^:]*)):(?: +(.*))?$/;

/** The name whose version is still to come, in the form of version 6 and later. */
interface Waiting {
  readonly name: string;
  readonly line: Line;
  readonly column: number;
}

/** Where the scan stands: depth of the section that is read, or none. */
interface Place {
  /** Indent of the names in the section at hand; absent outside of one. */
  names?: number;
  inImporters: boolean;
  waiting?: Waiting;
}

export default defineDetector({
  id: 'manifest/pnpm-lock',
  docs: 'https://github.com/pnpm/spec/blob/master/lockfile/9.0.md',
  kinds: ['pnpm-lock.yaml'],
  cap: 32_000_000,
  always: true,
  version: 1,
  observe: ({ text }) => ({ packages: readLock(withoutMark(text)) }),
});

/** What the importers pin; below them stand only the packages of packages, so the scan ends there. */
function readLock(text: string): readonly PackageEntry[] {
  const found: PackageEntry[] = [];
  const place: Place = { inImporters: false };
  for (const line of linesOf(text)) {
    const key = KEY.exec(line.text);
    if (!key) continue;
    const indent = key[1]?.length ?? 0;
    const name = key[2] ?? key[3] ?? key[4] ?? '';
    if (indent === 0 && (name === 'packages' || name === 'snapshots')) break;
    const entry = step(place, { indent, name, value: key[5] ?? '', line });
    if (entry) found.push(entry);
  }
  return found;
}

interface Step {
  readonly indent: number;
  readonly name: string;
  readonly value: string;
  readonly line: Line;
}

function step(place: Place, { indent, name, value, line }: Step): PackageEntry | undefined {
  if (place.names !== undefined && indent < place.names) delete place.names;
  if (indent === 0) place.inImporters = name === 'importers';
  if (place.names === undefined) {
    const depth = place.inImporters ? 4 : 0;
    if (indent === depth && SECTION.test(name)) place.names = depth + 2;
    return undefined;
  }
  if (indent === place.names) {
    place.waiting = { name, line, column: indent + 1 };
    return value ? pin(place.waiting, value, line) : undefined;
  }
  return name === 'version' && place.waiting ? pin(place.waiting, value, line) : undefined;
}

/** Links and archives have no version of a registry. */
function pin({ name, line, column }: Waiting, value: string, end: Line): PackageEntry | undefined {
  const version = versionOf(value.trim().replace(/^(['"])(.*)\1$/, '$2'));
  if (version === undefined) return undefined;
  const at = { line: line.number, column, endLine: end.number, endColumn: end.text.trimEnd().length + 1 };
  return { ecosystem: 'npm', name, version, group: 'locked', at };
}

/** `4.2.0`, `4.2.0(zod@3.23.8)`, `4.2.0_zod@3.23.8`, and for an alias `openai@4.2.0` or `/openai@4.2.0`. */
function versionOf(written: string): string | undefined {
  const bare = written.replace(/[(_].*$/, '');
  return /^(?:\/?(?:@[^/@]+\/)?[^/@:]+[@/])?(\d[^/:@]*)$/.exec(bare)?.[1];
}
