import { groupBy } from '../condition/collecting.ts';
import { daysBetween } from '../condition/days.ts';
import { matchesGlob } from '../condition/globs.ts';
import type { Scene } from '../condition/scene.ts';
import type { Suppression } from '../model/config.ts';
import type { Evidence } from '../model/graph.ts';
import type { Finding } from '../model/report.ts';
import type { Location } from '../model/source.ts';
import { type Directive, parseDirective } from './directive.ts';
import type { Draft } from './findings.ts';
import { nearestName } from './nearest.ts';
import { compareText } from './order.ts';

/** A comment that suppresses, as a front end found it. `ownLine` false: code stands before it on its line. */
export interface DirectiveText {
  readonly text: string;
  readonly at: Location;
  readonly ownLine?: boolean;
}

export interface Problem {
  readonly path?: string;
  readonly reason: string;
  readonly message: string;
}

export interface SuppressOptions {
  readonly suppressions: readonly Suppression[];
  readonly directives: readonly DirectiveText[];
  /** Every rule id there is, also of rules that did not run. */
  readonly ruleIds: readonly string[];
}

export interface Suppressed {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

/** Days before its end that a suppression is announced to end. */
const NOTICE_DAYS = 14;

/** One suppression of one rule, wherever it was written. */
interface Entry {
  readonly rule: string;
  readonly by: string;
  readonly where: string;
  readonly path: string | undefined;
  readonly reason: string;
  readonly until: string | undefined;
  covers(draft: Draft): boolean;
}

/** Marks suppressed findings and says which suppressions are wrong, expired or unused. The score never sees them. */
export function suppress(scene: Scene, drafts: readonly Draft[], options: SuppressOptions): Suppressed {
  const problems: Problem[] = [];
  const entries = [...inlineEntries(scene, options, problems), ...configEntries(scene, options, problems)];
  const live = entries.filter((entry) => isLive(entry, scene.situation.asOf, problems));
  const used = new Set<Entry>();
  const findings = drafts.map((draft) => {
    const matching = live.filter((entry) => entry.rule === draft.finding.ruleId && entry.covers(draft));
    for (const entry of matching) used.add(entry);
    const [entry] = matching;
    if (entry === undefined) return draft.finding;
    const until = entry.until === undefined ? {} : { until: entry.until };
    return { ...draft.finding, suppressed: { by: entry.by, reason: entry.reason, ...until } };
  });
  for (const entry of live)
    if (!used.has(entry)) problems.push(problem(entry, 'unused-suppression', 'suppresses nothing; remove it'));
  return { findings, problems: problems.sort(compareProblems) };
}

function inlineEntries(scene: Scene, { directives, ruleIds }: SuppressOptions, problems: Problem[]): readonly Entry[] {
  const places = placesByLine(scene);
  return directives.flatMap((comment) => {
    const where = `${comment.at.path}:${comment.at.line}`;
    const parsed = parseDirective(comment.text);
    if ('problem' in parsed) {
      const message = `${where}: ai-deps-ignore ${parsed.problem}; nothing is suppressed`;
      problems.push({ path: comment.at.path, reason: 'malformed-suppression', message });
      return [];
    }
    const line = lineOf(comment, places);
    return parsed.directive.rules.flatMap((rule) => {
      if (!isKnown(rule, ruleIds, { where, path: comment.at.path, problems })) return [];
      return [inlineEntry(scene, parsed.directive, { rule, where, path: comment.at.path, line })];
    });
  });
}

interface Target {
  readonly rule: string;
  readonly where: string;
  readonly path: string;
  readonly line: number;
}

function inlineEntry(scene: Scene, directive: Directive, { rule, where, path, line }: Target): Entry {
  return {
    rule,
    by: 'inline',
    where,
    path,
    reason: directive.reason,
    until: directive.until,
    covers: ({ finding, element }) => {
      // One line of code cannot answer for a whole layer or a supplier of the whole tree.
      if (element.each === 'node' || element.each === 'layer') return false;
      return finding.evidence.some((id) => {
        const place = scene.evidence.get(id);
        return place !== undefined && place.path === path && place.line === line;
      });
    },
  };
}

/** Trailing comments speak of their own line, others of the next. */
function lineOf({ at, ownLine }: DirectiveText, places: ReadonlyMap<string, readonly Evidence[]>): number {
  const before = places.get(`${at.path}:${at.line}`) ?? [];
  const trailing = ownLine === undefined ? before.some((place) => place.column < at.column) : !ownLine;
  return trailing ? at.line : at.endLine + 1;
}

function placesByLine(scene: Scene): ReadonlyMap<string, readonly Evidence[]> {
  return groupBy(scene.linked.evidence, (place) => `${place.path}:${place.line}`);
}

function configEntries(scene: Scene, { suppressions, ruleIds }: SuppressOptions, problems: Problem[]): readonly Entry[] {
  return suppressions.flatMap((suppression, index) => {
    const where = `ai-deps.yml: suppressions[${index}]`;
    if (suppression.reason.trim() === '') {
      const message = `${where}: has no reason; nothing is suppressed`;
      problems.push({ reason: 'malformed-suppression', message });
      return [];
    }
    if (!isKnown(suppression.rule, ruleIds, { where, path: undefined, problems })) return [];
    const by = suppression.owner === undefined ? 'config' : `config (${suppression.owner})`;
    const { rule, reason, until } = suppression;
    return [{ rule, by, where, path: undefined, reason, until, covers: (draft) => covers(scene, suppression, draft) }];
  });
}

function covers(scene: Scene, { fingerprint, paths }: Suppression, { finding }: Draft): boolean {
  if (fingerprint !== undefined && fingerprint !== finding.fingerprint) return false;
  if (paths.length === 0) return true;
  // Every place must lie in the paths: a glob for tests must not silence what production does too.
  const places = finding.evidence.flatMap((id) => scene.evidence.get(id)?.path ?? []);
  return places.length > 0 && places.every((path) => paths.some((glob) => matchesGlob(glob, path)));
}

interface Spot {
  readonly where: string;
  readonly path: string | undefined;
  readonly problems: Problem[];
}

function isKnown(rule: string, ruleIds: readonly string[], { where, path, problems }: Spot): boolean {
  if (ruleIds.includes(rule)) return true;
  const nearest = nearestName(rule, ruleIds);
  const advice = nearest === null ? 'see ai-deps rules list' : `did you mean ${nearest}?`;
  const message = `${where}: there is no rule ${rule}; ${advice}`;
  problems.push({ ...(path === undefined ? {} : { path }), reason: 'unknown-rule', message });
  return false;
}

function isLive(entry: Entry, asOf: string, problems: Problem[]): boolean {
  if (entry.until === undefined) return true;
  const left = daysBetween(asOf, entry.until);
  if (left === null) {
    problems.push(problem(entry, 'malformed-suppression', `has no valid date until ${entry.until}; nothing is suppressed`));
    return false;
  }
  if (left < 0) problems.push(problem(entry, 'expired-suppression', `ended on ${entry.until}; its findings are back`));
  else if (left <= NOTICE_DAYS) problems.push(problem(entry, 'expiring-suppression', `ends on ${entry.until}`));
  return left >= 0;
}

function problem(entry: Entry, reason: string, text: string): Problem {
  const message = `${entry.where}: suppression of ${entry.rule} ${text}`;
  return { ...(entry.path === undefined ? {} : { path: entry.path }), reason, message };
}

function compareProblems(a: Problem, b: Problem): number {
  return compareText(a.path ?? '', b.path ?? '') || compareText(a.reason, b.reason) || compareText(a.message, b.message);
}
