// https://docs.npmjs.com/cli/v11/configuring-npm/package-json
import type { Manifest, Observed, PackageEntry } from '../../model/observed.ts';
import type { Expr } from '../../model/source.ts';
import { parseJson } from '../../parse/json.ts';
import { trouble } from '../../parse/parsed.ts';
import { entriesOf, leavesOf, textOf, textsOf, valueAt } from '../../parse/record.ts';
import { redacted } from '../../parse/secret.ts';
import { defineDetector } from '../../plugin.ts';

const GROUPS = {
  dependencies: 'runtime',
  devDependencies: 'dev',
  peerDependencies: 'peer',
  optionalDependencies: 'optional',
} as const satisfies Record<string, PackageEntry['group']>;

/** Fields that name one entry file each. */
const ENTRY_FIELDS = ['main', 'module', 'types', 'typings'];

export default defineDetector({
  id: 'manifest/npm',
  docs: 'https://docs.npmjs.com/cli/v11/configuring-npm/package-json',
  kinds: ['package.json'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }) => readManifest(text),
});

function readManifest(text: string): Observed {
  const parsed = parseJson(text);
  const root = parsed.documents[0];
  if (root?.kind !== 'record') return trouble(parsed);
  return { manifest: manifestOf(root), packages: packagesOf(root), ...trouble(parsed) };
}

function manifestOf(root: Expr): Manifest {
  const name = textOf(valueAt(root, 'name'));
  const workspaces = valueAt(root, 'workspaces');
  return {
    ecosystem: 'npm',
    ...(name === undefined ? {} : { name }),
    workspaces: textsOf(workspaces?.kind === 'record' ? valueAt(workspaces, 'packages') : workspaces),
    entries: [...new Set(entryFilesOf(root))],
    aliases: aliasesOf(valueAt(root, 'imports')),
  };
}

/** What an import of the package itself can name; `exports` has sub-paths when its keys start with a dot. */
function entryFilesOf(root: Expr): readonly string[] {
  return entriesOf(root).flatMap(({ key, value }) => {
    if (ENTRY_FIELDS.includes(key)) return textsOf(value);
    if (key !== 'exports') return [];
    const hasPaths = entriesOf(value).some((entry) => entry.key.startsWith('.'));
    return leavesOf(hasPaths ? valueAt(value, '.') : value);
  });
}

/** Without a prototype: `__proto__` in a file is a name like any other. */
function aliasesOf(imports: Expr | undefined): Manifest['aliases'] {
  const aliases: Record<string, readonly string[]> = Object.create(null);
  for (const { key, value } of entriesOf(imports)) if (key.startsWith('#')) aliases[key] = leavesOf(value);
  return aliases;
}

function packagesOf(root: Expr): readonly PackageEntry[] {
  return entriesOf(root).flatMap(({ key, value }) => {
    const group = Object.entries(GROUPS).find(([field]) => field === key)?.[1];
    if (!group) return [];
    return entriesOf(value).flatMap((entry): readonly PackageEntry[] => {
      const range = textOf(entry.value);
      if (range === undefined) return [];
      // The address of a private repository may hold a token.
      return [{ ecosystem: 'npm', name: entry.key, version: redacted(range), group, at: entry.at }];
    });
  });
}
