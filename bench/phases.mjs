// Where the time of an audit goes, step by step: node bench/phases.mjs <tree> [--rounds 3] [--json]

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { importBundled } from './bundled.mjs';
import { summaryOf } from './measure.mjs';
import { columns } from './table.mjs';

/** A fixed day: the audit of one tree is the same on every one of them. */
const AS_OF = '2026-11-20';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' }, json: { type: 'boolean', default: false } },
});
const [tree] = positionals;
if (tree === undefined) {
  console.error('usage: node bench/phases.mjs <tree> [--rounds 3] [--json]');
  process.exit(2);
}

const { audit } = await importBundled(`export { audit } from './src/audit.ts';`);
const runs = [];
for (let round = 0; round < Number(values.rounds); round++) runs.push(await phasesOf(resolve(tree)));
const rows = runs[0].map(({ step, detail }, index) => ({
  step,
  detail,
  first: runs[0][index].ms,
  ...summaryOf(runs.slice(runs.length > 1 ? 1 : 0).map((run) => run[index].ms)),
}));
console.log(values.json ? JSON.stringify(rows, null, 2) : text(rows));

/** Milliseconds from each report of progress to the next; `load` is what comes before the first. */
async function phasesOf(root) {
  const marks = [{ step: 'load', detail: 'configuration, pack, rules', at: performance.now() }];
  await audit({ root, asOf: AS_OF, onProgress: (step, detail) => marks.push({ step, detail, at: performance.now() }) });
  const end = performance.now();
  return marks.map(({ step, detail, at }, index) => ({ step, detail, ms: (marks[index + 1]?.at ?? end) - at }));
}

/** The first round loads parsers and warms the compiler; it stands apart. */
function text(phases) {
  const total = (key) => phases.reduce((sum, phase) => sum + phase[key], 0);
  const lines = phases.map((phase) => [
    phase.step,
    phase.first.toFixed(0),
    phase.median.toFixed(0),
    `${((100 * phase.median) / total('median')).toFixed(0)} %`,
    phase.detail,
  ]);
  const sum = ['all', total('first').toFixed(0), total('median').toFixed(0), '100 %', tree];
  return columns(['step', 'first ms', 'then ms', 'share', 'what it said'], [...lines, sum]);
}
