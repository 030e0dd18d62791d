// What the catalog costs an audit, in milliseconds of the processor: node bench/catalog.mjs [--rounds 15]. Bar: 25 ms in a fresh process.

import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { summaryOf } from './measure.mjs';
import { columns } from './table.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const pack = fileURLToPath(new URL('../dist/pack.json', import.meta.url));
const source = fileURLToPath(new URL('../', import.meta.url));

/** What an audit of an application with a model call asks, in its order. */
const STEPS = {
  'read the file': 'text = readFileSync(process.argv[2]);',
  words: "({ catalog, vocabulary } = packOf(unpack(text))); vocabulary.has('nothing');",
  'hosts, addresses, names':
    "catalog.host('api.openai.com'); catalog.host('shop.openai.azure.com'); catalog.endpoint('https://shop.example/v1/chat/completions', []); catalog.env('OPENAI_API_KEY');",
  'models and their ends':
    "catalog.model('gpt-4o', true); catalog.model('eu.anthropic.claude-sonnet-4-5-20250929-v1:0', true); catalog.model('summary', false); catalog.retirement('openai', 'gpt-4o');",
  'packages, resources, regions, tools':
    "for (const name of ['openai', 'react', 'ai', 'zod']) catalog.package('npm', name); catalog.resource('terraform', 'aws_instance'); catalog.region('aws', 'eu-west-1'); [...catalog.tools.values()];",
  'surfaces of two languages':
    "for (const language of ['javascript', 'python']) for (const name of ['openai', 'anthropic', 'react']) catalog.surfaces.imported(language, name); catalog.surfaces.runs('create'); catalog.surfaces.chain('messages.create');",
  'suppliers that Plan B may propose':
    "for (const kind of ['model-lab', 'cloud-platform', 'inference-host']) catalog.providersOf(kind);",
};

/** Each round is a process of its own: a warm compiler would hide most of it. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
const { unpack, packOf } = await import(process.argv[1]);
// Processor time: a busy machine makes waiting longer, not work.
const now = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
let text, catalog, vocabulary;
const marks = [now()];
${Object.values(STEPS)
  .map((step) => `${step} marks.push(now());`)
  .join('\n')}
console.log(JSON.stringify(marks.slice(1).map((mark, index) => mark - marks[index])));
`;

const { build } = await import('esbuild');
const bundle = fileURLToPath(new URL(`../node_modules/.cache/bench-catalog.${process.pid}.mjs`, import.meta.url));
await build({
  stdin: {
    contents: "export { unpack } from './src/pack/packed.ts'; export { packOf } from './src/pack/load.ts';",
    resolveDir: source,
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  outfile: bundle,
});
const rounds = Array.from({ length: Number(values.rounds) }, () =>
  JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', PROGRAM, bundle, pack], { encoding: 'utf8' })),
);
const rows = Object.keys(STEPS).map((step, index) => [step, summaryOf(rounds.map((round) => round[index])).median.toFixed(1)]);
const all = summaryOf(rounds.map((round) => round.reduce((sum, part) => sum + part, 0))).median;
console.log(columns(['step', 'ms'], [...rows, ['all of it', all.toFixed(1)]]));
console.log(`pack.json: ${(statSync(pack).size / 1e6).toFixed(2)} MB; bar 25 ms`);
