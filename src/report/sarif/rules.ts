/** Rule descriptors: what a rule says, why, and what to do. */
import type { ReportingDescriptor } from 'sarif';
import type { Finding, Report, RuleNote } from '../../model/report.ts';
import { escapeTerminal } from '../escape-terminal.ts';
import type { ShownGroup } from '../groups.ts';
import { LEVEL, PROBLEM_SEVERITY, precisionOf } from './levels.ts';

/** GitHub refuses longer descriptions. */
const LONGEST_TEXT = 1024;
/** GitHub shows so many. */
const MOST_TAGS = 10;
const WEB = /^https?:\/\/[^\s<>"`]+$/;

/** One descriptor for each rule that heads a group, by id. */
export function ruleDescriptors({ rules }: Pick<Report, 'rules'>, groups: readonly ShownGroup[]): ReportingDescriptor[] {
  const notes = new Map(rules.map((note) => [note.id, note]));
  const heads = new Map<string, Finding>();
  for (const { head } of groups) {
    const surer = heads.get(head.ruleId);
    if (!surer || head.confidence < surer.confidence) heads.set(head.ruleId, head);
  }
  return [...heads.values()]
    .sort((a, b) => (a.ruleId < b.ruleId ? -1 : 1))
    .map((head) => descriptor(notes.get(head.ruleId) ?? noteFor(head), head.confidence));
}

function descriptor(note: RuleNote, confidence: number): ReportingDescriptor {
  const { id, code, title, severity, why, fix, references, maps } = note;
  const links = references.filter((reference) => WEB.test(reference));
  const [first] = links;
  return {
    id,
    shortDescription: { text: clipped(title) },
    fullDescription: { text: clipped(why) },
    ...(first === undefined ? {} : { helpUri: first }),
    help: { text: helpText(note, links), markdown: helpMarkdown(note, links) },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: {
      tags: [...new Set(['ai-deps', ...categoryOf(id), ...maps])].slice(0, MOST_TAGS),
      precision: precisionOf(confidence),
      'problem.severity': PROBLEM_SEVERITY[severity],
      code,
      fix,
    },
  };
}

function helpText({ why, fix }: RuleNote, links: readonly string[]): string {
  return [`Why: ${why}`, `What to do: ${fix}`, ...(links.length > 0 ? [`Read more: ${links.join(' ')}`] : [])].join('\n\n');
}

function helpMarkdown({ id, why, fix }: RuleNote, links: readonly string[]): string {
  const more = links.length > 0 ? ['### Read more', links.map((link) => `- <${link}>`).join('\n')] : [];
  return ['### Why it matters', why, '### What to do', fix, ...more, `Rule \`${id}\``].join('\n\n');
}

function categoryOf(id: string): readonly string[] {
  const slash = id.indexOf('/');
  return slash > 0 ? [id.slice(0, slash)] : [];
}

/** A report made elsewhere may lack the note of a rule; its finding still says what it found. */
function noteFor({ ruleId, code, severity, fix }: Finding): RuleNote {
  return { id: ruleId, code, title: ruleId, severity, why: `Found by rule ${ruleId}.`, fix, references: [], maps: [] };
}

function clipped(text: string): string {
  const safe = escapeTerminal(text);
  return safe.length <= LONGEST_TEXT ? safe : `${safe.slice(0, LONGEST_TEXT - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
