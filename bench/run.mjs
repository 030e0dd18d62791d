// How fast an audit is, beside what reads the same files: node bench/run.mjs <tree> [--rounds 5] [--with-cdxgen] [--program <file>] [--json]

import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { barsOf, kindOf } from './bars.mjs';
import { vocabularyWords } from './bundled.mjs';
import { contendersOf, survivorsIn } from './contenders.mjs';
import { interleaved, peakOf } from './measure.mjs';
import { tableText } from './table.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    program: { type: 'string', default: fileURLToPath(new URL('../bin/ai-deps.js', import.meta.url)) },
    'with-cdxgen': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const [tree] = positionals;
const rounds = Number(values.rounds);
if (tree === undefined || !existsSync(tree) || !statSync(tree).isDirectory() || !(rounds >= 1)) {
  console.error('usage: node bench/run.mjs <tree> [--rounds 5] [--with-cdxgen] [--program <file>] [--json]');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'ai-deps-bench-'));
try {
  const result = await bench(resolve(tree));
  console.log(values.json ? JSON.stringify(result, null, 2) : tableText(result));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function bench(path) {
  const words = await vocabularyWords();
  const program = resolve(values.program);
  const contenders = await contendersOf({ tree: path, program, words, folder, withCdxgen: values['with-cdxgen'] });
  const survivors = survivorsIn(path, folder);
  const times = await interleaved(contenders, rounds);
  const peaks = new Map();
  for (const contender of contenders) peaks.set(contender.name, await peakOf(contender, folder));
  const kind = kindOf(survivors);
  return {
    tree: path,
    ...survivors,
    kind,
    words: words.length,
    rounds,
    rows: contenders.map(({ name }) => ({
      name,
      ...times.get(name),
      toList: times.get(name).median / times.get('rg -l').median,
      toLines: times.get(name).median / times.get('rg -n').median,
      peak: peaks.get(name),
    })),
    bars: barsOf(kind, times, peaks.get('ours, first run')),
  };
}
