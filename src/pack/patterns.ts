import { UserError } from '../errors.ts';
import type { TableName } from './compiled.ts';
import type { Entry } from './entries.ts';
import { patternProblem } from './pattern-check.ts';

const FIELDS: { readonly [K in TableName]?: readonly string[] } = {
  providers: ['hostPatterns'],
  families: ['pattern', 'open'],
};

/** Refuses an entry whose regular expressions do not compile or could hang a scan. */
export function refusePatterns(table: TableName, entry: Entry, shown: string): void {
  for (const field of FIELDS[table] ?? []) {
    const value = entry[field];
    const patterns = Array.isArray(value) ? value : [value];
    for (const [index, pattern] of patterns.entries()) {
      if (typeof pattern !== 'string') continue;
      const problem = patternProblem(pattern);
      if (problem === undefined) continue;
      throw new UserError(`${shown}: ${field}${Array.isArray(value) ? `.${index}` : ''}: ${problem}: ${pattern.slice(0, 120)}`, {
        hint: 'use literals, character classes, groups, "|" and one level of repetition; the pattern always covers the whole text',
      });
    }
  }
}
