// https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
import type { Observed, PackageEntry } from '../../model/observed.ts';
import { eachMember, isWhole, readString } from '../../parse/json-cursor.ts';
import { spansOf, withoutMark } from '../../parse/position.ts';
import { defineDetector } from '../../plugin.ts';

const FOLDER = 'node_modules/';

interface Pin {
  readonly name: string;
  readonly version: string;
  readonly start: number;
  readonly end: number;
}

export default defineDetector({
  id: 'manifest/npm-lock',
  docs: 'https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json',
  kinds: ['package-lock.json', 'npm-shrinkwrap.json'],
  cap: 32_000_000,
  always: true,
  version: 1,
  observe: ({ text }) => readLock(withoutMark(text)),
});

function readLock(text: string): Observed {
  const current: Pin[] = [];
  const legacy: Pin[] = [];
  const end = eachMember(text, 0, (section, { value }) => {
    if (section === 'packages') return readPins(text, value, { nameOf: installedName, into: current });
    if (section === 'dependencies') return readPins(text, value, { nameOf: (name) => name, into: legacy });
    return undefined;
  });
  const spanOf = spansOf(text);
  // Version 2 writes both, the same packages twice.
  const pins = current.length > 0 ? current : legacy;
  const packages = pins.map(
    (pin): PackageEntry => ({
      ecosystem: 'npm',
      name: pin.name,
      version: pin.version,
      group: 'locked',
      at: spanOf(pin.start, pin.end),
    }),
  );
  if (isWhole(text, end) || text.trim() === '') return { packages };
  const problem = {
    reason: 'syntax-error',
    message: 'no valid JSON to the end (a merge conflict?); the packages before it were read',
  };
  return { packages, degraded: problem.reason, problems: [problem] };
}

/** Installed at the root or in a workspace, but not inside another package: those are what an import of our own code finds. */
function installedName(path: string): string | undefined {
  const folder = path.lastIndexOf(FOLDER);
  return folder >= 0 && folder === path.indexOf(FOLDER) ? path.slice(folder + FOLDER.length) : undefined;
}

interface Section {
  nameOf(key: string): string | undefined;
  readonly into: Pin[];
}

/** One pin for each member that has a name and a version; links to workspaces have none. */
function readPins(text: string, start: number, { nameOf, into }: Section): number {
  return eachMember(text, start, (key, at) => {
    const name = nameOf(key);
    if (!name) return undefined;
    return eachMember(text, at.value, (field, { value }) => {
      if (field !== 'version') return undefined;
      const version = readString(text, value);
      if (version && /^\d/.test(version.text)) into.push({ name, version: version.text, start: at.key, end: version.end });
      return version?.end;
    });
  });
}
