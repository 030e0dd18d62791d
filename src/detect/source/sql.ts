// https://www.iso.org/standard/76583.html
import type { Observed } from '../../model/observed.ts';
import { spansOf } from '../../parse/position.ts';
import { defineDetector } from '../../plugin.ts';

export default defineDetector({
  id: 'source/sql',
  docs: 'https://www.iso.org/standard/76583.html',
  kinds: ['.sql'],
  cap: 1_000_000,
  always: false,
  version: 1,
  observe: ({ text }) => readSql(text),
});

/** The whole file as one text: which functions it calls is found as in texts of any language. */
function readSql(text: string): Observed {
  const at = spansOf(text)(0, text.length);
  const strings = [{ text, role: 'operand' as const, block: 0, at }];
  const blocks = [{ parent: -1, kind: 'module' as const }];
  return { unit: { imports: [], exports: [], types: [], bindings: [], sites: [], blocks, strings, directives: [] } };
}
