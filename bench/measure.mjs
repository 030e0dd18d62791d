// One process, timed from its start to its end; and many of them, interleaved.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const GNU_TIME = '/usr/bin/time';

/** Runs a contender once; its output goes nowhere. Throws where it ends in a way it should not. */
export async function once({ name, command, args, env, accepts }) {
  const start = process.hrtime.bigint();
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint = (complaint + chunk).slice(-2000);
  });
  const code = await new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (!accepts.includes(code)) throw new Error(`${name}: exit code ${code}\n${complaint}`);
  return ms;
}

/** Median, fastest and slowest of every contender. Each round runs all of them, so that a slow minute hits all alike. */
export async function interleaved(contenders, rounds) {
  const times = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    // Another one goes first each time: the first of a round finds the coldest machine.
    for (let turn = 0; turn < contenders.length; turn++) {
      const contender = contenders[(turn + round) % contenders.length];
      times.get(contender.name).push(await once(contender));
    }
  }
  return new Map([...times].map(([name, list]) => [name, summaryOf(list)]));
}

/** Peak resident memory of a contender and what it starts, in MB; undefined where GNU time is not installed. */
export async function peakOf(contender, folder) {
  if (!existsSync(GNU_TIME)) return undefined;
  const note = join(folder, 'peak');
  const { command, args } = contender;
  await once({ ...contender, command: GNU_TIME, args: ['-q', '-f', '%M', '-o', note, command, ...args] });
  return Number(readFileSync(note, 'utf8').trim()) / 1024;
}

/** Middle, least and greatest of some numbers. */
export function summaryOf(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, least: sorted[0], greatest: sorted.at(-1) };
}
