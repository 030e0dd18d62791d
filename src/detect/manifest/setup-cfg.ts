// https://setuptools.pypa.io/en/latest/userguide/declarative_config.html
import type { Observed, PackageEntry } from '../../model/observed.ts';
import { readRequirement } from '../../parse/pep508.ts';
import { linesOf, withoutMark } from '../../parse/position.ts';
import { defineDetector } from '../../plugin.ts';

const SECTION = /^\[([^\]]{1,200})\]\s*$/;
const OPTION = /^([A-Za-z][\w. -]{0,100}?)\s*[=:]\s*(.*)$/;
const DEV_EXTRA = /^(?:dev|develop|tests?|testing|lint|docs?|typing|ci)$/i;

export default defineDetector({
  id: 'manifest/setup-cfg',
  docs: 'https://setuptools.pypa.io/en/latest/userguide/declarative_config.html',
  kinds: ['setup.cfg'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }) => readSetup(withoutMark(text)),
});

function readSetup(text: string): Observed {
  const packages: PackageEntry[] = [];
  let section = '';
  let group: PackageEntry['group'] | undefined;
  let name: string | undefined;
  for (const line of linesOf(text)) {
    const header = SECTION.exec(line.text)?.[1];
    if (header !== undefined) {
      section = header.trim();
      group = undefined;
    }
    // Lines of a value are indented; a name stands at the margin.
    const option = /^\S/.test(line.text) && header === undefined ? OPTION.exec(line.text) : undefined;
    if (option) {
      group = groupOf(section, (option[1] ?? '').trim());
      if (section === 'metadata' && option[1] === 'name') name = option[2]?.trim();
    }
    const written = option ? (option[2] ?? '') : /^\s/.test(line.text) ? line.text : '';
    if (group === undefined) continue;
    const start = line.text.length - written.trimStart().length + 1;
    const requirement = /^\s*[#;]/.test(written) ? undefined : readRequirement(written);
    const at = { line: line.number, column: start, endLine: line.number, endColumn: line.text.trimEnd().length + 1 };
    if (requirement) packages.push({ ecosystem: 'pypi', ...requirement, group, at });
  }
  // Where it only configures tools, the folder is no project.
  if (name === undefined && packages.length === 0) return {};
  const manifest = { ecosystem: 'pypi', ...(name ? { name } : {}), workspaces: [], entries: [], aliases: {} };
  return { manifest, packages };
}

/** Which packages an option lists, if any. */
function groupOf(section: string, option: string): PackageEntry['group'] | undefined {
  if (section === 'options.extras_require') return DEV_EXTRA.test(option) ? 'dev' : 'optional';
  if (section !== 'options') return undefined;
  if (option === 'install_requires') return 'runtime';
  return option === 'tests_require' ? 'dev' : undefined;
}
