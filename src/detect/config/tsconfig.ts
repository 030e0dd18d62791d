// https://www.typescriptlang.org/tsconfig/
import { posix } from 'node:path';
import type { Observed } from '../../model/observed.ts';
import type { Expr } from '../../model/source.ts';
import { parseJson } from '../../parse/json.ts';
import { trouble } from '../../parse/parsed.ts';
import { entriesOf, textOf, textsOf, valueAt } from '../../parse/record.ts';
import { defineDetector } from '../../plugin.ts';

/** The folder of the file that is asked, in paths a shared configuration hands down. */
const OWN_FOLDER = /^\$\{configDir\}\/?/;

export default defineDetector({
  id: 'config/tsconfig',
  docs: 'https://www.typescriptlang.org/tsconfig/',
  kinds: ['tsconfig.json', 'jsconfig.json', 'tsconfig*.json', 'jsconfig*.json'],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }) => readConfig(text),
});

/** Only what the file itself says: `extends` is handed on as written and never looked up among installed packages. */
function readConfig(text: string): Observed {
  const parsed = parseJson(text);
  const root = parsed.documents[0];
  const bases = textsOf(valueAt(root, 'extends'));
  const base = textOf(valueAt(root, 'compilerOptions', 'baseUrl'));
  const paths = valueAt(root, 'compilerOptions', 'paths');
  return {
    ...(paths?.kind === 'record' ? { paths: pathsOf(paths, base ?? '.') } : {}),
    ...(base === undefined ? {} : { pathsBase: relative('.', base) }),
    ...(bases.length > 0 ? { extends: bases } : {}),
    ...trouble(parsed),
  };
}

/** Without a prototype: `__proto__` in a file is a name like any other. */
function pathsOf(paths: Expr, base: string): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = Object.create(null);
  for (const { key, value } of entriesOf(paths)) found[key] = textsOf(value).map((target) => relative(base, target));
  return found;
}

function relative(base: string, target: string): string {
  if (OWN_FOLDER.test(target)) return posix.join('.', target.replace(OWN_FOLDER, ''));
  return posix.join(base.replace(OWN_FOLDER, './'), target);
}
