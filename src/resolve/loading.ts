/** Modules that code loads by a name it has put together. */
import { dottedName } from '../model/source.ts';
import { evaluate } from './evaluate.ts';
import { fromModule } from './imports.ts';
import { alternatives, type CallExpr, choice, type Scope, unknown, type Value } from './value.ts';
import type { World } from './world.ts';

const LOADS = new Set(['import', 'require', '__import__', 'import_module', 'importlib.import_module']);

/** `await import(name)` and `require(name)`: the modules that the text of the argument names. */
export function loadedModule(world: World, call: CallExpr, scope: Scope): Value | undefined {
  const { callee, args } = call;
  const [argument] = args;
  const name = dottedName(callee);
  if (!argument || !LOADS.has(name)) return undefined;
  const from = scope.module.path;
  const modules = alternatives(evaluate(world, argument.value, scope)).flatMap((value): readonly Value[] =>
    value.kind === 'text' && !value.holes.length ? [fromModule(world, { specifier: value.text, name: '*', from })] : [],
  );
  return modules.length ? choice(modules, 'branch') : unknown('computed-module');
}
