// https://docs.conda.io/projects/conda/en/latest/user-guide/tasks/manage-environments.html#create-env-file-manually
import type { Observed, PackageEntry } from '../../model/observed.ts';
import type { Expr } from '../../model/source.ts';
import { trouble } from '../../parse/parsed.ts';
import { indexName, readRequirement } from '../../parse/pep508.ts';
import { valueAt } from '../../parse/record.ts';
import { defineDetector } from '../../plugin.ts';

/** `channel::name=1.2=build`, `name>=1.0` */
const MATCH_SPEC = /^\s*(?:[\w./-]{1,100}::)?([A-Za-z0-9][\w.-]{0,100})\s*(.{0,200})$/;
/** The language and its tools are no libraries. */
const TOOLS = new Set(['python', 'pip', 'nodejs']);

export default defineDetector({
  id: 'manifest/conda',
  docs: 'https://docs.conda.io/projects/conda/en/latest/user-guide/tasks/manage-environments.html',
  kinds: ['environment.yml', 'environment.yaml', 'conda.yml', 'conda.yaml'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }) => readEnvironment(text),
});

async function readEnvironment(text: string): Promise<Observed> {
  const { parseYaml } = await import('../../parse/yaml.ts');
  const parsed = parseYaml(text);
  const [root] = parsed.documents;
  const list = valueAt(root, 'dependencies');
  // Other tools have files of this name.
  if (list?.kind !== 'list') return trouble(parsed);
  const packages = list.items.flatMap((item) => (item.kind === 'text' ? condaPackage(item) : pipPackages(valueAt(item, 'pip'))));
  return { manifest: { ecosystem: 'pypi', workspaces: [], entries: [], aliases: {} }, packages, ...trouble(parsed) };
}

/** Libraries of Python have the same names in both worlds, but for a few. */
function condaPackage({ text, at }: Expr & { kind: 'text' }): readonly PackageEntry[] {
  const [, written = '', rest = ''] = MATCH_SPEC.exec(text) ?? [];
  const name = indexName(written);
  if (name === '' || TOOLS.has(name)) return [];
  const version = rest.trim().replace(/^=(?!=)([^=\s]+).*$/, '==$1');
  return [{ ecosystem: 'pypi', name, version, group: 'runtime', at }];
}

function pipPackages(list: Expr | undefined): readonly PackageEntry[] {
  return (list?.kind === 'list' ? list.items : []).flatMap((item): readonly PackageEntry[] => {
    const requirement = item.kind === 'text' && !item.text.startsWith('-') ? readRequirement(item.text) : undefined;
    return requirement ? [{ ecosystem: 'pypi', ...requirement, group: 'runtime', at: item.at }] : [];
  });
}
