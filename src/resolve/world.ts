/** All that evaluation needs to know, and the little state it keeps: what it asked for, and its fuel. */
import type { Catalog } from '../model/catalog.ts';
import type { Reading } from '../model/reading.ts';
import type { BlockId, Location, Span, Unit } from '../model/source.ts';
import type { Surface } from '../model/surface.ts';
import type { Turns } from './once.ts';
import type { Module, Scope, Value } from './value.ts';

export interface World {
  readonly catalog: Catalog;
  readonly modules: Map<string, Module>;
  /** Path of a local module, or undefined: not in the tree. */
  locate(from: string, specifier: string): string | undefined;
  /** Value of an environment name as configuration gives it to code at this path. */
  environment(name: string, from: string): readonly Reading[];
  /** What a file runs as a part of: files of one workload run together, a notebook alone. */
  programOf(path: string): string;
  /** Files wanted but not yet parsed. */
  readonly asked: Set<string>;
  readonly memo: Map<string, Value>;
  /** Values that lack a file, until more are parsed. */
  readonly forNow: Map<string, Value>;
  /** Ways functions are called -> a short name of each. */
  readonly frames: Map<string, string>;
  readonly turns: Turns;
  /** Steps left for the site at hand. */
  fuel: number;
  /** How often a value was not known because its file is not parsed yet: what was evaluated meanwhile is not kept. */
  missed: number;
  /** Nested evaluations at the moment; bounded, so that code that refers to itself in circles ends. */
  depth: number;
  readonly unknown: Map<string, number>;
}

/** The language whose surfaces a file can import. */
export function languageOf(path: string): string {
  return /\.(?:py|ipynb)$/i.test(path) ? 'python' : 'javascript';
}

/** The surfaces an import specifier names. */
export function surfacesOf({ catalog }: Pick<World, 'catalog'>, specifier: string, from: string): readonly Surface[] {
  return catalog.surfaces.imported(languageOf(from), specifier);
}

/** Indexes one parsed file. */
export function moduleOf(path: string, unit: Unit): Module {
  const bindings = new Map<string, Map<BlockId, Unit['bindings'][number][]>>();
  const assigned = new Set<string>();
  for (const binding of unit.bindings) {
    const { name, scope } = binding;
    const scopes = bindings.get(name);
    const list = scopes?.get(scope);
    if (list) list.push(binding);
    else if (scopes) scopes.set(scope, [binding]);
    else bindings.set(name, new Map([[scope, [binding]]]));
    const dot = name.indexOf('.');
    if (dot > 0) assigned.add(name.slice(0, dot));
  }
  const imports = new Map<string, Unit['imports'][number][]>();
  for (const entry of unit.imports) {
    const list = imports.get(entry.local);
    if (list) list.push(entry);
    else imports.set(entry.local, [entry]);
  }
  return {
    path,
    unit,
    bindings,
    assigned,
    imports,
    exports: new Map(unit.exports.map((entry) => [entry.name, entry])),
    types: new Map(unit.types.map((type) => [type.name, type])),
    classOfBlock: new Map(unit.types.map((type) => [type.block, type])),
  };
}

/** What is made of all modules, and made anew when more of them are parsed. */
export function ofModules<T>(make: (modules: World['modules']) => T): (world: Pick<World, 'modules'>) => T {
  const made = new WeakMap<World['modules'], { readonly size: number; readonly value: T }>();
  return ({ modules }) => {
    const known = made.get(modules);
    if (known?.size === modules.size) return known.value;
    const value = make(modules);
    made.set(modules, { size: modules.size, value });
    return value;
  };
}

/** Key of a function: the file and the block of its body. */
export function functionKey(module: Module, block: BlockId): string {
  return `${module.path}#${block}`;
}

export function locationOf(scope: Scope, at: Span): Location {
  return { path: scope.module.path, line: at.line, column: at.column, endLine: at.endLine, endColumn: at.endColumn };
}

/** The nearest enclosing block of a kind, itself included. */
export function enclosing(unit: Unit, from: BlockId, kinds: readonly string[]): BlockId | undefined {
  for (let id: BlockId | undefined = from; id !== undefined; ) {
    const block: Unit['blocks'][number] | undefined = unit.blocks[id];
    if (!block) return undefined;
    if (kinds.includes(block.kind)) return id;
    if (id === 0) return undefined;
    id = block.parent;
  }
  return undefined;
}

/** Order by code unit, the same on every machine. */
export function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
