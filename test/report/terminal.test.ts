import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acmeDocs } from '../../fixtures/reports/acme-docs.ts';
import { acmeSupport } from '../../fixtures/reports/acme-support.ts';
import { acmeWarehouse } from '../../fixtures/reports/acme-warehouse.ts';
import { hostile } from '../../fixtures/reports/hostile.ts';
import { newsroom } from '../../fixtures/reports/newsroom.ts';
import type { Report } from '../../src/model/report.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { renderTerminal } from '../../src/report/terminal/index.ts';
import { crowded, samples } from './samples.ts';

function plain(report: Report, columns = 80): string {
  return renderTerminal(report, { columns, color: false });
}

function golden(name: string): string {
  return readFileSync(new URL(`../../fixtures/reports/screens/${name}.txt`, import.meta.url), 'utf8');
}

describe('the screen', () => {
  test.each([
    ['acme-support-80', acmeSupport, 80],
    ['acme-support-40', acmeSupport, 40],
    ['acme-docs-80', acmeDocs, 80],
    ['acme-warehouse-80', acmeWarehouse, 80],
    ['newsroom-80', newsroom, 80],
    ['newsroom-120', newsroom, 120],
  ] as const)('of %s', (name, report, columns) => {
    expect(plain(report, columns)).toBe(golden(name));
  });
});

describe('no line is wider than the terminal', () => {
  test.each(
    samples.flatMap(([name, report]) => [30, 40, 59, 60, 80, 120, 300].map((columns) => [name, columns, report] as const)),
  )('%s at %d columns', (_, columns, report) => {
    const tooWide = plain(report, columns)
      .split('\n')
      .filter((line) => displayWidth(line) > columns);
    expect(tooWide).toEqual([]);
  });

  test('whatever the tree calls its files', () => {
    const [finding] = acmeSupport.findings;
    const property = fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.integer({ min: 40, max: 130 }),
      (text, columns) => {
        const report = {
          ...acmeSupport,
          source: { ...acmeSupport.source, name: text },
          evidence: acmeSupport.evidence.map((one) => ({ ...one, path: text })),
          findings: finding ? [{ ...finding, message: text, fix: text }] : [],
          capabilities: acmeSupport.capabilities.map((capability) => ({ ...capability, label: text })),
          problems: [{ path: text, reason: 'syntax-error', message: text }],
        };
        const lines = plain(report, columns).split('\n');
        expect(lines.filter((line) => displayWidth(line) > columns)).toEqual([]);
        expect(lines.join('').match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)).toBeNull();
      },
    );
    fc.assert(property, { numRuns: 100, seed: 7 });
  });

  test.each([0, -5, Number.NaN, Number.POSITIVE_INFINITY, 1])('and %d columns do no harm', (columns) => {
    expect(plain(acmeSupport, columns)).toContain('F  78.2');
  });
});

describe('colour', () => {
  const coloured = renderTerminal(acmeSupport, { columns: 80, color: true });

  test('changes no word', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the codes to remove
    expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(plain(acmeSupport));
  });

  test('goes to the grade and the severities alone', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the codes to find
    const words = [...coloured.matchAll(/(?:\x1b\[\d+m)+([^\x1b]+)/g)].map(([, word]) => word?.split('\n')[0]?.trim());
    expect(words.filter((word) => word && /^(?:F|high|medium|low)$/.test(word))).toEqual(['F', 'high', 'high', 'medium', 'low']);
  });

  test('is not there unless asked for', () => {
    expect(plain(acmeSupport)).not.toContain('\x1b');
  });
});

describe('a hostile tree', () => {
  test('cannot forge a line', () => {
    expect(plain(hostile).split('\n')).not.toContain('GRADE A');
    expect(plain(hostile)).toContain('\\x1b[31m');
  });

  test('cannot make the screen slow with one endless word', () => {
    const [finding] = acmeSupport.findings;
    const endless = 'x'.repeat(2_000_000);
    const report = { ...acmeSupport, findings: finding ? [{ ...finding, message: endless }] : [] };
    expect(plain(report).length).toBeLessThan(20_000);
  });
});

describe('findings', () => {
  test('beyond the limit are counted', () => {
    expect(plain(crowded(7))).toContain('5 of 7 groups shown, worst first');
  });

  test('none is said in one word', () => {
    expect(plain({ ...acmeSupport, findings: [] })).toMatch(/FINDINGS {8}none\n/);
  });

  test('without a gain worth naming name none', () => {
    const findings = acmeSupport.findings.map((finding) => ({ ...finding, fixGain: 0.04 }));
    expect(plain({ ...acmeSupport, findings })).not.toContain('points\n');
  });
});

describe('the sentence on the worst node', () => {
  const withStates = (states: readonly string[]): Report => ({
    ...acmeSupport,
    whatIf: acmeSupport.whatIf.map((block) => ({
      ...block,
      capabilities: block.capabilities.map((row, index) => ({ ...row, state: states[index] ?? 'ok' })),
    })),
  });

  test.each([
    [['failover', 'failover', 'ok'], 'if it goes, 2 of 3 capabilities fail over.'],
    [['manual', 'ok', 'ok'], 'if it goes, 1 of 3 capabilities needs a switch by hand.'],
    [['ok', 'ok', 'ok'], 'if it goes, nothing stops.'],
    [['unknown', 'ok', 'ok'], 'what happens to 1 of 3 capabilities is not known.'],
  ])('%j', (states, sentence) => {
    expect(plain(withStates(states)).replace(/\n +/g, ' ')).toContain(sentence);
  });

  test('is left out where nothing would be lost', () => {
    const whatIf = acmeSupport.whatIf.map((block) => ({ ...block, exposure: 0 }));
    expect(plain({ ...acmeSupport, whatIf })).not.toContain('carries everything');
  });
});

describe('without a score', () => {
  test('silence, and what was not read', () => {
    const coverage = { ...acmeDocs.coverage, skipped: { 'too-large': 1 } };
    const problems = [{ path: 'big.json', reason: 'too-large', message: 'larger than the size limit of its format: not read' }];
    expect(plain({ ...acmeDocs, coverage, problems })).toBe(
      `acme-docs  88 files · 0 read closely · 1 not read · as of 2026-11-20
  No AI provider, SDK, gateway or model found. Cloud regions: none.

  NOT SEEN        1 file not read: too large (big.json)
`,
    );
  });

  test('what is there all the same is named', () => {
    const { inventory } = acmeSupport;
    expect(plain({ ...acmeDocs, inventory })).toContain('Seen all the same: @aws-sdk/client-bedrock-runtime, Amazon (Bedrock).');
  });
});
