// https://classic.yarnpkg.com/lang/en/docs/yarn-lock/
import type { PackageEntry } from '../../model/observed.ts';
import { type Line, linesOf, withoutMark } from '../../parse/position.ts';
import { defineDetector } from '../../plugin.ts';

/** `openai@^4.0.0, openai@^4.1.0:` and `"openai@npm:^4.0.0":`; the name stands before the second @ of a scoped package. */
const HEADER = /^"?((?:@[^/@\s"]+\/)?[^/@\s",:]+)@.*:$/;
/** `version "4.2.0"` of version 1, `version: 4.2.0` of later ones. */
const VERSION = /^ {2}version(?::)? "?(\d[^\s"]*)"?\s*$/;
/** What a workspace of the tree itself is pinned to. */
const OWN = /^0\.0\.0-use\.local$/;

export default defineDetector({
  id: 'manifest/yarn-lock',
  docs: 'https://classic.yarnpkg.com/lang/en/docs/yarn-lock/',
  kinds: ['yarn.lock'],
  cap: 32_000_000,
  always: true,
  version: 1,
  observe: ({ text }) => ({ packages: readLock(withoutMark(text)) }),
});

function readLock(text: string): readonly PackageEntry[] {
  const found: PackageEntry[] = [];
  let header: { readonly name: string; readonly line: Line } | undefined;
  for (const line of linesOf(text)) {
    if (/^[^\s#]/.test(line.text)) {
      const name = HEADER.exec(line.text)?.[1];
      header = name ? { name, line } : undefined;
      continue;
    }
    const version = header && VERSION.exec(line.text)?.[1];
    if (!header || version === undefined || OWN.test(version)) continue;
    found.push({ ecosystem: 'npm', name: header.name, version, group: 'locked', at: between(header.line, line) });
  }
  return found;
}

function between(start: Line, end: Line): PackageEntry['at'] {
  const column = start.text.startsWith('"') ? 2 : 1;
  return { line: start.number, column, endLine: end.number, endColumn: end.text.trimEnd().length + 1 };
}
