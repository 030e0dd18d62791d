// Who runs: this program cold and warm, ripgrep over the same words, and cdxgen where asked.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from './measure.mjs';

const CDXGEN = '@cyclonedx/cdxgen@12.8.4';
/** 1: the gate of the tree's own configuration tripped; 3: nothing in it to read. Both ran to the end. */
const AUDITED = [0, 1, 3];
/** 1: no line matches. */
const SEARCHED = [0, 1];
/** Case folds as in the program, for ASCII alone: folding all of Unicode doubles ripgrep's time. */
const LITERALS = ['-F', '-i', '--no-unicode'];

/** Everybody that takes part, ready to run; `folder` is for what they write. */
export async function contendersOf({ tree, program, words, folder, withCdxgen }) {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const patterns = join(folder, 'words');
  writeFileSync(patterns, `${words.join('\n')}\n`);
  const audit = [program, 'audit', tree, '-f', 'json', '--quiet'];
  const ours = { command: process.execPath, env: { HOME: home, XDG_CACHE_HOME: join(home, 'cache') }, accepts: AUDITED };
  const search = { command: 'rg', env: {}, accepts: SEARCHED };
  const empty = join(folder, 'empty');
  mkdirSync(empty, { recursive: true });
  const warm = { ...ours, name: 'ours, second run', args: audit };
  await once(warm);
  return [
    { ...search, name: 'rg -l', args: [...LITERALS, '-l', '-f', patterns, tree] },
    { ...search, name: 'rg -n', args: [...LITERALS, '-n', '-f', patterns, tree] },
    { ...search, name: 'rg, no files', args: [...LITERALS, '-l', '-f', patterns, empty] },
    { ...ours, name: 'ours, first run', args: [...audit, '--no-cache'] },
    warm,
    ...(withCdxgen ? [cdxgen(tree, folder)] : []),
  ];
}

/** Installed once, outside the lockfile, so that no run pays for npx. */
function cdxgen(tree, folder) {
  const prefix = join(folder, 'cdxgen');
  mkdirSync(prefix, { recursive: true });
  execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', prefix, CDXGEN], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const command = join(prefix, 'node_modules', '.bin', 'aibom');
  return { name: 'cdxgen aibom', command, args: ['-o', join(folder, 'aibom.json'), tree], env: {}, accepts: [0] };
}

/** How many files there are, and how many hold a word: ripgrep's own counts. */
export function survivorsIn(tree, folder) {
  const count = (args) => {
    try {
      return execFileSync('rg', args, { encoding: 'utf8', maxBuffer: 1 << 30 }).split('\n').length - 1;
    } catch {
      // Exit code 1 is how ripgrep says "none".
      return 0;
    }
  };
  return { files: count(['--files', tree]), hits: count([...LITERALS, '-l', '-f', join(folder, 'words'), tree]) };
}
