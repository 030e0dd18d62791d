// https://pip.pypa.io/en/stable/reference/requirements-file-format/
import type { Observed, PackageEntry } from '../../model/observed.ts';
import { readRequirement } from '../../parse/pep508.ts';
import { type Line, linesOf, withoutMark } from '../../parse/position.ts';
import { redacted } from '../../parse/secret.ts';
import { defineDetector } from '../../plugin.ts';

const DEV = ['dev', 'test', 'lint', 'doc', 'ci'];
const DEV_KINDS = DEV.flatMap((word) => [
  `requirements-${word}.txt`,
  `requirements-${word}*.txt`,
  `requirements-${word}*.in`,
  `requirements_${word}*.txt`,
  `${word}-requirements*.txt`,
]);
/** `git+https://…#egg=name`, and an archive whose name says it. */
const FROM_URL = /^(?:-e\s+|--editable[ =]\s*)?((?:[a-z]{2,6}\+)?[a-z]{3,6}:\/\/\S+)/i;
const EGG = /[#&]egg=([A-Za-z0-9._-]+)/;

export default defineDetector({
  id: 'manifest/requirements',
  docs: 'https://pip.pypa.io/en/stable/reference/requirements-file-format/',
  kinds: ['requirements.txt', 'requirements.in', 'requirements*.txt', 'requirements*.in', '*requirements.txt', ...DEV_KINDS],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text, kind }) => readRequirements(withoutMark(text), DEV_KINDS.includes(kind) ? 'dev' : 'runtime'),
});

function readRequirements(text: string, group: PackageEntry['group']): Observed {
  const packages: PackageEntry[] = [];
  for (const { line, written } of logicalLines(text)) {
    const requirement = requirementOf(written);
    if (!requirement) continue;
    const column = line.text.length - line.text.trimStart().length + 1;
    const at = { line: line.number, column, endLine: line.number, endColumn: column + firstPart(line.text).length };
    packages.push({ ecosystem: 'pypi', ...requirement, group, at });
  }
  return { manifest: { ecosystem: 'pypi', workspaces: [], entries: [], aliases: {} }, packages };
}

/** Lines without comments; a backslash at the end goes on with the next one, as hashes do. */
function* logicalLines(text: string): Generator<{ line: Line; written: string }> {
  let first: Line | undefined;
  let written = '';
  for (const line of linesOf(text)) {
    const part = firstPart(line.text);
    const goesOn = part.endsWith('\\');
    first ??= line;
    // What goes on for pages is no requirement.
    if (written.length < 5000) written += goesOn ? `${part.slice(0, -1)} ` : part;
    if (goesOn) continue;
    yield { line: first, written: written.trim() };
    first = undefined;
    written = '';
  }
  if (first) yield { line: first, written: written.trim() };
}

/** A comment starts the line or stands behind a blank; the `#` of an address does not. */
function firstPart(line: string): string {
  const comment = line.search(/(?:^|\s)#/);
  return (comment < 0 ? line : line.slice(0, comment)).trim();
}

/** Options (`-r other.txt`, `--hash`, `--index-url`) name no package; what `-r` names is a file of its own. */
function requirementOf(written: string): { name: string; version: string } | undefined {
  const url = FROM_URL.exec(written)?.[1];
  if (url) {
    const name = EGG.exec(url)?.[1];
    return name === undefined ? undefined : readRequirement(`${name} @ ${redacted(url)}`);
  }
  return written.startsWith('-') ? undefined : readRequirement(written.replace(/\s--[a-z].*$/, ''));
}
