import { groupBy } from '../condition/collecting.ts';
import type { Finding } from '../model/report.ts';
import { compareText, severityRank } from './order.ts';

/** Findings of one workload and operator group, headed by the worst that is not suppressed. */
export interface FindingGroup {
  readonly key: string;
  readonly head: Finding;
  readonly facets: readonly Finding[];
  /** Every finding in it is suppressed: not shown, not counted. */
  readonly suppressed: boolean;
}

/** Groups findings, which come worst first; the groups come in the same order. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const members = groupBy(findings, (finding) => finding.group);
  return [...members].flatMap(([key, list]) => groupOf(key, list)).sort(compareGroups);
}

function groupOf(key: string, list: readonly Finding[]): readonly FindingGroup[] {
  const live = list.filter((finding) => finding.suppressed === undefined);
  const head = live[0] ?? list[0];
  if (head === undefined) return [];
  return [{ key, head, facets: list.filter((finding) => finding !== head), suppressed: live.length === 0 }];
}

function compareGroups(a: FindingGroup, b: FindingGroup): number {
  return (
    Number(a.suppressed) - Number(b.suppressed) ||
    severityRank(a.head.severity) - severityRank(b.head.severity) ||
    b.head.confidence - a.head.confidence ||
    compareText(a.head.ruleId, b.head.ruleId) ||
    compareText(a.key, b.key)
  );
}
