/** What people and SARIF count: findings of one group, headed by the worst (DESIGN.md section 9). */
import type { Finding, Report } from '../model/report.ts';
import type { Severity } from '../model/rule.ts';

/** A group as it is shown: nothing suppressed in it. */
export interface ShownGroup {
  readonly key: string;
  readonly head: Finding;
  /** The others, in the order of the report. */
  readonly facets: readonly Finding[];
}

export interface ShownGroups {
  /** Worst first; of equally bad ones, first what gains most. */
  readonly groups: readonly ShownGroup[];
  /** Groups whose every finding is suppressed. */
  readonly suppressed: number;
}

const RANK = { critical: 0, high: 1, medium: 2, low: 3, info: 4 } as const satisfies Record<Severity, number>;

/** Groups the findings of a report, which come worst first, and leaves out what is suppressed. */
export function shownGroups({ findings }: Pick<Report, 'findings'>): ShownGroups {
  const live = new Map<string, Finding[]>();
  const all = new Set<string>();
  for (const finding of findings) {
    all.add(finding.group);
    if (finding.suppressed) continue;
    const members = live.get(finding.group);
    if (members) members.push(finding);
    else live.set(finding.group, [finding]);
  }
  const groups = [...live].flatMap(([key, [head, ...facets]]) => (head ? [{ key, head, facets }] : []));
  return { groups: groups.sort(compareGroups), suppressed: all.size - live.size };
}

/** The rules of a group, the head's first, each once. */
export function rulesOf({ head, facets }: ShownGroup): readonly string[] {
  return [...new Set([head, ...facets].map((finding) => finding.ruleId))];
}

function compareGroups(a: ShownGroup, b: ShownGroup): number {
  return (
    RANK[a.head.severity] - RANK[b.head.severity] ||
    (b.head.fixGain ?? 0) - (a.head.fixGain ?? 0) ||
    b.head.confidence - a.head.confidence ||
    compareText(a.head.ruleId, b.head.ruleId) ||
    compareText(a.key, b.key)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
