/** Exported names of a local module, re-exports followed. */
import { evaluate } from './evaluate.ts';
import { fromModule } from './imports.ts';
import { moduleKey } from './keys.ts';
import { once } from './once.ts';
import { type Module, throughName, unknown, type Value } from './value.ts';
import type { World } from './world.ts';

/** The value a module exports under a name. */
export function exported(world: World, module: Module, name: string): Value {
  const key = `export:${moduleKey(module)}:${name}`;
  return once(world, key, () => find(world, module, name) ?? unknown('no-export')) ?? unknown('cycle');
}

function find(world: World, module: Module, name: string): Value | undefined {
  const entry = module.exports.get(name);
  if (entry?.from) return fromModule(world, { specifier: entry.from.module, name: entry.from.name, from: module.path });
  if (entry?.value) return throughName(evaluate(world, entry.value, { module }));
  if (entry) {
    const type = module.types.get(name);
    if (type) return { kind: 'class', module, type };
  }
  if (name === 'default' && !entry) {
    // CommonJS: `module.exports = …` arrives as '*' without `from`.
    const whole = module.unit.exports.find((candidate) => candidate.name === '*' && candidate.value);
    if (whole?.value) return evaluate(world, whole.value, { module });
  }
  // All that a barrel passes on is asked for at once: one after the other would take a round each.
  let missing: Value | undefined;
  for (const star of module.unit.exports.filter((candidate) => candidate.name === '*' && candidate.from)) {
    if (!star.from) continue;
    const value = fromModule(world, { specifier: star.from.module, name, from: module.path });
    if (value.kind !== 'unknown') return value;
    if (value.why === 'not-followed') missing ??= value;
  }
  return missing;
}

/** A namespace used as a value is its default export. */
export function exportOf(value: Value): Value {
  return value;
}
