import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { acmeDocs } from '../../fixtures/reports/acme-docs.ts';
import { acmeSupport } from '../../fixtures/reports/acme-support.ts';
import { hostile } from '../../fixtures/reports/hostile.ts';
import { newsroom } from '../../fixtures/reports/newsroom.ts';
import type { Report } from '../../src/model/report.ts';
import sarif from '../../src/report/sarif/index.ts';
import { relativeUri } from '../../src/report/sarif/places.ts';
import { crowded, samples } from './samples.ts';
import { violations } from './sarif-rules.ts';

function render(report: Report): Log {
  return JSON.parse(sarif.render(report, { columns: 80, color: false })) as Log;
}

function resultsOf(report: Report) {
  return render(report).runs[0]?.results ?? [];
}

function resultFor(report: Report, ruleId: string) {
  const found = resultsOf(report).find((result) => result.ruleId === ruleId);
  if (!found) throw new Error(`no result for ${ruleId}`);
  return found;
}

test.each(samples)('GitHub accepts the SARIF of %s', (_, report) => {
  expect(violations(render(report))).toEqual([]);
});

test('the checker itself sees what GitHub would refuse', () => {
  const log = render(acmeSupport);
  const [result] = log.runs[0]?.results ?? [];
  const broken = {
    ...result,
    locations: [{ physicalLocation: { artifactLocation: { uri: '/etc/passwd' }, region: { startLine: 1, endLine: 4 } } }],
  };
  const run = { ...log.runs[0], results: [broken] };
  expect(violations({ ...log, runs: [run] } as Log).join('\n')).toMatch(/stays in the tree[\s\S]*one line[\s\S]*columns/);
});

describe('a result', () => {
  test('stands for a group, under the rule of its head', () => {
    expect(resultsOf(acmeSupport).map(({ ruleId, level, rank }) => [ruleId, level, rank])).toEqual([
      ['region/pinned-endpoint', 'error', 80],
      ['lock-in/managed-agent', 'error', 80],
      ['region/state-in-one-region', 'warning', 55],
      ['manifests/unlocked', 'note', 27],
    ]);
  });

  test('begins with its title and links the other places', () => {
    const { message, locations, relatedLocations } = resultFor(acmeSupport, 'region/pinned-endpoint');
    expect(message.text?.split('\n')[0]).toBe('Support chat is pinned to AWS me-central-1, with no fallback.');
    expect(message.text).toContain('Also at [infra/main.tf:3:12](1), [src/llm/client.ts:22:9](2).');
    expect(locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'src/llm/client.ts', uriBaseId: 'SRCROOT' },
      region: { startLine: 14, startColumn: 20, endLine: 14, endColumn: 32 },
    });
    expect(relatedLocations).toHaveLength(2);
  });

  test('without a place of its own is shown at the first manifest', () => {
    const { locations, message } = resultFor(acmeSupport, 'manifests/unlocked');
    expect(locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('package.json');
    expect(message.text).toContain('shown at this file');
  });

  test('without a place or a manifest is shown at the first file of the inventory', () => {
    const { locations } = resultFor(newsroom, 'concentration/single-operator-1');
    expect(locations?.[0]?.physicalLocation?.artifactLocation?.uri).toMatch(/suggest\.ts$/);
  });

  test('without any file at all is left out, and the run says so', () => {
    const [finding] = acmeSupport.findings;
    const log = render({ ...acmeDocs, findings: finding ? [{ ...finding, evidence: [] }] : [] });
    expect(log.runs[0]?.results).toEqual([]);
    expect(log.runs[0]?.invocations?.[0]?.toolExecutionNotifications?.[0]?.descriptor?.id).toBe('no-place');
  });

  test('keeps its fingerprint when its lines move', () => {
    const moved = {
      ...acmeSupport,
      evidence: acmeSupport.evidence.map((one) => ({ ...one, line: one.line + 10, endLine: one.endLine + 10 })),
    };
    const prints = (report: Report) => resultsOf(report).map((result) => result.partialFingerprints);
    expect(prints(moved)).toEqual(prints(acmeSupport));
  });

  test('has one line where its evidence has several', () => {
    const region = resultFor(newsroom, 'concentration/single-operator-0').locations?.[0]?.physicalLocation?.region;
    expect(region).toEqual({ startLine: 120, startColumn: 7, endLine: 120, endColumn: 18 });
  });
});

test('text of the tree makes no link of its own', () => {
  const text = resultFor(hostile, 'region/pinned-endpoint').message.text ?? '';
  expect(text).toContain('\\[x\\](javascript:1)');
  expect(text).not.toMatch(/(?<!\\)\[x/);
});

test('a path that brackets and blanks stand in is linked whole', () => {
  expect(resultFor(newsroom, 'concentration/single-operator-0').message.text).toContain(
    '[services/archive/\\[slug\\]/page.tsx:121:7](1)',
  );
});

test.each([
  ['src/a b/[slug]/#1.ts', 'src/a%20b/%5Bslug%5D/%231.ts'],
  ['file:///etc/passwd', 'file%3A/etc/passwd'],
  ['/abs/../x?.ts', 'abs/x%3F.ts'],
  ['src/見出し.ts', 'src/%E8%A6%8B%E5%87%BA%E3%81%97.ts'],
  ['lone\ud800.ts', 'lone%EF%BF%BD.ts'],
])('%s becomes a relative uri', (path, uri) => {
  expect(relativeUri(path)).toBe(uri);
});

test('5,000 results are written, and a notification counts the rest', () => {
  const run = render(crowded(5003)).runs[0];
  expect(run?.results).toHaveLength(5000);
  expect(run?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toMatch(/^3 more groups/);
});

test('problems are notifications; an audit that was cut short did not succeed', () => {
  const [invocation] =
    render({ ...acmeSupport, exit: { code: 4, reasons: ['1 file could not be read'] } }).runs[0]?.invocations ?? [];
  expect(invocation?.executionSuccessful).toBe(false);
  expect(invocation?.toolExecutionNotifications?.map(({ level, descriptor }) => [level, descriptor?.id])).toEqual([
    ['note', 'binary'],
    ['warning', 'too-large'],
    ['warning', 'too-large'],
    ['warning', 'syntax-error'],
  ]);
});

test('a rule says why, what to do and where to read more', () => {
  const rule = render(acmeSupport).runs[0]?.tool.driver.rules?.find(({ id }) => id === 'region/pinned-endpoint');
  expect(rule?.help?.markdown).toBe(
    [
      '### Why it matters',
      'What rests on one place stops with that place.',
      '### What to do',
      'Call an eu. profile and retry in a second region.',
      '### Read more',
      '- <https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html>',
      'Rule `region/pinned-endpoint`',
    ].join('\n\n'),
  );
  expect(rule?.properties).toMatchObject({
    tags: ['ai-deps', 'region', 'AWS REL10'],
    precision: 'very-high',
    'problem.severity': 'error',
  });
});

test('a description is cut to what GitHub takes', () => {
  const rules = acmeSupport.rules.map((note) => ({ ...note, why: 'word '.repeat(1000) }));
  expect(violations(render({ ...acmeSupport, rules }))).toEqual([]);
});
