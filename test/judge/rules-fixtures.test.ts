import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { builtInRules } from '../condition/rule-files.ts';

const AUDIT = new URL('../../src/audit.ts', import.meta.url);
const rules = builtInRules().map((rule) => rule.id);

test.each(rules)('%s has a tree in which it fires and one in which it is silent', (id) => {
  expect([existsSync(`fixtures/rules/${id}/fires`), existsSync(`fixtures/rules/${id}/silent`)]).toEqual([true, true]);
});

describe.skipIf(!existsSync(AUDIT))('rules over whole trees', () => {
  test.each(rules)('%s fires', async (id) => {
    const report = await auditFixture(`fixtures/rules/${id}/fires`);
    expect(ruleIds(report)).toContain(id);
    const found = report.findings.filter((finding) => finding.ruleId === id);
    expect(found.map((finding) => finding.message).filter((message) => /[{}]/.test(message))).toEqual([]);
  });

  test.each(rules)('%s is silent', async (id) => {
    expect(ruleIds(await auditFixture(`fixtures/rules/${id}/silent`))).not.toContain(id);
  });
});

async function auditFixture(root: string): Promise<Report> {
  // A name in a variable: the types of the pipeline are not needed to build this test.
  const path = AUDIT.href;
  const { audit }: { audit(options: { root: string; asOf: string }): Promise<Report> } = await import(path);
  return audit({ root, asOf: '2026-11-20' });
}

function ruleIds(report: Report): readonly string[] {
  return [...new Set(report.findings.map((finding) => finding.ruleId))];
}
