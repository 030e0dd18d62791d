// Numbers in columns.

const KINDS = { none: 'no AI to speak of', ordinary: 'some AI', full: 'full of AI' };

/** What a person reads. */
export function tableText({ tree, files, hits, kind, words, rounds, rows, bars }) {
  const head = `${tree}: ${files} files, ${hits} with one of ${words} words (${KINDS[kind]}); medians of ${rounds} interleaved rounds`;
  const times = rows.map((row) => [
    row.name,
    row.median.toFixed(0),
    `${row.least.toFixed(0)}-${row.greatest.toFixed(0)}`,
    row.toList.toFixed(2),
    row.toLines.toFixed(2),
    row.peak === undefined ? '-' : row.peak.toFixed(0),
  ]);
  const held = bars.map((row) => [row.what, row.value.toFixed(2), String(row.bar), String(row.goal), row.verdict]);
  return [
    head,
    '',
    columns(['', 'ms', 'range', '/ rg -l', '/ rg -n', 'peak MB'], times),
    '',
    columns(['', 'measured', 'bar', 'goal', 'meets'], held),
  ].join('\n');
}

/** Rows under a head: the first column to the left, the others to the right. */
export function columns(head, rows) {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ');
  return [head, ...rows].map((row) => line(row).trimEnd()).join('\n');
}
