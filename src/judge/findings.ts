import { createHash } from 'node:crypto';
import type { CompiledRule } from '../condition/compile.ts';
import { bestConfidence, type Element } from '../condition/element.ts';
import { evidenceFor, featuresFor } from '../condition/matching.ts';
import type { Scene } from '../condition/scene.ts';
import type { Evidence } from '../model/graph.ts';
import type { Finding } from '../model/report.ts';
import type { Rule, Severity } from '../model/rule.ts';
import { compareText, raise, severityRank } from './order.ts';
import { namesFor } from './told.ts';

const UNWEIGHTED = new Set(['test', 'docs', 'example', 'generated']);

/** A finding with what only judge needs of its element. */
export interface Draft {
  readonly finding: Finding;
  readonly rule: Rule;
  readonly element: Element;
  /** First place, for order and for breaking ties. */
  readonly first: Evidence | undefined;
}

/** Every rule at every element of its kind: the findings, in their total order. */
export function findingsOf(scene: Scene, rules: readonly CompiledRule[], elements: ElementSource): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const rule of rules) {
    for (const element of elements(rule.rule.each)) {
      const match = rule.match(element);
      if (match !== null) drafts.push(draft(scene, rule, { element, severity: match.severity }));
    }
  }
  return drafts.sort(compareDrafts).map(withOrdinal(new Map())).sort(compareDrafts);
}

type ElementSource = (each: Rule['each']) => readonly Element[];

interface Hit {
  readonly element: Element;
  readonly severity: Severity;
}

function draft(scene: Scene, rule: CompiledRule, { element, severity }: Hit): Draft {
  const evidence = evidenceFor(scene, rule.rule, element);
  const features = featuresFor(scene, rule.rule, element);
  // A rule about features names its own, not all that the element uses.
  const told = {
    ...namesFor(scene, element),
    ...(features.length === 0 ? {} : { features: features.map((match) => match.name) }),
  };
  const finding: Finding = {
    ruleId: rule.rule.id,
    code: rule.rule.code,
    severity: adjusted(severity, rule.rule, element),
    confidence: features.length > 0 ? bestConfidence(scene, evidence) : element.confidence,
    message: rule.message(element, told),
    subject: element.id,
    group: groupKey(element),
    fingerprint: '',
    evidence,
    fix: rule.rule.fix,
    fixGain: null,
  };
  const places = evidence.flatMap((id) => scene.evidence.get(id) ?? []).sort(comparePlaces);
  return { finding, rule: rule.rule, element, first: places[0] };
}

/** One step worse for a critical capability, info where nothing that matters is served. Policy is policy in any context. */
function adjusted(severity: Severity, rule: Rule, element: Element): Severity {
  if (rule.effect === 'policy' || severity === 'info') return severity;
  if (element.capabilities.length === 0) return UNWEIGHTED.has(element.context ?? '') ? 'info' : severity;
  if (element.view.weight === 0) return 'info';
  return element.view.critical === true ? raise(severity) : severity;
}

/** Nodes that no operator owns: a region, a country, a cloud, a maker, a whole layer. */
const OWNERLESS = /^(?:region|host|cloud|maker|jurisdiction|layer|virtualization):/;

/** Workload and operator group of the subject, else the subject itself. */
function groupKey(element: Element): string {
  if (OWNERLESS.test(element.id)) return element.workload === '' ? element.id : `${element.workload} ${element.id}`;
  if (element.workload === '' || element.operatorGroup === null) {
    return element.workload === '' ? element.id : `${element.workload} ${element.id}`;
  }
  return `${element.workload} operator:${element.operatorGroup}`;
}

/** Equal keys are numbered in the order of their places: no line and no path goes into a fingerprint. */
function withOrdinal(seen: Map<string, number>): (draft: Draft) => Draft {
  return (draft) => {
    const { finding, element } = draft;
    const key = [finding.ruleId, element.workload, finding.subject, ''].join('\n');
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    const fingerprint = createHash('sha256').update(`${key}\n${ordinal}`).digest('hex').slice(0, 16);
    return { ...draft, finding: { ...finding, fingerprint } };
  };
}

/** Worst first, then by rule, subject and place: total, so that the same findings stand in the same order. */
function compareDrafts(a: Draft, b: Draft): number {
  return (
    severityRank(a.finding.severity) - severityRank(b.finding.severity) ||
    b.finding.confidence - a.finding.confidence ||
    compareText(a.finding.ruleId, b.finding.ruleId) ||
    compareText(a.element.workload, b.element.workload) ||
    compareText(a.finding.subject, b.finding.subject) ||
    comparePlaces(a.first, b.first) ||
    compareText(a.finding.message, b.finding.message) ||
    compareText(a.finding.fingerprint, b.finding.fingerprint)
  );
}

function comparePlaces(a: Evidence | undefined, b: Evidence | undefined): number {
  if (a === undefined || b === undefined) return (a === undefined ? 1 : 0) - (b === undefined ? 1 : 0);
  return (
    compareText(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column ||
    a.endLine - b.endLine ||
    a.endColumn - b.endColumn ||
    compareText(a.id, b.id)
  );
}
