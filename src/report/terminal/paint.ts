import { Chalk, type ChalkInstance } from 'chalk';
import type { Grade } from '../../model/report.ts';
import type { Severity } from '../../model/rule.ts';
import { escapeTerminal } from '../escape-terminal.ts';

/** A line of the screen. Colour goes to one word, which says the same without it. */
export type Line =
  | string
  | { readonly text: string; readonly tint: { readonly word: string; readonly as: Severity | Exclude<Grade, '-'> } };

const INK = {
  critical: (chalk) => chalk.bold.red,
  high: (chalk) => chalk.red,
  medium: (chalk) => chalk.yellow,
  low: (chalk) => chalk.cyan,
  info: (chalk) => chalk.gray,
  A: (chalk) => chalk.bold.green,
  B: (chalk) => chalk.bold.green,
  C: (chalk) => chalk.bold.yellow,
  D: (chalk) => chalk.bold.red,
  F: (chalk) => chalk.bold.red,
} as const satisfies Record<Severity | Exclude<Grade, '-'>, (chalk: ChalkInstance) => ChalkInstance>;

/** Lines as one text. Each passes the escape here, whatever was done to it before. */
export function paint(lines: readonly Line[], { color }: { color: boolean }): string {
  // The caller knows whether colour is wanted; chalk must not guess from the environment.
  const chalk = new Chalk({ level: color ? 1 : 0 });
  return lines.map((line) => `${painted(line, chalk)}\n`).join('');
}

function painted(line: Line, chalk: ChalkInstance): string {
  if (typeof line === 'string') return escapeTerminal(line).trimEnd();
  const text = escapeTerminal(line.text).trimEnd();
  const { word, as } = line.tint;
  const start = text.indexOf(word);
  if (start < 0) return text;
  return text.slice(0, start) + INK[as](chalk)(word) + text.slice(start + word.length);
}
