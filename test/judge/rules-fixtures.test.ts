import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import type { Report } from '../../src/model/report.ts';
import type { Rule } from '../../src/model/rule.ts';
import { builtInRules } from '../condition/rule-files.ts';

const rules = builtInRules();

test.each(rules.map(({ id }) => id))('%s has a tree in which it fires and one in which it is silent', (id) => {
  expect([existsSync(`fixtures/rules/${id}/fires`), existsSync(`fixtures/rules/${id}/silent`)]).toEqual([true, true]);
});

describe('rules over whole trees', () => {
  test.each(rules)('$id fires', async (rule) => {
    const report = await auditFixture(`fixtures/rules/${rule.id}/fires`, rule);
    expect(ruleIds(report)).toContain(rule.id);
    const found = report.findings.filter((finding) => finding.ruleId === rule.id);
    expect(found.map((finding) => finding.message).filter((message) => /[{}]/.test(message))).toEqual([]);
  });

  test.each(rules)('$id is silent', async (rule) => {
    expect(ruleIds(await auditFixture(`fixtures/rules/${rule.id}/silent`, rule))).not.toContain(rule.id);
  });
});

/** An optional rule runs only when it is asked for. */
function auditFixture(root: string, rule: Rule): Promise<Report> {
  return audit({ root, asOf: '2026-11-20', ...(rule.optional ? { only: [rule.id] } : {}) });
}

function ruleIds(report: Report): readonly string[] {
  return [...new Set(report.findings.map((finding) => finding.ruleId))];
}
