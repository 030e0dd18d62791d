// https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile and https://python-poetry.org/docs/basic-usage/#installing-dependencies
import type { Observed, PackageEntry } from '../../model/observed.ts';
import { eachMember, isWhole, readString } from '../../parse/json-cursor.ts';
import { indexName } from '../../parse/pep508.ts';
import { type Line, linesOf, spansOf, withoutMark } from '../../parse/position.ts';
import { defineDetector } from '../../plugin.ts';

const FIELD = /^(name|version) = ["']([^"']{1,200})["']\s*$/;
/** The tree's own packages: pinned to a folder, not to a version. */
const OWN = /^source = \{ ?(?:editable|virtual|directory)\b/;

export default defineDetector({
  id: 'manifest/python-lock',
  docs: 'https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile',
  kinds: ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'pipfile.lock'],
  cap: 32_000_000,
  always: true,
  version: 1,
  observe: ({ text, kind }) =>
    kind === 'pipfile.lock' ? readPipfileLock(withoutMark(text)) : { packages: readLock(withoutMark(text)) },
});

interface Pin {
  readonly line: Line;
  name?: string;
  version?: { readonly text: string; readonly line: Line };
  isOwn: boolean;
}

/** uv, poetry, pdm and pip write the same: one `[[package]]` after the other, name and version first. */
function readLock(text: string): readonly PackageEntry[] {
  const found: PackageEntry[] = [];
  let pin: Pin | undefined;
  const close = () => {
    if (pin?.name && pin.version && !pin.isOwn) found.push(entryOf(pin.name, pin.version, pin.line));
    pin = undefined;
  };
  for (const line of linesOf(text)) {
    if (line.text.startsWith('[')) {
      close();
      if (/^\[\[packages?\]\]\s*$/.test(line.text)) pin = { line, isOwn: false };
      continue;
    }
    const field = pin && FIELD.exec(line.text);
    if (pin && OWN.test(line.text)) pin.isOwn = true;
    if (!pin || !field?.[2]) continue;
    if (field[1] === 'name') pin = { ...pin, name: field[2], line };
    else pin.version = { text: field[2], line };
  }
  close();
  return found;
}

function entryOf(name: string, version: NonNullable<Pin['version']>, { number }: Line): PackageEntry {
  const { number: endLine, text } = version.line;
  const at = { line: number, column: 1, endLine, endColumn: text.trimEnd().length + 1 };
  return { ecosystem: 'pypi', name: indexName(name), version: version.text, group: 'locked', at };
}

/** Pipenv writes JSON: `default` and `develop`, a name and `"version": "==1.2.3"` each. */
function readPipfileLock(text: string): Observed {
  const packages: PackageEntry[] = [];
  const spanOf = spansOf(text);
  const end = eachMember(text, 0, (section, { value: start }) => {
    if (section === '_meta') return undefined;
    return eachMember(text, start, (name, at) =>
      eachMember(text, at.value, (field, { value }) => {
        if (field !== 'version') return undefined;
        const version = readString(text, value);
        const exact = version && /^===?(.{1,100})$/.exec(version.text)?.[1];
        if (version && exact && indexName(name) !== '') {
          packages.push({
            ecosystem: 'pypi',
            name: indexName(name),
            version: exact,
            group: 'locked',
            at: spanOf(at.key, version.end),
          });
        }
        return version?.end;
      }),
    );
  });
  if (isWhole(text, end) || text.trim() === '') return { packages };
  const problem = {
    reason: 'syntax-error',
    message: 'no valid JSON to the end (a merge conflict?); the packages before it were read',
  };
  return { packages, degraded: problem.reason, problems: [problem] };
}
