/** Members that a decorator gives a class: lists of what its decorated methods make (`self.agents` under `@CrewBase`). */
import type { Expr, TypeDecl } from '../model/source.ts';
import { invoked } from './calls.ts';
import { evaluate } from './evaluate.ts';
import type { InstanceValue, Module, ObjectValue, Value } from './value.ts';
import type { World } from './world.ts';

interface Wanted {
  readonly module: Module;
  readonly type: TypeDecl;
  readonly name: string;
  readonly self?: ObjectValue;
}

/** The list of that name, or nothing where no decorator of the class gives one. */
export function gathered(world: World, { module, type, name, self }: Wanted): Value | undefined {
  for (const annotation of type.annotations) {
    const decorator = decoratorOf(world, module, annotation);
    const wanted = decorator?.surface.shapes[decorator.shape]?.gathers?.[name];
    if (!decorator || wanted === undefined) continue;
    const makers = type.methods.filter(({ annotations = [] }) =>
      annotations.some((one) => {
        const found = decoratorOf(world, module, one);
        return found?.surface === decorator.surface && found.shape === wanted;
      }),
    );
    const items = makers.flatMap(({ value }): readonly Value[] => {
      if (value.kind !== 'function') return [];
      const scope = { module };
      return [invoked(world, { kind: 'function', expr: value, scope, ...(self ? { self } : {}) }, { args: [], scope })];
    });
    return { kind: 'list', items };
  }
  return undefined;
}

function decoratorOf(world: World, module: Module, annotation: Expr): InstanceValue | undefined {
  const value = evaluate(world, annotation.kind === 'call' ? annotation.callee : annotation, { module });
  return value.kind === 'instance' ? value : undefined;
}
