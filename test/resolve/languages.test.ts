/** What code amounts to, whatever SDK it calls: fixtures/resolve/<language>/<case>/ holds a small project and its rows. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wholeRowsOf } from './rows.ts';

const ROOT = 'fixtures/resolve';
const namesIn = (folder: string) => readdirSync(folder).sort();

describe.each(namesIn(ROOT))('%s', (language) => {
  test.each(namesIn(join(ROOT, language)))('%s', async (name) => {
    const folder = join(ROOT, language, name);
    const rows = await wholeRowsOf(folder);
    const file = join(folder, 'expected.txt');
    if (process.env.UPDATE) writeFileSync(file, rows.map((row) => `${row}\n`).join(''));
    expect(rows).toEqual(readFileSync(file, 'utf8').split('\n').filter(Boolean));
  });
});
