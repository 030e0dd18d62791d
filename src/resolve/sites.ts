/** Every call of every parsed file, with what its callee amounts to. */
import type { Site } from '../model/source.ts';
import { runClass } from './base-class.ts';
import { evaluate } from './evaluate.ts';
import { meaningOf } from './instances.ts';
import { alternatives, type CallExpr, type InstanceValue, type Module, ownConstructor, type Scope, type Value } from './value.ts';
import { functionKey, type World } from './world.ts';

export const SITE_FUEL = 6000;

export interface CallSite {
  readonly module: Module;
  readonly site: Site;
  /** Position of the site in its unit. */
  readonly index: number;
  readonly callee: Value;
  /** `meant`: the catalog says what it does; `open`: its receiver is an argument of the enclosing function and some surface knows its name. */
  readonly role?: 'meant' | 'open';
  /** Keys of the functions it calls. */
  readonly called: readonly string[];
  /** `makers[label](…)`: the labels under which the table holds a function. */
  readonly labels?: ReadonlyMap<string, readonly string[]>;
}

export interface Sites {
  readonly all: readonly CallSite[];
  /** Calls of instances that the catalog gives a meaning. */
  readonly meant: readonly CallSite[];
  /** Calls whose receiver is an argument of the enclosing function and whose name some surface knows. */
  readonly open: readonly CallSite[];
  /** Function -> its callers. */
  readonly callers: ReadonlyMap<string, readonly CallSite[]>;
}

/** What is known of each site so far, by module and position. */
export interface SiteTable {
  readonly entries: Map<Module, CallSite[]>;
  /** Sites that ran into a file that was not parsed. */
  readonly blocked: Set<CallSite>;
}

export function siteTable(): SiteTable {
  return { entries: new Map(), blocked: new Set() };
}

/** Evaluates the callee of every new site, and again of those that lacked a file. */
export function evaluateSites(world: World, table: SiteTable): SiteTable {
  const blocked = new Set<CallSite>();
  const entries = new Map<Module, CallSite[]>();
  for (const module of world.modules.values()) {
    const known = table.entries.get(module);
    entries.set(
      module,
      module.unit.sites.map((site, index) => {
        const old = known?.[index];
        if (old && !table.blocked.has(old)) return old;
        const { missed } = world;
        world.fuel = SITE_FUEL;
        const callee = runClass(world, evaluate(world, site.call.callee, { module }));
        const labels = labelsOf(world, module, site.call);
        const role = roleOf(world, callee, site);
        const called = calledFunctions(callee);
        const entry: CallSite = { module, site, index, callee, ...(role ? { role } : {}), called, ...(labels ? { labels } : {}) };
        if (world.missed !== missed) blocked.add(entry);
        return entry;
      }),
    );
  }
  return { entries, blocked };
}

/** Sorts evaluated sites into those with a meaning, those that wait for arguments, and the callers of functions. */
export function sitesOf({ entries }: SiteTable): Sites {
  const meant: CallSite[] = [];
  const open: CallSite[] = [];
  const callers = new Map<string, CallSite[]>();
  const all = [...entries.values()].flat();
  for (const entry of all) {
    if (entry.role === 'meant') meant.push(entry);
    if (entry.role === 'open') open.push(entry);
    for (const key of entry.called) {
      const list = callers.get(key);
      if (list) list.push(entry);
      else callers.set(key, [entry]);
    }
  }
  return { all, meant, open, callers };
}

function roleOf({ catalog }: World, callee: Value, site: Site): CallSite['role'] {
  if (instancesOf(callee).length) return 'meant';
  return isOpen(callee) && catalog.surfaces.runs(lastName(site)) ? 'open' : undefined;
}

/** Whether the value still waits for arguments of a caller. */
function isOpen(value: Value): boolean {
  if (value.kind === 'param') return true;
  if (value.kind === 'choice') return value.of.some(isOpen);
  return value.kind === 'text' && value.holes.some(isOpen);
}

/** The alternatives of a callee that are instances with a meaning. */
export function instancesOf(callee: Value): readonly InstanceValue[] {
  return alternatives(callee).filter(
    (value): value is InstanceValue => value.kind === 'instance' && meaningOf(value) !== undefined,
  );
}

/** Of a table of functions or classes that is called by a label: under which labels each of them stands. */
function labelsOf(world: World, module: Module, { callee }: CallExpr): ReadonlyMap<string, readonly string[]> | undefined {
  if (callee.kind !== 'member' || callee.name.kind !== 'name') return undefined;
  const table = evaluate(world, callee.of, { module });
  if (table.kind !== 'record') return undefined;
  const labels = new Map<string, string[]>();
  for (const { key, value } of table.expr.entries)
    for (const called of calledFunctions(evaluate(world, value, table.scope)))
      labels.set(called, [...(labels.get(called) ?? []), key]);
  return labels.size > 1 ? labels : undefined;
}

function calledFunctions(callee: Value): readonly string[] {
  return alternatives(callee).flatMap((value) => {
    if (value.kind === 'function') return [functionKey(value.scope.module, value.expr.block)];
    if (value.kind !== 'class') return [];
    const built = ownConstructor(value.type);
    return built ? [functionKey(value.module, built.block)] : [];
  });
}

function lastName(site: Site): string {
  const { callee } = site.call;
  if (callee.kind === 'member' && callee.name.kind === 'text') return callee.name.text;
  return callee.kind === 'name' ? callee.name : '';
}

/** Sites whose receiver nothing in the tree explains and whose chain of names ends as one of some paths. */
export function openBindings(
  sites: readonly CallSite[],
  paths: readonly string[],
): readonly { readonly entry: CallSite; readonly path: string }[] {
  const lasts = new Set(paths.map((path) => path.slice(path.lastIndexOf('.') + 1)));
  return sites.flatMap((entry) => {
    if (!lasts.has(lastName(entry.site))) return [];
    if (!alternatives(entry.callee).every(({ kind }) => kind === 'unknown' || kind === 'param')) return [];
    const chain = `.${chainOf(entry.site)}`;
    const path = paths.find((candidate) => chain.endsWith(`.${candidate}`));
    return path === undefined ? [] : [{ entry, path }];
  });
}

function chainOf({ call }: Site): string {
  const names: string[] = [];
  let expr = call.callee;
  while (expr.kind === 'member' && expr.name.kind === 'text') {
    names.unshift(expr.name.text);
    expr = expr.of;
  }
  if (expr.kind === 'name') names.unshift(expr.name);
  return names.join('.');
}

/** A scope without arguments. */
export function bareScope(entry: CallSite): Scope {
  return { module: entry.module };
}

/** Name of the function around a site, '' at module level. */
export function symbolOf({ module, site }: CallSite): string {
  for (let id = site.block; id !== 0; ) {
    const block = module.unit.blocks[id];
    if (!block) return '';
    if (block.symbol && (block.kind === 'function' || block.kind === 'callback')) return block.symbol;
    id = block.parent;
  }
  return '';
}
