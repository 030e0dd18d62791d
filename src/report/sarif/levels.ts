/** Our severities and confidences in the words of SARIF and of GitHub. */
import type { Result } from 'sarif';
import type { Severity } from '../../model/rule.ts';

export const LEVEL = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
} as const satisfies Record<Severity, Result.level>;

/** GitHub's `problem.severity`. */
export const PROBLEM_SEVERITY = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'recommendation',
  info: 'recommendation',
} as const satisfies Record<Severity, string>;

const RANK = { critical: 95, high: 80, medium: 55, low: 30, info: 5 } as const satisfies Record<Severity, number>;

/** 0..100: how bad, times how sure. */
export function rankOf(severity: Severity, confidence: number): number {
  return Math.round(RANK[severity] * confidence * 10) / 10;
}

/** GitHub's `precision`, from the least sure finding of a rule. */
export function precisionOf(confidence: number): 'very-high' | 'high' | 'medium' | 'low' {
  if (confidence >= 0.95) return 'very-high';
  if (confidence >= 0.85) return 'high';
  return confidence >= 0.6 ? 'medium' : 'low';
}
