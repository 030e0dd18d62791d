import type { CompiledRule } from '../condition/compile.ts';
import { elementSource } from '../condition/elements.ts';
import type { Facts } from '../condition/facts.ts';
import type { Situation } from '../condition/field.ts';
import { type Numbers, setScene } from '../condition/scene.ts';
import type { Config, Suppression } from '../model/config.ts';
import type { Linked } from '../model/graph.ts';
import type { Finding, RuleNote } from '../model/report.ts';
import { findingsOf } from './findings.ts';
import { evaluateGate, type Gate } from './gate.ts';
import { type FindingGroup, groupFindings } from './groups.ts';
import { compareText } from './order.ts';
import { type DirectiveText, type Problem, suppress } from './suppress.ts';

export interface JudgeOptions {
  readonly facts: Facts;
  readonly situation: Situation;
  readonly numbers: Numbers;
  readonly suppressions: readonly Suppression[];
  readonly directives: readonly DirectiveText[];
  readonly gate: Config['gate'];
  /** Ids of rules that were switched off for this run: suppressing them is no mistake. */
  readonly otherRuleIds?: readonly string[];
}

export interface Judged {
  readonly findings: readonly Finding[];
  readonly groups: readonly FindingGroup[];
  readonly gate: Gate;
  /** Notes on the rules that fired, by id. */
  readonly rules: readonly RuleNote[];
  readonly problems: readonly Problem[];
}

/** Runs every rule over the measured graph: findings, groups, suppressions and the gate. */
export function judge(linked: Linked, rules: readonly CompiledRule[], options: JudgeOptions): Judged {
  const { facts, situation, numbers, suppressions, directives, gate } = options;
  const scene = setScene(linked, facts, { situation, numbers });
  const drafts = findingsOf(scene, rules, elementSource(scene));
  const ruleIds = [...rules.map((rule) => rule.rule.id), ...(options.otherRuleIds ?? [])];
  const { findings, problems } = suppress(scene, drafts, { suppressions, directives, ruleIds });
  const groups = groupFindings(findings);
  const policies = new Set(rules.filter((rule) => rule.rule.effect === 'policy').map((rule) => rule.rule.id));
  return {
    findings,
    groups,
    gate: evaluateGate({
      score: numbers.score,
      groups,
      policyFindings: findings.filter((finding) => policies.has(finding.ruleId)),
      ...gate,
    }),
    rules: notesOf(rules, findings),
    problems,
  };
}

function notesOf(rules: readonly CompiledRule[], findings: readonly Finding[]): readonly RuleNote[] {
  const fired = new Set(findings.map((finding) => finding.ruleId));
  return rules
    .filter((rule) => fired.has(rule.rule.id))
    .map(({ rule }) => ({
      id: rule.id,
      code: rule.code,
      title: rule.title,
      severity: rule.severity,
      why: rule.why,
      fix: rule.fix,
      references: rule.references,
      maps: rule.maps,
    }))
    .sort((a, b) => compareText(a.id, b.id));
}
