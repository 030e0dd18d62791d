// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html and https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
import type { Log } from 'sarif';
import type { Report } from '../../model/report.ts';
import { defineReporter } from '../../plugin.ts';
import { escapeTerminal } from '../escape-terminal.ts';
import { shownGroups } from '../groups.ts';
import { jsonText } from '../json-text.ts';
import { placesIn } from '../places.ts';
import { invocationOf } from './notifications.ts';
import { anchorOf, resultOf } from './results.ts';
import { ruleDescriptors } from './rules.ts';

/** GitHub keeps the top 5,000 results of a run. */
const MOST_RESULTS = 5000;

/** SARIF 2.1.0 as GitHub code scanning accepts it: one result for each group of findings, the worst first. */
export default defineReporter({ id: 'sarif', render: (report) => jsonText(logOf(report)) });

function logOf(report: Report): Log {
  const { groups } = shownGroups(report);
  const shown = groups.slice(0, MOST_RESULTS);
  const rules = ruleDescriptors(report, shown);
  const context = {
    places: placesIn(report),
    anchor: anchorOf(report),
    indexes: new Map(rules.map(({ id }, index) => [id, index])),
  };
  const results = shown.flatMap((group) => resultOf(group, context) ?? []);
  const omitted = { cut: groups.length - shown.length, placeless: shown.length - results.length };
  const { name, version } = report.tool;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name, version, semanticVersion: version, rules } },
        automationDetails: { id: `ai-deps/${escapeTerminal(report.source.name).replaceAll('/', '_')}/` },
        columnKind: 'utf16CodeUnits',
        invocations: [invocationOf(report, omitted)],
        results,
      },
    ],
  };
}
