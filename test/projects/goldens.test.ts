import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { load } from '../../src/report/formats.ts';
import { pathOf, stories, tell } from './stories.ts';

const GOLDENS = [
  { format: 'table', file: 'golden/terminal.txt' },
  { format: 'json', file: 'golden/report.json' },
  { format: 'sarif', file: 'golden/report.sarif' },
] as const;
const AS_READ = { columns: 80, color: false };

describe.each(stories())('%s', (story) => {
  let report: Report;

  beforeAll(async () => {
    report = neutral(await tell(pathOf(story)));
  });

  test.each(GOLDENS)('$file', async ({ format, file }) => {
    const text = (await load(format)).render(report, AS_READ);
    const golden = pathOf(story, file);
    if (process.env.UPDATE === '1') {
      mkdirSync(dirname(golden), { recursive: true });
      writeFileSync(golden, text);
    }
    expect(text).toBe(readFileSync(golden, 'utf8'));
  });

  test('no line of the terminal is wider than it', async () => {
    const text = (await load('table')).render(report, AS_READ);
    expect(text.split('\n').filter((line) => [...line].length > AS_READ.columns)).toEqual([]);
  });
});

/** Digest and date of the catalog change with every entry of it, and no golden is about them. */
function neutral(report: Report): Report {
  return { ...report, catalog: { digest: 'catalog', date: report.asOf } };
}
