import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit.ts';
import type { Report } from '../../src/model/report.ts';
import { AS_OF } from './stories.ts';
import { SYSTEMS } from './systems.ts';

/** One system, one way to meet it: `<system>/<how>/`. What the report must say of it stands in expected.txt. */
const ROOT = fileURLToPath(new URL('../../fixtures/systems/', import.meta.url));
/** Folders of things that only share a name with the system. */
const LOOKALIKE = 'lookalike';
const SHOWN: ReadonlySet<string> = new Set(['sdk', 'gateway', 'operator', 'maker', 'cloud', 'region', 'host', 'virtualization']);

test('every system that people asked about by name has its folder', () => {
  expect(foldersOf(ROOT)).toEqual(Object.keys(SYSTEMS).sort());
});

describe.each(Object.entries(SYSTEMS))('%s', (system, nodes) => {
  const ways = foldersOf(join(ROOT, system));

  test('is met in use', () => {
    expect(ways.filter((way) => way !== LOOKALIKE)).not.toEqual([]);
  });

  describe.each(ways)('%s', (way) => {
    const folder = join(ROOT, system, way);
    const file = join(folder, 'expected.txt');
    let lines: readonly string[];

    beforeAll(async () => {
      lines = claimsOf(await audit({ root: folder, asOf: AS_OF, exclude: ['expected.txt'] }));
      if (process.env.UPDATE) writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
    });

    test('shows what is expected of every layer', () => {
      expect(lines).toEqual(existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : 'an expected.txt');
    });

    test(way === LOOKALIKE ? 'is not that system' : 'stands at its own layer', () => {
      const own = lines.filter((line) => nodes.includes(line));
      if (way === LOOKALIKE) expect(own).toEqual([]);
      else expect(own).not.toEqual([]);
    });
  });
});

function foldersOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** `layer node` for each node of the graph, each provider that is depended on, and each region. */
function claimsOf({ graph, inventory }: Report): readonly string[] {
  const nodes = graph.nodes.filter(({ layer }) => SHOWN.has(layer)).map(({ id, layer }) => `${layer} ${id}`);
  const providers = inventory.providers.flatMap(({ id, roles, context }) =>
    context === 'production' ? roles.filter((role) => role !== 'host').map((role) => seenAt(role, id)) : [],
  );
  const regions = inventory.regions.map(({ id }) => `region region:${id}`);
  return [...new Set([...nodes, ...providers, ...regions])].sort();
}

/** A runtime of one's own is the operator of its models. */
function seenAt(role: string, id: string): string {
  const layer = role === 'runtime' ? 'operator' : role;
  return `${layer} ${layer}:${id}`;
}
