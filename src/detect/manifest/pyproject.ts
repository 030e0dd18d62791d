// https://packaging.python.org/en/latest/specifications/pyproject-toml/
import type { Manifest, Observed, PackageEntry } from '../../model/observed.ts';
import type { Entry, Expr } from '../../model/source.ts';
import { trouble } from '../../parse/parsed.ts';
import { indexName, readRequirement } from '../../parse/pep508.ts';
import { entriesOf, textOf, textsOf, valueAt } from '../../parse/record.ts';
import { redacted } from '../../parse/secret.ts';
import { parseToml } from '../../parse/toml.ts';
import { defineDetector } from '../../plugin.ts';

type Group = PackageEntry['group'];

/** Names of groups that only those who work on the project install. */
const DEV_GROUP =
  /(?:^|[-_])(?:dev|develop|development|tests?|testing|lint|linting|docs?|typing|types|ci|bench|benchmarks?|format|style)(?:$|[-_])/i;

export default defineDetector({
  id: 'manifest/pyproject',
  docs: 'https://packaging.python.org/en/latest/specifications/pyproject-toml/',
  kinds: ['pyproject.toml'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }) => readProject(text),
});

function readProject(text: string): Observed {
  const parsed = parseToml(text);
  const [root] = parsed.documents;
  const packages = [...standardPackages(root), ...poetryPackages(root)];
  const manifest = manifestOf(root);
  // Where it only configures tools, the folder is no project.
  const isProject = packages.length > 0 || manifest.name !== undefined || manifest.workspaces.length > 0;
  return { ...(isProject ? { manifest, packages } : {}), ...trouble(parsed) };
}

function manifestOf(root: Expr | undefined): Manifest {
  const name = textOf(valueAt(root, 'project', 'name')) ?? textOf(valueAt(root, 'tool', 'poetry', 'name'));
  return {
    ecosystem: 'pypi',
    ...(name === undefined ? {} : { name }),
    workspaces: textsOf(valueAt(root, 'tool', 'uv', 'workspace', 'members')),
    entries: [],
    aliases: {},
  };
}

/** `project`, dependency groups, and the lists of uv and pdm: all write requirements as text. */
function standardPackages(root: Expr | undefined): readonly PackageEntry[] {
  const sources = new Map(entriesOf(valueAt(root, 'tool', 'uv', 'sources')).map(({ key, value }) => [indexName(key), value]));
  const listed = (value: Expr | undefined, group: Group) => requirementsIn(value, group, sources);
  const grouped = (value: Expr | undefined, other: Group) =>
    entriesOf(value).flatMap((entry) => listed(entry.value, groupOf(entry.key, other)));
  return [
    ...listed(valueAt(root, 'project', 'dependencies'), 'runtime'),
    ...grouped(valueAt(root, 'project', 'optional-dependencies'), 'optional'),
    ...grouped(valueAt(root, 'dependency-groups'), 'optional'),
    ...listed(valueAt(root, 'tool', 'uv', 'dev-dependencies'), 'dev'),
    ...grouped(valueAt(root, 'tool', 'pdm', 'dev-dependencies'), 'dev'),
  ];
}

function groupOf(name: string, other: Group): Group {
  return DEV_GROUP.test(name) ? 'dev' : other;
}

/** Texts are requirements; `{ include-group = … }` names a group that is read anyway. */
function requirementsIn(list: Expr | undefined, group: Group, sources: ReadonlyMap<string, Expr>): readonly PackageEntry[] {
  return (list?.kind === 'list' ? list.items : []).flatMap((item): readonly PackageEntry[] => {
    const requirement = item.kind === 'text' ? readRequirement(item.text) : undefined;
    if (!requirement) return [];
    const version = requirement.version || sourceOf(sources.get(requirement.name));
    return [{ ecosystem: 'pypi', name: requirement.name, version, group, at: item.at }];
  });
}

/** Where a package comes from, if not from an index. */
function sourceOf(source: Expr | undefined): string {
  for (const key of ['git', 'url', 'path']) {
    const place = textOf(valueAt(source, key));
    if (place !== undefined) return redacted(key === 'git' ? `git+${place}` : place);
  }
  return valueAt(source, 'workspace') ? 'workspace' : '';
}

function poetryPackages(root: Expr | undefined): readonly PackageEntry[] {
  const poetry = valueAt(root, 'tool', 'poetry');
  const groups = entriesOf(valueAt(poetry, 'group')).flatMap(({ key, value }) => {
    const group = groupOf(key, valueAt(value, 'optional') ? 'optional' : 'runtime');
    return tableEntries(valueAt(value, 'dependencies'), group);
  });
  return [
    ...tableEntries(valueAt(poetry, 'dependencies'), 'runtime'),
    ...tableEntries(valueAt(poetry, 'dev-dependencies'), 'dev'),
    ...groups,
  ];
}

/** `name = "^1.0"`, `name = { version = …, optional = true }`, or a list of such for several Pythons. */
function tableEntries(table: Expr | undefined, group: Group): readonly PackageEntry[] {
  return entriesOf(table)
    .filter(({ key }) => key !== 'python' && indexName(key) !== '')
    .map((entry) => tableEntry(entry, group));
}

function tableEntry({ key, value, at }: Entry, group: Group): PackageEntry {
  const [first] = value.kind === 'list' ? value.items : [value];
  const written = textOf(first) ?? textOf(valueAt(first, 'version')) ?? sourceOf(first);
  const optional = valueAt(first, 'optional');
  const isOptional = optional?.kind === 'constant' && optional.value === true;
  return { ecosystem: 'pypi', name: indexName(key), version: redacted(written), group: isOptional ? 'optional' : group, at };
}
