import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Rule } from '../../src/model/rule.ts';

const OTHER = ['catalog', 'schema', 'scenarios'];

/** The rules of the built-in pack, by id. */
export function builtInRules(): readonly Rule[] {
  const folders = readdirSync('rules', { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !OTHER.includes(entry.name),
  );
  return folders.flatMap(({ name }) =>
    readdirSync(`rules/${name}`).map((file) => ({
      ...parse(readFileSync(`rules/${name}/${file}`, 'utf8')),
      id: `${name}/${file.replace(/\.yml$/, '')}`,
    })),
  );
}
