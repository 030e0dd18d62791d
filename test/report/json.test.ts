import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { acmeSupport } from '../../fixtures/reports/acme-support.ts';
import { hostile } from '../../fixtures/reports/hostile.ts';
import { newsroom } from '../../fixtures/reports/newsroom.ts';
import type { Report } from '../../src/model/report.ts';
import json from '../../src/report/json.ts';
import { samples } from './samples.ts';

const OPTIONS = { columns: 80, color: false };
const schema = JSON.parse(readFileSync(new URL('../../rules/schema/report.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
ajv.addKeyword('x-experimental');
const validate = ajv.compile(schema);

function problemsOf(report: unknown): readonly string[] {
  validate(report);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function parsed(report: Report): Report {
  return JSON.parse(json.render(report, OPTIONS)) as Report;
}

test.each(samples)('%s fits the published schema', (_, report) => {
  expect(problemsOf(parsed(report))).toEqual([]);
});

test.each(samples)('%s comes back as it was', (_, report) => {
  expect(parsed(report)).toEqual(report);
});

test('keys keep the order in which the report was put together', () => {
  expect(Object.keys(parsed(acmeSupport))).toEqual(Object.keys(acmeSupport));
});

test('names like __proto__ stay keys', () => {
  expect(Object.keys(parsed(hostile).coverage.skipped)).toContain('constructor');
  expect(json.render(hostile, OPTIONS)).toContain('"__proto__": 3');
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d is refused: JSON would make null of it', (value) => {
  const report = { ...acmeSupport, score: { ...acmeSupport.score, value } };
  expect(() => json.render(report, OPTIONS)).toThrow(/no such number exists in JSON/);
});

/** Sets what stands at a path of keys; undefined removes it. */
function changed(report: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(report);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let place = copy as Record<string, unknown>;
  for (const key of keys) place = place[key] as Record<string, unknown>;
  if (!(last in place)) throw new Error(`${path} is not in the sample`);
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

describe('the schema refuses', () => {
  const required = [
    ...Object.keys(acmeSupport),
    'score.vector',
    'score.dimensions.lockIn',
    'layers.2.shares.0.exposure',
    'graph.nodes.0.known',
    'graph.edges.0.k',
    'graph.edges.0.fact.verified',
    'routes.0.nodes.jurisdiction',
    'routes.0.destinations',
    'capabilities.0.legs',
    'capabilities.0.legs.0.primary',
    'capabilities.0.factors.0.confidence',
    'inventory.providers.0.roles',
    'inventory.providers.0.key',
    'inventory.packages.0.used',
    'inventory.tools',
    'evidence.0.endColumn',
    'findings.0.fingerprint',
    'findings.0.fixGain',
    'findings.6.suppressed.reason',
    'whatIf.0.capabilities.0.state',
    'planB.0.grade',
    'coverage.unknown',
    'coverage.failed.0.path',
    'problems.0.message',
    'exit.code',
    'gate.passed',
  ];
  test.each(required)('a report without %s', (path) => {
    expect(problemsOf(changed(acmeSupport, path, undefined)).join()).toContain('must have required property');
  });

  const wrong: readonly (readonly [string, unknown])[] = [
    ['schemaVersion', 1],
    ['asOf', '20 November 2026'],
    ['weights', 'mine'],
    ['home', 'EU'],
    ['score.value', 101],
    ['score.value', '78.2'],
    ['score.grade', 'E'],
    ['layers.2.layer', 'vendor'],
    ['layers.2.hhi', 10001],
    ['layers.2.shares.0.share', 67],
    ['graph.nodes.0.id', 'aws'],
    ['graph.nodes.0.known', 'yes'],
    ['routes.0.nodes.operator.0', {}],
    ['capabilities.0.context', 'prod'],
    ['inventory.providers.0.roles.0', 'owner'],
    ['inventory.packages.0.version', 4],
    ['inventory.packages.0.manifest', '/home/me/package.json'],
    ['evidence.0.line', 0],
    ['evidence.0.line', 1.5],
    ['evidence.0.path', '/home/me/client.ts'],
    ['evidence.0.how', 'guess'],
    ['findings.0.severity', 'error'],
    ['findings.0.evidence', 'e1'],
    ['findings.0.confidence', 2],
    ['whatIf.0.exposure', 100],
    ['whatIf.0.capabilities.0.state', 'gone'],
    ['coverage.discovered', -1],
    ['coverage.skipped.binary', 'many'],
    ['problems.0.path', null],
    ['exit.code', '0'],
  ];
  test.each(wrong)('%s: %j', (path, value) => {
    expect(problemsOf(changed(acmeSupport, path, value))).not.toEqual([]);
  });
});

describe('the schema takes', () => {
  test.each(['', 'score.', 'findings.0.', 'inventory.packages.0.', 'coverage.'])('a field added at "%s"', (at) => {
    const copy = structuredClone(acmeSupport);
    let place = copy as unknown as Record<string, unknown>;
    for (const key of at.split('.').filter(Boolean)) place = place[key] as Record<string, unknown>;
    place.addedLater = { anything: 1 };
    expect(problemsOf(copy)).toEqual([]);
  });

  test('unknown route nodes', () => {
    expect(newsroom.routes[0]?.nodes.maker).toEqual([{ unknown: 'model' }]);
    expect(problemsOf(newsroom)).toEqual([]);
  });
});
