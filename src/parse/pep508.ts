/** https://packaging.python.org/en/latest/specifications/dependency-specifiers/ */
import { redacted } from './secret.ts';

/** `name[extras] (>=1, <2) ; marker`, `name @ url`; the name as the index knows it. */
export interface Requirement {
  readonly name: string;
  /** As written, blanks taken out; the address where one is given; '' for any version. */
  readonly version: string;
}

const NAME = /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?)\s*(?:\[[^\]]{0,500}\])?\s*/;
const VERSION = /^\(?\s*((?:(?:[<>=!~]=?=?)\s*[^\s,;()]{1,100}\s*,?\s*){0,20})/;

/** Reads one requirement; undefined where none stands. */
export function readRequirement(written: string): Requirement | undefined {
  const name = NAME.exec(written);
  if (!name?.[1]) return undefined;
  const rest = written.slice(name[0].length);
  if (rest.startsWith('@')) {
    const url = /^@\s*(\S{1,2000})/.exec(rest)?.[1] ?? '';
    return { name: indexName(name[1]), version: redacted(url) };
  }
  // Behind a name stands a version, a marker, or nothing.
  if (rest !== '' && !/^[(<>=!~;,\s]/.test(rest)) return undefined;
  const version = VERSION.exec(rest)?.[1] ?? '';
  return { name: indexName(name[1]), version: version.replace(/\s+/g, '').replace(/,$/, '') };
}

/** The one spelling of a name: `Zope.Interface` is `zope-interface`. */
export function indexName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
