import type { ModelCall, Surface, SurfaceShape, Surfaces } from '../model/surface.ts';
import type { CompiledPack } from './compiled.ts';
import { lazy } from './lazy.ts';
import { type NamedShape, runsModel } from './surface-index.ts';

/** Finds surfaces by what code writes of them; none is read before something in the code may be it. */
export function surfaceLookup(pack: Pick<CompiledPack, 'rows' | 'indexes' | 'callNames'>): Surfaces {
  const { rows, indexes } = pack;
  const callNames = lazy(() => new Set(pack.callNames));
  const named = (ids: readonly string[]): readonly Surface[] => ids.flatMap((id) => rows.surfaces.get(id) ?? []);
  const shaped = (found: readonly NamedShape[]): readonly SurfaceShape[] =>
    found.flatMap(({ surface: id, shape }) => {
      const surface = rows.surfaces.get(id);
      const meaning = surface?.shapes[shape]?.call;
      return surface && meaning ? [{ surface, shape, meaning }] : [];
    });
  return {
    imported: (language, specifier) => {
      const exact = indexes.modules.get(`${language} ${specifier}`);
      if (exact) return named(exact);
      const hits = (indexes.prefixes.get(language) ?? []).filter(({ prefix }) => specifier.startsWith(prefix));
      const longest = hits.filter(({ prefix }) => prefix.length === hits[0]?.prefix.length);
      return named(longest.map(({ surface }) => surface));
    },
    global: (language, name) => named(indexes.globals.get(`${language} ${name}`) ?? []),
    runs: (name) => callNames().has(name),
    chain: (tail) => shaped(indexes.chains.get(tail) ?? []).filter(isModelCall),
    bindingPaths: () => [...indexes.bindings.keys()],
    binding: (path) => shaped(indexes.bindings.get(path) ?? []),
    reach: (operator) => indexes.reach.get(operator) ?? 0,
  };
}

function isModelCall(found: SurfaceShape): found is ModelCall {
  return runsModel(found.meaning);
}
