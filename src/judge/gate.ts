import type { Finding, Grade } from '../model/report.ts';
import type { Severity } from '../model/rule.ts';
import type { FindingGroup } from './groups.ts';
import { severityRank } from './order.ts';

const GRADES: readonly string[] = ['A', 'B', 'C', 'D', 'F'];

export interface GateInput {
  readonly score: { readonly value: number | null; readonly grade: Grade };
  readonly groups: readonly FindingGroup[];
  readonly policyFindings: readonly Finding[];
  readonly maxScore?: number | undefined;
  readonly maxGrade?: string | undefined;
  readonly failOn?: Severity | undefined;
}

export interface Gate {
  readonly passed: boolean;
  readonly reasons: readonly string[];
}

/** Every limit on its own; equal passes; numbers are compared as they are, not as they print. */
export function evaluateGate(input: GateInput): Gate {
  const reasons = [...scoreReasons(input), ...gradeReasons(input), ...severityReasons(input), ...policyReasons(input)];
  return { passed: reasons.length === 0, reasons };
}

function scoreReasons({ score, maxScore }: GateInput): readonly string[] {
  if (score.value === null || maxScore === undefined || score.value <= maxScore) return [];
  return [`risk ${above(score.value, maxScore)} is above --max-score ${maxScore}`];
}

/** One decimal, or as many as show that the value is above the limit. */
function above(value: number, limit: number): string {
  for (let digits = 1; digits <= 12; digits++) {
    const text = value.toFixed(digits);
    if (Number(text) > limit) return text;
  }
  return String(value);
}

function gradeReasons({ score, maxGrade }: GateInput): readonly string[] {
  const limit = maxGrade === undefined ? -1 : GRADES.indexOf(maxGrade);
  const grade = GRADES.indexOf(score.grade);
  if (limit < 0 || grade <= limit) return [];
  return [`grade ${score.grade} is worse than --max-grade ${maxGrade}`];
}

function severityReasons({ groups, failOn }: GateInput): readonly string[] {
  if (failOn === undefined) return [];
  const counted = groups.filter((group) => !group.suppressed && severityRank(group.head.severity) <= severityRank(failOn));
  const [worst] = counted;
  if (worst === undefined) return [];
  const number = counted.length === 1 ? '1 group of findings is' : `${counted.length} groups of findings are`;
  return [`${number} at or above --fail-on ${failOn}; the worst: ${worst.head.message} (${worst.head.ruleId})`];
}

function policyReasons({ policyFindings }: GateInput): readonly string[] {
  return policyFindings
    .filter((finding) => finding.suppressed === undefined)
    .map((finding) => `policy ${finding.ruleId}: ${finding.message}`);
}
