// https://pipenv.pypa.io/en/latest/pipfile.html
import type { Observed, PackageEntry } from '../../model/observed.ts';
import type { Expr } from '../../model/source.ts';
import { trouble } from '../../parse/parsed.ts';
import { indexName } from '../../parse/pep508.ts';
import { entriesOf, textOf, valueAt } from '../../parse/record.ts';
import { redacted } from '../../parse/secret.ts';
import { parseToml } from '../../parse/toml.ts';
import { defineDetector } from '../../plugin.ts';

/** Tables that hold no packages; every other one is a group. */
const OTHER_TABLES = new Set(['source', 'requires', 'scripts', 'pipenv', 'pipfile']);
const PLACES = ['git', 'file', 'path'];

export default defineDetector({
  id: 'manifest/pipfile',
  docs: 'https://pipenv.pypa.io/en/latest/pipfile.html',
  kinds: ['pipfile'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }) => readPipfile(text),
});

function readPipfile(text: string): Observed {
  const parsed = parseToml(text);
  const packages = entriesOf(parsed.documents[0]).flatMap(({ key, value }) => {
    if (OTHER_TABLES.has(key)) return [];
    // A quoted key may be empty; that names no package.
    const named = entriesOf(value).filter((entry) => indexName(entry.key) !== '');
    return named.map(
      (entry): PackageEntry => ({
        ecosystem: 'pypi',
        name: indexName(entry.key),
        version: versionOf(entry.value),
        group: groupOf(key),
        at: entry.at,
      }),
    );
  });
  return { manifest: { ecosystem: 'pypi', workspaces: [], entries: [], aliases: {} }, packages, ...trouble(parsed) };
}

function groupOf(table: string): PackageEntry['group'] {
  if (table === 'packages') return 'runtime';
  return table === 'dev-packages' ? 'dev' : 'optional';
}

function versionOf(value: Expr): string {
  const version = textOf(value) ?? textOf(valueAt(value, 'version'));
  const place = PLACES.map((key) => textOf(valueAt(value, key))).find((text) => text !== undefined);
  return redacted(version ?? place ?? '');
}
