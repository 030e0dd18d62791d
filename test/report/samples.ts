import { acmeDocs } from '../../fixtures/reports/acme-docs.ts';
import { acmeSupport } from '../../fixtures/reports/acme-support.ts';
import { acmeWarehouse } from '../../fixtures/reports/acme-warehouse.ts';
import { hostile } from '../../fixtures/reports/hostile.ts';
import { newsroom } from '../../fixtures/reports/newsroom.ts';
import type { Finding, Report } from '../../src/model/report.ts';

/** Every sample report, by name. */
export const samples: readonly (readonly [string, Report])[] = [
  ['acme-docs', acmeDocs],
  ['acme-support', acmeSupport],
  ['acme-warehouse', acmeWarehouse],
  ['hostile', hostile],
  ['newsroom', newsroom],
];

/** A report with `count` groups of findings, all at one place. */
export function crowded(count: number): Report {
  const [model] = acmeSupport.findings;
  if (!model) throw new Error('the support desk has findings');
  const findings = Array.from(
    { length: count },
    (_, index): Finding => ({ ...model, group: `g${index}`, fingerprint: `f${index}` }),
  );
  return { ...acmeSupport, findings };
}
