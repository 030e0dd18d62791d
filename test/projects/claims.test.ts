import { readFileSync } from 'node:fs';
import { assert, beforeAll, describe, expect, test } from 'vitest';
import type { InventoryEntry } from '../../src/model/inventory.ts';
import type { Report } from '../../src/model/report.ts';
import { readClaims, refute } from './claims.ts';
import { pathOf, stories, tell } from './stories.ts';

test('there are at least ten stories', () => {
  expect(stories().length).toBeGreaterThanOrEqual(10);
});

describe.each(stories())('%s', (story) => {
  const claims = readClaims(pathOf(story, 'claims.txt'));
  let report: Report;

  beforeAll(async () => {
    report = await tell(pathOf(story));
  });

  test.each(claims)('$text', (claim) => {
    const objection = refute(claim, report);
    if (objection !== undefined) assert.fail(objection);
  });

  test('every file is screened, parsed, degraded, skipped or failed', () => {
    const { discovered, screened, parsed, degraded, skipped, failed } = report.coverage;
    const left = Object.values(skipped).reduce((sum, count) => sum + count, 0);
    expect(screened + parsed + degraded + left + failed.length).toBe(discovered);
    expect(failed).toEqual([]);
  });

  test('every piece of evidence lies inside a file', () => {
    for (const { path, line, column, endLine, endColumn, token } of report.evidence) {
      const lines = readFileSync(pathOf(story, path), 'utf8').split('\n');
      const place = `${token} at ${path}:${line}:${column}`;
      expect(lines[line - 1]?.length, place).toBeGreaterThanOrEqual(column - 1);
      expect(lines[endLine - 1]?.length, place).toBeGreaterThanOrEqual(endColumn - 1);
      expect(endLine > line || (endLine === line && endColumn > column), place).toBe(true);
    }
  });

  test('a model read as a literal stands in its line', () => {
    for (const { id, path, line, how } of report.inventory.models) {
      const text = readFileSync(pathOf(story, path), 'utf8').split('\n')[line - 1];
      if (how === 'literal' || how === 'constant') expect(text, `${id} at ${path}:${line}`).toContain(id);
    }
  });

  test('what refers to something refers to something that is there', () => {
    expect(danglingOf(report)).toEqual([]);
  });
});

/** References that lead nowhere. */
function danglingOf({ evidence, routes, capabilities, inventory, findings, graph }: Report): readonly string[] {
  const seen = new Set(evidence.map((one) => one.id));
  const routeIds = new Set(routes.map((one) => one.id));
  const capabilityIds = new Set(capabilities.map((one) => one.id));
  const nodes = new Set([...graph.nodes, ...capabilities].map((one) => one.id));
  const legs = capabilities.flatMap((one) => one.legs);
  const spares = legs.flatMap((leg) => leg.fallbacks);
  const lists: readonly (readonly InventoryEntry[])[] = Object.values(inventory);
  const entries = lists.flatMap((list) => list.flatMap((entry) => entry.evidence));
  const used = [...entries, ...findings.flatMap((one) => one.evidence), ...capabilities.flatMap((one) => one.sites)];
  const taken = [
    ...legs.map((leg) => leg.primary),
    ...spares.map((one) => one.route),
    ...inventory.callSites.flatMap((one) => one.routes),
  ];
  const reached = routes.flatMap((one) => Object.values(one.nodes).flat()).flatMap((one) => ('node' in one ? [one.node] : []));
  return [
    ...[...used, ...spares.flatMap((one) => one.evidence)].filter((id) => !seen.has(id)).map((id) => `evidence ${id}`),
    ...taken.filter((id) => !routeIds.has(id)).map((id) => `route ${id}`),
    ...inventory.callSites
      .flatMap((one) => one.capabilities)
      .filter((id) => !capabilityIds.has(id))
      .map((id) => `capability ${id}`),
    ...[...reached, ...graph.edges.flatMap((edge) => [edge.from, edge.to])]
      .filter((id) => !nodes.has(id))
      .map((id) => `node ${id}`),
  ];
}
