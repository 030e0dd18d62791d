import type { CallMeaning, Surface } from '../model/surface.ts';
import { byCodePoint } from './compiled.ts';

/** A shape of a surface. */
export interface NamedShape {
  readonly surface: string;
  readonly shape: string;
}

export interface SurfaceIndexes {
  /** `<language> <specifier>` -> surfaces that it imports. */
  readonly modules: readonly string[];
  /** Language -> how the specifiers of a surface begin, the longest first. */
  readonly prefixes: readonly { readonly prefix: string; readonly surface: string }[];
  /** `<language> <name>` -> surfaces with that global name. */
  readonly globals: readonly string[];
  /** Member paths that run a model, and their tails of three or more names. */
  readonly chains: readonly NamedShape[];
  /** Paths that a platform binds, and what calling them means. */
  readonly bindings: readonly NamedShape[];
  /** Operator -> how many surfaces reach it. */
  readonly reach: number;
}

type Maps = { readonly [K in keyof SurfaceIndexes]: Map<string, SurfaceIndexes[K]> };

const LEAST_PARTS = 2;
/** Names enough to know an SDK by a chain alone: a payment SDK has its own `sessions.create`, none has `chat.completions.create`. */
const DISTINCTIVE_PARTS = 3;

/** Surfaces by what code writes of them. */
export function surfaceIndexes(surfaces: readonly Surface[]): Maps {
  const maps: Maps = {
    modules: new Map(),
    prefixes: new Map(),
    globals: new Map(),
    chains: new Map(),
    bindings: new Map(),
    reach: new Map(),
  };
  for (const surface of surfaces) {
    addImports(maps, surface);
    addMembers(maps, surface);
    for (const [path, shape] of Object.entries(surface.bindings ?? {})) {
      if (surface.shapes[shape]?.call) push(maps.bindings, path, { surface: surface.id, shape });
    }
    for (const operator of operatorsOf(surface)) maps.reach.set(operator, (maps.reach.get(operator) ?? 0) + 1);
  }
  for (const [language, found] of maps.prefixes) {
    maps.prefixes.set(
      language,
      found.toSorted((left, right) => right.prefix.length - left.prefix.length),
    );
  }
  return maps;
}

/** Last names of the member paths that run a model: create, invoke, generateContent, send, … */
export function callNamesOf(surfaces: readonly Surface[]): readonly string[] {
  const paths = surfaces.flatMap(({ shapes }) =>
    Object.values(shapes).flatMap(({ members }) =>
      Object.entries(members ?? {}).flatMap(([path, target]) => {
        const call = shapes[target]?.call;
        return call?.operation || call?.performs ? [path] : [];
      }),
    ),
  );
  return [...new Set(paths.map((path) => path.slice(path.lastIndexOf('.') + 1)))].sort(byCodePoint);
}

function addImports({ modules, prefixes, globals }: Maps, { id, language, ...surface }: Surface): void {
  for (const module of surface.modules) {
    if (module.endsWith('*')) push(prefixes, language, { prefix: module.slice(0, -1), surface: id });
    else push(modules, `${language} ${module}`, id);
  }
  for (const name of Object.keys(surface.globals)) push(globals, `${language} ${name}`, id);
}

function addMembers({ chains }: Maps, { id, shapes }: Surface): void {
  for (const { members } of Object.values(shapes)) {
    for (const [path, shape] of Object.entries(members ?? {})) {
      const call = shapes[shape]?.call;
      if (!runsModel(call)) continue;
      for (const tail of tailsOf(path)) push(chains, tail, { surface: id, shape });
    }
  }
}

/** Of the calls of an SDK, those that run a model. */
export function runsModel(call: CallMeaning | undefined): boolean {
  return call?.operation !== undefined && call.operation !== 'client' && call.operation !== 'metadata';
}

function tailsOf(path: string): readonly string[] {
  const parts = path.split('.');
  if (parts.length < LEAST_PARTS) return [];
  return Array.from({ length: Math.max(1, parts.length - DISTINCTIVE_PARTS + 1) }, (_, from) => parts.slice(from).join('.'));
}

function operatorsOf({ shapes }: Surface): ReadonlySet<string> {
  const calls = Object.values(shapes).flatMap(({ call }) => (call ? [call] : []));
  return new Set(calls.flatMap(({ operator, when = [] }) => [operator ?? [], ...when.map((one) => one.operator ?? [])].flat()));
}

function push<T>(map: Map<string, readonly T[]>, key: string, value: T): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}
