/** Declarations of infrastructure -> resources with their attributes evaluated. */
import type { Declaration } from '../model/observed.ts';
import type { Reading } from '../model/reading.ts';
import type { Resource } from '../model/resolved.ts';
import type { Expr } from '../model/source.ts';
import { bicepScopes } from './bicep.ts';
import { contextOf } from './contexts.ts';
import { evaluate } from './evaluate.ts';
import { readingsOf } from './readings.ts';
import { foldersOf, type Placed, providerRegion, scopeMaker } from './terraform.ts';
import { alternatives, type Scope } from './value.ts';
import type { World } from './world.ts';

/** Formats with variables: names of one folder know each other. */
const SCOPED: ReadonlySet<string> = new Set(['terraform', 'cloudformation', 'packer']);
/** Formats whose every object is written alike: one is infrastructure of interest where the catalog knows its type. */
const LISTED: ReadonlySet<string> = new Set(['kubernetes', 'ansible', 'databricks']);
const BLOCKS: ReadonlySet<string> = new Set(['resource', 'data', 'provider', 'service', 'terraform', 'module']);
const DEPTH = 8;
const ATTRIBUTES = 400;
/** Functions whose result holds what their argument holds. */
const TRANSPARENT = new Set([
  'jsonencode',
  'yamlencode',
  'merge',
  'tomap',
  'toset',
  'tolist',
  'concat',
  'flatten',
  'lower',
  'upper',
  'trimspace',
  'tostring',
  'coalesce',
  'try',
  'sensitive',
  'nonsensitive',
  'lookup',
  'one',
]);

/** Resources and services of the tree, in the order of path and position. */
export function resourcesOf(world: World, placed: readonly Placed[], workloadOf: (path: string) => string): readonly Resource[] {
  const folders = foldersOf(placed.filter(({ declaration }) => SCOPED.has(declaration.format)));
  const scopeIn = scopeMaker(world, folders);
  const bicepScope = bicepScopes(
    world,
    placed.filter(({ declaration }) => declaration.format === 'bicep'),
  );
  return placed.flatMap((one): readonly Resource[] => {
    const { path, declaration } = one;
    const isListed = LISTED.has(declaration.format);
    if (isListed ? !isKnown(world, declaration) : !BLOCKS.has(declaration.block)) return [];
    const block = isListed ? 'resource' : declaration.block;
    const scopeAt = declaration.format === 'bicep' ? bicepScope : scopeIn;
    const scope = scopeAt(path);
    const attributes = attributesOf(world, declaration.body, scope);
    const [type = '', name = type] = declaration.labels;
    const region = declaration.format === 'terraform' ? providerRegion(world, folders, { ...one, scopeAt }) : [];
    return [
      {
        path,
        at: { path, ...declaration.at },
        format: declaration.format,
        block,
        type: typeOf(block, type),
        name,
        context: contextOf(path),
        workload: workloadOf(path),
        attributes,
        providerRegion: region.flatMap((value) => readingsOf(world, value, path)).map(asInfrastructure),
        references: [...referencesIn(declaration.body)].sort(),
      },
    ];
  });
}

function isKnown(world: World, { format, labels }: Declaration): boolean {
  return world.catalog.resource(format, labels[0] ?? '') !== undefined;
}

function typeOf(block: string, type: string): string {
  if (block === 'service') return block;
  return block === 'resource' ? type : `${block}.${type}`;
}

/** Attribute path -> readings of all texts in a body. */
export function attributesOf(world: World, body: Expr, scope: Scope): Resource['attributes'] {
  const attributes = new Map<string, Reading[]>();
  flatten(world, { expr: body, prefix: '', scope, into: attributes, depth: 0 });
  return Object.fromEntries(attributes);
}

interface Flattening {
  readonly expr: Expr;
  readonly prefix: string;
  readonly scope: Scope;
  readonly into: Map<string, Reading[]>;
  readonly depth: number;
}

function flatten(world: World, { expr, prefix, scope, into, depth }: Flattening): void {
  if (depth > DEPTH || into.size > ATTRIBUTES) return;
  const inner = (part: Expr, name: string) => flatten(world, { expr: part, prefix: name, scope, into, depth: depth + 1 });
  if (expr.kind === 'record') {
    const pair = namedValue(expr);
    if (pair) {
      inner(pair.value, `${prefix}.${pair.name}`);
      return;
    }
    for (const entry of expr.entries) inner(entry.value, prefix ? `${prefix}.${entry.key}` : entry.key);
    return;
  }
  if (expr.kind === 'list') {
    for (const item of expr.items) inner(item, prefix);
    return;
  }
  if (expr.kind === 'call' && expr.callee.kind === 'name' && TRANSPARENT.has(expr.callee.name)) {
    for (const arg of expr.args) inner(arg.value, prefix);
    return;
  }
  world.fuel = 2000;
  const value = evaluate(world, expr, scope);
  if (value.kind === 'record' && depth < DEPTH) {
    flatten(world, { expr: value.expr, prefix, scope: value.scope, into, depth: depth + 1 });
    return;
  }
  // One of several objects: each says what it says.
  const records = value.kind === 'choice' ? alternatives(value).filter((part) => part.kind === 'record') : [];
  for (const record of records) flatten(world, { expr: record.expr, prefix, scope: record.scope, into, depth: depth + 1 });
  if (records.length) return;
  const readings = readingsOf(world, value, scope.module.path).map(asInfrastructure);
  into.set(prefix, [...(into.get(prefix) ?? []), ...readings.map((reading) => withPlace(reading, expr, scope))]);
}

/** `{ name = "MODEL", value = "gpt-4o" }`, the way container definitions write their environment. */
function namedValue(expr: Expr & { kind: 'record' }): { name: string; value: Expr } | undefined {
  const name = expr.entries.find((entry) => entry.key.toLowerCase() === 'name')?.value;
  const value = expr.entries.find((entry) => entry.key.toLowerCase() === 'value')?.value;
  return name?.kind === 'text' && value && /^[A-Z][A-Z0-9_]*$/.test(name.text) ? { name: name.text, value } : undefined;
}

function asInfrastructure(reading: Reading): Reading {
  const isLiteral = reading.how === 'literal';
  return isLiteral || reading.text === undefined
    ? reading
    : { ...reading, how: 'iac', confidence: Math.min(0.9, reading.confidence) };
}

function withPlace(reading: Reading, expr: Expr, scope: Scope): Reading {
  if (reading.trail.length) return reading;
  return { ...reading, trail: [{ path: scope.module.path, ...expr.at }] };
}

/** `aws_s3_bucket.docs` for every resource an expression mentions. */
export function referencesIn(body: Expr): ReadonlySet<string> {
  const found = new Set<string>();
  const stack: Expr[] = [body];
  while (stack.length) {
    const expr = stack.pop();
    if (!expr) continue;
    if (expr.kind === 'member' && expr.of.kind === 'name' && expr.name.kind === 'text')
      found.add(`${expr.of.name}.${expr.name.text}`);
    stack.push(...childrenOf(expr));
  }
  return found;
}

function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'member':
      return [expr.of, expr.name];
    case 'call':
      return [expr.callee, ...expr.args.map((arg) => arg.value)];
    case 'join':
      return expr.parts;
    case 'choice':
      return expr.of;
    case 'record':
      return expr.entries.map((entry) => entry.value);
    case 'list':
      return expr.items;
    case 'spread':
      return [expr.of];
    case 'function':
      return expr.returns;
    default:
      return [];
  }
}
