import type { Config, Declared, Suppression } from '../model/config.ts';
import type { Severity } from '../model/rule.ts';
import {
  entriesOf,
  type Fields,
  quoted,
  readCountries,
  readDate,
  readFields,
  readItems,
  readNumber,
  readText,
  readTexts,
  readWord,
  refusal,
  required,
  type Value,
} from './config-values.ts';
import { asCountries, asJurisdictions } from './countries.ts';

/** The keys of ai-deps.yml by mapping; rules/schema/config.schema.json says the same. */
export const KEYS = {
  file: ['$schema', 'home', 'workloads', 'criticality', 'policy', 'gate', 'suppressions', 'declared'],
  workload: ['id', 'path'],
  policy: ['ban_origins', 'ban_suppliers', 'residency'],
  gate: ['max_score', 'max_grade', 'fail_on'],
  suppression: ['rule', 'paths', 'fingerprint', 'reason', 'until', 'owner'],
  declared: ['env', 'value', 'failover_tested', 'capabilities', 'source', 'owner', 'until'],
} as const;

const CRITICALITIES = ['critical', 'important', 'standard', 'experimental'] as const;
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const satisfies readonly Severity[];
const GRADES = ['A', 'B', 'C', 'D', 'F'] as const;

/** Reads the parsed file; the first thing that does not fit is a UserError that names its key. An empty file is all defaults. */
export function shapeConfig(data: unknown, file: string): Config {
  const fields = readFields({ file, key: '', data: data ?? {} }, KEYS.file);
  read(fields, '$schema', readText);
  return {
    home: asJurisdictions(read(fields, 'home', readCountries) ?? []),
    workloads: read(fields, 'workloads', (list) => readItems(list).map(readWorkload)) ?? [],
    criticality: read(fields, 'criticality', readCriticality) ?? {},
    policy: read(fields, 'policy', readPolicy) ?? { banOrigins: [], banSuppliers: [], residency: [] },
    gate: read(fields, 'gate', readGate) ?? {},
    suppressions: read(fields, 'suppressions', (list) => readItems(list).map(readSuppression)) ?? [],
    declared: read(fields, 'declared', (list) => readItems(list).map(readDeclared)) ?? [],
  };
}

function read<K extends string, T>(fields: Fields<K>, name: K, reader: (value: Value) => T): T | undefined {
  const value = fields.get(name);
  return value === undefined ? undefined : reader(value);
}

function readWorkload(value: Value): Config['workloads'][number] {
  const fields = readFields(value, KEYS.workload);
  return { id: readText(required(fields, 'id', value)), path: readFolder(required(fields, 'path', value)) };
}

/** `services/chat/` and `./services/chat` are `services/chat`; the root is ''. */
function readFolder(value: Value): string {
  const parts = readText(value)
    .split('/')
    .filter((part) => part !== '.' && part !== '');
  if (parts.includes('..') || readText(value).trimStart().startsWith('/')) {
    throw refusal(value, 'leads out of the audited folder', 'write it relative to that folder, with /');
  }
  return parts.join('/');
}

function readCriticality(value: Value): Config['criticality'] {
  // Globs come from the file: one named __proto__ must stay a key.
  const found: Record<string, Config['criticality'][string]> = Object.create(null);
  for (const [glob, data] of entriesOf(value)) {
    found[glob] = readWord({ file: value.file, key: `${value.key}.${glob.slice(0, 80)}`, data }, CRITICALITIES);
  }
  return found;
}

function readPolicy(value: Value): Config['policy'] {
  const fields = readFields(value, KEYS.policy);
  return {
    banOrigins: asCountries(read(fields, 'ban_origins', readCountries) ?? []),
    banSuppliers: read(fields, 'ban_suppliers', readSuppliers) ?? [],
    residency: sorted(read(fields, 'residency', readCountries) ?? []),
  };
}

function readSuppliers(value: Value): readonly string[] {
  return sorted(
    readItems(value).map((item) => {
      const id = readText(item).toLowerCase();
      if (/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(id)) return id;
      throw refusal(item, `${quoted(id)} is no provider id`, 'ids of providers and groups look like openai or aws-bedrock');
    }),
  );
}

function readGate(value: Value): Config['gate'] {
  const fields = readFields(value, KEYS.gate);
  const maxScore = read(fields, 'max_score', (number) => readNumber(number, [0, 100]));
  const maxGrade = read(fields, 'max_grade', (word) => readWord(word, GRADES));
  const failOn = read(fields, 'fail_on', (word) => readWord(word, SEVERITIES));
  return present({ maxScore, maxGrade, failOn });
}

function readSuppression(value: Value): Suppression {
  const fields = readFields(value, KEYS.suppression);
  return {
    rule: readText(required(fields, 'rule', value)),
    paths: read(fields, 'paths', readTexts) ?? [],
    reason: readText(required(fields, 'reason', value)),
    ...present({
      fingerprint: read(fields, 'fingerprint', readText),
      until: read(fields, 'until', readDate),
      owner: read(fields, 'owner', readText),
    }),
  };
}

function readDeclared(value: Value): Declared {
  const fields = readFields(value, KEYS.declared);
  if (fields.has('env') !== fields.has('value')) {
    throw refusal(value, '"env" and "value" belong together', 'name the variable and what it holds');
  }
  if (!fields.has('env') && !fields.has('failover_tested')) {
    throw refusal(value, 'declares nothing', 'give "env" and "value", or "failover_tested"');
  }
  return {
    source: readText(required(fields, 'source', value)),
    ...present({
      env: read(fields, 'env', readText),
      value: read(fields, 'value', readText),
      failoverTested: read(fields, 'failover_tested', readDate),
      capabilities: read(fields, 'capabilities', readTexts),
      owner: read(fields, 'owner', readText),
      until: read(fields, 'until', readDate),
    }),
  };
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what the file leaves out. */
function present<T extends Readonly<Record<string, unknown>>>(values: T): Present<T> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  // Only keys without a value are gone.
  return Object.fromEntries(given) as Present<T>;
}

function sorted(codes: readonly string[]): readonly string[] {
  return [...new Set(codes)].sort();
}
