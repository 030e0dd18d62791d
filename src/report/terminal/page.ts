/** Blocks of text for a terminal, as wide as it is. */
import type { Block, PageField } from '../../model/page.ts';
import { displayWidth } from '../display-width.ts';
import { hang, padEnd, wrap } from './layout.ts';
import { paint } from './paint.ts';

/** A label or cell that is wider stands on a line of its own. */
const WIDEST_CELL = 40;
const GAP = 2;
const NARROWEST = 20;

/** The blocks with an empty line between them, as one text. */
export function renderPage(blocks: readonly Block[], { columns, color }: { columns: number; color: boolean }): string {
  const width = Math.max(NARROWEST, columns);
  const parts = blocks.map((block) => linesOf(block, width)).filter((lines) => lines.length > 0);
  return paint(
    parts.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])),
    { color },
  );
}

function linesOf(block: Block, width: number): readonly string[] {
  if (block.kind === 'table') return table(block.head, block.rows, width);
  if (block.kind === 'fields') return block.fields.flatMap((field) => fieldLines(field, labelWidth(block.fields), width));
  return wrap(block.text, width);
}

function labelWidth(fields: readonly PageField[]): number {
  return Math.min(WIDEST_CELL / 2, Math.max(0, ...fields.map(({ label }) => displayWidth(label))));
}

function fieldLines({ label, text, note }: PageField, labels: number, width: number): readonly string[] {
  const lead = `  ${padEnd(label, labels)}  `;
  const indent = ' '.repeat(Math.min(labels + 2 * GAP, width - NARROWEST / 2));
  const lines = displayWidth(label) > labels ? [`  ${label}`, ...hang(indent, text, width)] : hang(lead, text, width);
  return note === undefined ? lines : [...lines, ...hang(`${indent}  `, note, width)];
}

function table(head: readonly string[], rows: readonly (readonly string[])[], width: number): readonly string[] {
  const all = head.length === 0 ? rows : [head, ...rows];
  const columns = Math.max(0, ...all.map((row) => row.length - 1));
  const widths = Array.from({ length: columns }, (_, index) => columnWidth(all, index));
  const rest = width - widths.reduce((sum, one) => sum + one + GAP, 0);
  return all.flatMap((row) => (rest < NARROWEST ? stacked(row, width) : rowLines(row, { widths, width })));
}

function columnWidth(rows: readonly (readonly string[])[], index: number): number {
  const fitting = rows.map((row) => displayWidth(row[index] ?? '')).filter((one) => one <= WIDEST_CELL);
  return Math.max(0, ...fitting);
}

function rowLines(row: readonly string[], { widths, width }: { widths: readonly number[]; width: number }): readonly string[] {
  const before: string[] = [];
  let lead = '';
  for (const [index, cell] of row.slice(0, -1).entries()) {
    const room = widths[index] ?? 0;
    const isWide = displayWidth(cell) > room;
    if (isWide) before.push(...wrap(cell, width));
    lead += `${padEnd(isWide ? '' : cell, room)}${' '.repeat(GAP)}`;
  }
  return [...before, ...hang(lead, row.at(-1) ?? '', width)];
}

/** Where the screen is too narrow for columns, cells stand under each other. */
function stacked(row: readonly string[], width: number): readonly string[] {
  return row.filter((cell) => cell !== '').flatMap((cell, index) => hang(index === 0 ? '' : '  ', cell, width));
}
