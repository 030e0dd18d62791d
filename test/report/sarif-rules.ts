/** The rules of GitHub code scanning for SARIF uploads, as far as they can be checked on the file itself. */
import type { Location, Log, ReportingDescriptor, Result } from 'sarif';

const LEVELS = new Set(['error', 'warning', 'note']);
const PRECISIONS = new Set(['very-high', 'high', 'medium', 'low']);
const PROBLEM_SEVERITIES = new Set(['error', 'warning', 'recommendation']);
const LINK = /(?<!\\)\[(?:\\.|[^\\\]])*\]\((\d+)\)/g;

/** What GitHub would refuse or not show; empty: nothing. */
export function violations(log: Log): readonly string[] {
  const found: string[] = [];
  const expect = (holds: boolean, message: string) => {
    if (!holds) found.push(message);
  };
  expect(log.version === '2.1.0', 'version is 2.1.0');
  expect(/^https:\/\/.*sarif.*2\.1\.0.*\.json$/.test(log.$schema ?? ''), '$schema names SARIF 2.1.0');
  expect(log.runs.length > 0 && log.runs.length <= 20, '1 to 20 runs');
  for (const run of log.runs) {
    const { driver } = run.tool;
    const rules = driver.rules ?? [];
    expect(driver.name !== '' && driver.semanticVersion !== undefined, 'the driver has a name and a semanticVersion');
    expect(/^.+\/$/.test(run.automationDetails?.id ?? ''), 'automationDetails.id ends with a slash');
    expect(run.invocations?.[0]?.executionSuccessful !== undefined, 'an invocation says whether it succeeded');
    expect(new Set(rules.map(({ id }) => id)).size === rules.length, 'rule ids are unique');
    expect((run.results ?? []).length <= 5000, 'at most 5,000 results');
    for (const rule of rules) checkRule(rule, expect);
    for (const result of run.results ?? []) checkResult(result, rules, expect);
    const prints = (run.results ?? []).map(({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash);
    expect(new Set(prints).size === prints.length, 'fingerprints are unique');
  }
  return found;
}

type Expect = (holds: boolean, message: string) => void;

function checkRule(rule: ReportingDescriptor, expect: Expect): void {
  for (const [name, text] of [
    ['shortDescription', rule.shortDescription?.text],
    ['fullDescription', rule.fullDescription?.text],
  ] as const)
    expect(text !== undefined && text !== '' && text.length <= 1024, `${rule.id}: ${name} has 1 to 1,024 characters`);
  expect((rule.help?.text ?? '') !== '' && (rule.help?.markdown ?? '') !== '', `${rule.id}: help in text and markdown`);
  expect((rule.properties?.tags ?? []).length <= 10, `${rule.id}: at most 10 tags are shown`);
  expect(PRECISIONS.has(String(rule.properties?.precision)), `${rule.id}: precision`);
  expect(PROBLEM_SEVERITIES.has(String(rule.properties?.['problem.severity'])), `${rule.id}: problem.severity`);
}

function checkResult(result: Result, rules: readonly ReportingDescriptor[], expect: Expect): void {
  const name = result.ruleId ?? 'result without rule';
  expect(rules[result.ruleIndex ?? -1]?.id === result.ruleId, `${name}: ruleIndex points to its rule`);
  expect(LEVELS.has(String(result.level)), `${name}: level`);
  expect(result.rank !== undefined && result.rank >= 0 && result.rank <= 100, `${name}: rank`);
  expect((result.message.text ?? '') !== '', `${name}: message`);
  expect((result.locations ?? []).length === 1, `${name}: one location`);
  expect((result.partialFingerprints?.primaryLocationLineHash ?? '') !== '', `${name}: primaryLocationLineHash`);
  const related = result.relatedLocations ?? [];
  for (const location of [...(result.locations ?? []), ...related]) checkLocation(location, name, expect);
  const linked = [...(result.message.text ?? '').matchAll(LINK)].map(([, id]) => Number(id));
  expect(String(linked) === String(related.map(({ id }) => id)), `${name}: every related location is linked, and nothing else`);
}

function checkLocation({ physicalLocation }: Location, name: string, expect: Expect): void {
  const uri = physicalLocation?.artifactLocation?.uri ?? '';
  expect(uri !== '' && /^(?:[A-Za-z0-9\-._~!'()*/]|%[0-9A-F]{2})+$/.test(uri), `${name}: uri is percent-encoded: ${uri}`);
  expect(!/^\/|^[a-z]+:|(?:^|\/)\.{1,2}(?:\/|$)/i.test(uri), `${name}: uri is relative and stays in the tree: ${uri}`);
  const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 } = physicalLocation?.region ?? {};
  expect(startLine >= 1 && endLine === startLine, `${name}: one line`);
  expect(startColumn >= 1 && endColumn > startColumn, `${name}: columns`);
}
