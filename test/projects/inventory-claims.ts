/** Claims about what was seen: providers, models, packages, calls, places. */
import type { Report } from '../../src/model/report.ts';
import { inContext, someRow, standsAt, type Verb } from './verb.ts';

/** `model <id> [<path>[:<line>]] [in <context>]` and its kin. */
export const inventoryVerbs = {
  provider(operands, { inventory }) {
    const { operands: rest, context } = inContext(operands);
    const [id, role] = rest;
    return someRow(
      inventory.providers,
      (row) => row.id === id && row.context === context && (role === undefined || row.roles.some((own) => own === role)),
      (row) => `${row.id} (${row.roles.join(', ')}) in ${row.context}, ${row.path}:${row.line}`,
    );
  },
  model(operands, { inventory }) {
    const { operands: rest, context } = inContext(operands);
    const [id, place] = rest;
    return someRow(
      inventory.models,
      (row) => row.id === id && row.context === context && standsAt(place, row),
      (row) => `${row.id} in ${row.context}, ${row.path}:${row.line}`,
    );
  },
  call([operation, provider, place], { inventory }) {
    return someRow(
      inventory.callSites,
      (row) => row.operation === operation && row.operators.includes(provider ?? '') && standsAt(place, row),
      (row) => `${row.operation} ${row.operators.join('+') || '?'} ${row.path}:${row.line}`,
    );
  },
  package([name, version, use], { inventory }) {
    return someRow(
      inventory.packages,
      (row) => row.name === name && (row.version === version || version === 'any') && row.used === (use === 'used'),
      (row) => `${row.name} ${row.version} ${row.used ? 'used' : 'unused'}, ${row.manifest}:${row.line}`,
    );
  },
  region([id, role, place], { inventory }) {
    return someRow(
      inventory.regions,
      (row) => row.id === id && row.role === role && standsAt(place, row),
      (row) => `${row.id} ${row.role} ${row.path}:${row.line}`,
    );
  },
  cloud([id], { inventory }) {
    return someRow(
      inventory.clouds,
      (row) => row.id === id,
      (row) => row.id,
    );
  },
  gateway([id, deployment], { inventory }) {
    return someRow(
      inventory.gateways,
      (row) => row.id === id && (deployment === undefined || row.deployment === deployment),
      (row) => `${row.id} ${row.deployment}`,
    );
  },
  feature([id], { inventory }) {
    return someRow(
      inventory.features,
      (row) => row.id === id,
      (row) => `${row.id} ${row.path}:${row.line}`,
    );
  },
  providers: anyOf(({ inventory }) => inventory.providers),
  models: anyOf(({ inventory }) => inventory.models),
  packages: anyOf(({ inventory }) => inventory.packages),
  gateways: anyOf(({ inventory }) => inventory.gateways),
  regions: anyOf(({ inventory }) => inventory.regions),
  fallbacks: anyOf(({ inventory }) => inventory.fallbacks),
} satisfies Record<string, Verb>;

interface Placed {
  readonly id: string;
  readonly context: string;
  readonly path: string;
  readonly line: number;
}

/** `no models`: whether production holds any. */
function anyOf(listOf: (report: Report) => readonly Placed[]): Verb {
  return (_operands, report) =>
    someRow(
      listOf(report),
      (row) => row.context === 'production',
      (row) => `${row.id} in ${row.context}, ${row.path}:${row.line}`,
    );
}
