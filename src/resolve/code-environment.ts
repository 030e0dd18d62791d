/** What code itself puts into the environment: `os.environ["OPENAI_BASE_URL"] = …`. */
import type { Reading } from '../model/reading.ts';
import { contextOf } from './contexts.ts';
import { bound } from './names.ts';
import { inTurn } from './once.ts';
import { readingsOf } from './readings.ts';
import type { Module } from './value.ts';
import { ofModules, type World } from './world.ts';

const ASSIGNED = /^(?:os\.|process\.)?env(?:iron)?\.([A-Za-z_]\w*)$/;

interface Assigned {
  readonly module: Module;
  /** What is assigned: `os.environ.NAME`. */
  readonly name: string;
}

/** Values that code of the same program gives a name before the code at a path reads it. */
export function codeEnvironment(world: World, name: string, from: string): readonly Reading[] {
  const near = (byVariable(world).get(name) ?? []).filter(({ module }) => world.programOf(module.path) === world.programOf(from));
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
  return all.flatMap(({ module, name }) =>
    [...(module.bindings.get(name)?.values() ?? [])]
      .flatMap((bindings) => readingsOf(world, bound(world, { bindings, name, scope: { module } }), module.path))
      .filter(({ text, why }) => text !== undefined && text !== '' && why === undefined),
  );
}

/** Assignments by the name of the variable. */
const byVariable = ofModules((modules) => {
  const found = new Map<string, Assigned[]>();
  for (const module of modules.values()) {
    // What a test sets holds for the test.
    if (contextOf(module.path) === 'test') continue;
    for (const name of module.bindings.keys()) {
      const variable = ASSIGNED.exec(name)?.[1];
      if (variable === undefined) continue;
      const list = found.get(variable);
      if (list) list.push({ module, name });
      else found.set(variable, [{ module, name }]);
    }
  }
  return found;
});
