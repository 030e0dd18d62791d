/** The little language of claims.txt: one line, one thing that must hold of the report. */
import { readFileSync } from 'node:fs';
import type { Report } from '../../src/model/report.ts';
import { graphVerbs } from './graph-claims.ts';
import { inventoryVerbs } from './inventory-claims.ts';
import { numberVerbs } from './number-claims.ts';
import type { Verb } from './verb.ts';

/** One line of claims.txt. */
export interface Claim {
  /** As written, without the comment. */
  readonly text: string;
  readonly line: number;
}

const VERBS: ReadonlyMap<string, Verb> = new Map(
  Object.entries({ ...inventoryVerbs, ...graphVerbs, ...numberVerbs } satisfies Record<string, Verb>),
);

/** The claims of a file; `#` starts a comment, empty lines mean nothing. */
export function readClaims(file: string): readonly Claim[] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((text, index) => ({ text: text.replace(/(?:^|\s)#.*$/, '').trim(), line: index + 1 }))
    .filter(({ text }) => text !== '');
}

/** What is wrong with the claim, or undefined where it holds. A line that says nothing known is an error of its author. */
export function refute({ text, line }: Claim, report: Report): string | undefined {
  const words = text.split(/\s+/);
  const isDenied = words[0] === 'no';
  const [name = '', ...operands] = isDenied ? words.slice(1) : words;
  const verb = VERBS.get(name);
  if (!verb) throw new Error(`claims.txt:${line}: no verb "${name}"; there are ${[...VERBS.keys()].sort().join(', ')}`);
  const { holds, found } = verb(operands, report);
  if (holds !== isDenied) return undefined;
  return `claims.txt:${line}: "${text}" does not hold. The report says:\n${list(found)}`;
}

function list(found: readonly string[]): string {
  return found.length === 0 ? '  nothing of the kind' : found.map((line) => `  ${line}`).join('\n');
}
