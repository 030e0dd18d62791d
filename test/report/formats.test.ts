import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { FORMAT_NAMES, load } from '../../src/report/formats.ts';
import { shownGroups } from '../../src/report/groups.ts';
import { renderTerminal } from '../../src/report/terminal/index.ts';
import { crowded, samples } from './samples.ts';

const OPTIONS = { columns: 100, color: false };

test('every format loads under its own name', async () => {
  expect(FORMAT_NAMES).toEqual(['table', 'json', 'sarif']);
  for (const name of FORMAT_NAMES) expect((await load(name)).id).toBe(name);
});

test.each(['xml', '__proto__', 'constructor', ''])('there is no format "%s"', async (name) => {
  await expect(load(name)).rejects.toMatchObject({ name: 'UserError', hint: 'choose one of table, json, sarif' });
});

describe.each(FORMAT_NAMES)('%s', (name) => {
  test.each(samples)('gives the same bytes for %s each time', async (_, report) => {
    const reporter = await load(name);
    const copy = structuredClone(report);
    expect(reporter.render(copy, OPTIONS)).toBe(reporter.render(report, OPTIONS));
    expect(copy).toEqual(report);
  });

  test.each(samples)('prints nothing of %s that a terminal acts on', async (_, report) => {
    const text = (await load(name)).render(report, OPTIONS);
    expect(text.match(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)).toBeNull();
    expect(text.endsWith('\n')).toBe(true);
  });
});

describe('parity', () => {
  test.each([...samples, ['crowded', crowded(60)] as const])('%s has the same groups in every format', async (_, report) => {
    const expected = groupKeys(await renderJson(report));
    expect(
      shownGroups(report)
        .groups.map(({ key }) => key)
        .sort(),
    ).toEqual(expected);
    expect(await sarifKeys(report)).toEqual(expected);
    expect(terminalBlocks(report)).toBe(expected.length);
  });
});

async function renderJson(report: Report): Promise<Report> {
  return JSON.parse((await load('json')).render(report, OPTIONS)) as Report;
}

function groupKeys({ findings }: Report): readonly string[] {
  return [...new Set(findings.filter((finding) => !finding.suppressed).map(({ group }) => group))].sort();
}

async function sarifKeys(report: Report): Promise<readonly string[]> {
  const log = JSON.parse((await load('sarif')).render(report, OPTIONS)) as Log;
  return (log.runs[0]?.results ?? []).map(({ properties }) => String(properties?.group)).sort();
}

function terminalBlocks(report: Report): number {
  const text = renderTerminal(report, { ...OPTIONS, groups: Number.POSITIVE_INFINITY });
  return text.match(/^ {2}(?:critical|high|medium|low|info) {2,}/gm)?.length ?? 0;
}
