/** Clients that one call makes from a list, each with options of its own: the deployments of a router, the configurations of an agent. */
import type { Reading } from '../model/reading.ts';
import { argumentAt } from './arguments.ts';
import { memberOf } from './members.ts';
import { readingsOf } from './readings.ts';
import { alternatives, type InstanceValue, type Made, type Value } from './value.ts';
import type { World } from './world.ts';

const ITEM = '#item';

export interface Listed {
  /** Clients that are asked, or the first of a chain. */
  readonly primary: readonly InstanceValue[];
  /** Clients that are tried after them, in order. */
  readonly spare: readonly InstanceValue[];
  readonly mechanism: string;
  readonly made: Made;
}

interface Entry {
  readonly names: readonly string[];
  readonly client: InstanceValue;
}

/** What an instance asks of the list it was made with; undefined: it was made with none that is known. */
export function listedIn(world: World, value: InstanceValue): Listed | undefined {
  for (const [index, made] of value.made.entries()) {
    const { each } = made.meaning;
    const entries = each ? entriesOf(world, { made, value, rest: value.made.slice(index + 1) }) : [];
    if (!each || !entries.length) continue;
    const base = { mechanism: each.mechanism, made };
    if (!each.name) return { ...base, primary: entries.slice(0, 1).map(clientOf), spare: entries.slice(1).map(clientOf) };
    const asked = askedOf(world, value.made.slice(index + 1));
    const primary = asked.length ? entries.filter(({ names }) => names.some((name) => asked.includes(name))) : entries;
    const next = spareNames(world, made, asked);
    const spare = entries.filter(
      (entry) => entry.names.some((name) => next.includes(name)) && !(asked.length && primary.includes(entry)),
    );
    const first = primary.filter((entry) => asked.length || !spare.includes(entry));
    return { ...base, primary: (first.length ? first : entries).map(clientOf), spare: spare.map(clientOf) };
  }
  return undefined;
}

function clientOf({ client }: Entry): InstanceValue {
  return client;
}

function entriesOf(
  world: World,
  { made, value, rest }: { made: Made; value: InstanceValue; rest: readonly Made[] },
): readonly Entry[] {
  const { each } = made.meaning;
  const meaning = each && value.surface.shapes[each.as]?.call;
  if (!each || !meaning) return [];
  const list = each.list.map((path) => argumentAt(world, path, made.args, made.scope)).find((one) => one !== undefined);
  const items = list ? alternatives(list).flatMap((part) => (part.kind === 'list' ? part.items.flatMap(alternatives) : [])) : [];
  return items
    .filter(({ kind }) => kind === 'record' || kind === 'map')
    .map((item) => ({
      names: each.name ? textsOf(readingsOf(world, memberOf(world, item, each.name), made.scope.module.path)) : [],
      client: { ...value, made: [{ ...made, meaning, ...argumentOf(made, item) }, ...rest] },
    }));
}

/** The item as the only argument of a call. */
function argumentOf({ scope, at }: Made, item: Value): Pick<Made, 'args' | 'scope'> {
  const span = { line: at.line, column: at.column, endLine: at.endLine, endColumn: at.endColumn };
  return {
    args: [{ value: { kind: 'name', name: ITEM, block: 0, at: span } }],
    scope: { ...scope, names: (name) => (name === ITEM ? item : scope.names?.(name)) },
  };
}

/** Names of the entries that a later call asks for; none: nobody can tell. */
function askedOf(world: World, later: readonly Made[]): readonly string[] {
  for (const { meaning, args, scope } of later) {
    for (const path of meaning.asks ?? []) {
      const value = argumentAt(world, path, args, scope);
      const readings = value ? readingsOf(world, value, scope.module.path) : [];
      if (readings.length && readings.every(({ text, why }) => text !== undefined && !why)) return textsOf(readings);
    }
  }
  return [];
}

/** Names that are tried when those asked for fail: `fallbacks.*` is a list of tables by name, the others are for all. */
function spareNames(world: World, made: Made, asked: readonly string[]): readonly string[] {
  const { args, scope } = made;
  return (made.meaning.each?.spare ?? []).flatMap((path) => {
    const cut = path.indexOf('.{name}');
    const isForAll = cut < 0 || !asked.length;
    const value = argumentAt(world, cut < 0 ? path : `${path.slice(0, cut)}${isForAll ? '.*' : ''}`, args, scope);
    const parts = value ? alternatives(value) : [];
    const tried = isForAll ? parts : parts.flatMap((part) => asked.map((name) => memberOf(world, part, name)));
    return tried.flatMap((part) => textsOf(readingsOf(world, part, scope.module.path)));
  });
}

function textsOf(readings: readonly Reading[]): readonly string[] {
  return readings.flatMap(({ text, why }) => (text !== undefined && !why ? [text] : []));
}
