/** What code itself puts into the environment: `os.environ["OPENAI_BASE_URL"] = …`. */
import type { Reading } from '../model/reading.ts';
import { contextOf } from './contexts.ts';
import { bound } from './names.ts';
import { inTurn } from './once.ts';
import { readingsOf } from './readings.ts';
import type { Module } from './value.ts';
import type { World } from './world.ts';

const ASSIGNED = /^\d+:(?:os\.|process\.)?env(?:iron)?\.([A-Za-z_]\w*)$/;

interface Assigned {
  readonly module: Module;
  /** Scope and name of the bindings. */
  readonly key: string;
}

interface Index {
  readonly modules: number;
  readonly byName: ReadonlyMap<string, readonly Assigned[]>;
}

const INDEXES = new WeakMap<World['modules'], Index>();

/** Values that code of the same program gives a name before the code at a path reads it. */
export function codeEnvironment(world: World, name: string, from: string): readonly Reading[] {
  const near = (indexOf(world.modules).byName.get(name) ?? []).filter(
    ({ module }) => world.programOf(module.path) === world.programOf(from),
  );
  if (!near.length) return [];
  const own = near.filter(({ module }) => module.path === from);
  const found = inTurn(world, `environment:${name}`, () => assignedTo(world, own.length ? own : near));
  return (found?.value ?? []).map((reading) => ({
    ...reading,
    env: [name, ...reading.env],
    confidence: Math.min(0.9, reading.confidence),
  }));
}

function assignedTo(world: World, all: readonly Assigned[]): readonly Reading[] {
  return all.flatMap(({ module, key }) => {
    const bindings = module.bindings.get(key) ?? [];
    const value = bound(world, { bindings, name: key.slice(key.indexOf(':') + 1), scope: { module } });
    return readingsOf(world, value, module.path).filter(
      ({ text, why }) => text !== undefined && text !== '' && why === undefined,
    );
  });
}

function indexOf(modules: World['modules']): Index {
  const known = INDEXES.get(modules);
  if (known?.modules === modules.size) return known;
  const byName = new Map<string, Assigned[]>();
  for (const module of modules.values()) {
    // What a test sets holds for the test.
    if (contextOf(module.path) === 'test') continue;
    for (const key of module.bindings.keys()) {
      const name = ASSIGNED.exec(key)?.[1];
      if (name === undefined) continue;
      const list = byName.get(name);
      if (list) list.push({ module, key });
      else byName.set(name, [{ module, key }]);
    }
  }
  const index = { modules: modules.size, byName };
  INDEXES.set(modules, index);
  return index;
}
