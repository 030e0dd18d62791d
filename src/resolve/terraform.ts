/** Terraform names -> values, one scope per folder: variables, locals, resources, data, and what a calling module passes. */
import type { Declaration } from '../model/observed.ts';
import type { Expr } from '../model/source.ts';
import { evaluate } from './evaluate.ts';
import { folderOf, normalize } from './locate.ts';
import { choice, type Module, type Scope, unknown, type Value } from './value.ts';
import { moduleOf, type World } from './world.ts';

export interface Placed {
  readonly path: string;
  readonly declaration: Declaration;
}

export interface Folder {
  readonly folder: string;
  readonly placed: readonly Placed[];
  /** Folders that call this one as a module, with the module block. */
  readonly callers: readonly Placed[];
}

const LOCAL_PASSES = 3;
/** Steps for one attribute. */
const FUEL = 2000;

/** Groups declarations by folder and links local module calls. */
export function foldersOf(placed: readonly Placed[]): ReadonlyMap<string, Folder> {
  const byFolder = new Map<string, Placed[]>();
  for (const one of placed) {
    const folder = folderOf(one.path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), one]);
  }
  const callers = new Map<string, Placed[]>();
  for (const one of placed) {
    if (one.declaration.block !== 'module') continue;
    const source = entryOf(one.declaration.body, 'source');
    if (source?.kind !== 'text' || !source.text.startsWith('.')) continue;
    const target = normalize(`${folderOf(one.path)}/${source.text}`);
    if (target !== undefined) callers.set(target, [...(callers.get(target) ?? []), one]);
  }
  return new Map([...byFolder].map(([folder, list]) => [folder, { folder, placed: list, callers: callers.get(folder) ?? [] }]));
}

/** The value of one entry of a block's body. */
export function entryOf(body: Expr, key: string): Expr | undefined {
  return body.kind === 'record' ? body.entries.find((entry) => entry.key === key)?.value : undefined;
}

/** Scopes of folders, made on demand. */
export function scopeMaker(world: World, folders: ReadonlyMap<string, Folder>): (path: string) => Scope {
  const made = new Map<string, (name: string) => Value | undefined>();
  const files = new Map<string, Module>();
  const scopeAt = (path: string): Scope => {
    const folder = folderOf(path);
    let names = made.get(folder);
    if (!names) {
      made.set(folder, () => unknown('cycle'));
      names = namesOf(world, folders.get(folder), scopeAt);
      made.set(folder, names);
    }
    let module = files.get(path);
    if (!module) {
      module = moduleOf(path, EMPTY_UNIT);
      files.set(path, module);
    }
    return { module, names };
  };
  return scopeAt;
}

/** A file without source code. */
export const EMPTY_UNIT = {
  imports: [],
  exports: [],
  types: [],
  bindings: [],
  sites: [],
  blocks: [{ parent: 0, kind: 'module' as const }],
  strings: [],
  directives: [],
};

function namesOf(
  world: World,
  folder: Folder | undefined,
  scopeAt: (path: string) => Scope,
): (name: string) => Value | undefined {
  const table = new Map<string, Value>();
  if (!folder) return (name) => table.get(name);
  const own = (path: string): Scope => ({ module: moduleOf(path, EMPTY_UNIT), names: (name) => table.get(name) });
  table.set('var', variables(world, folder, { own, scopeAt }));
  for (const [type, value] of resources(folder, own)) table.set(type, value);
  for (let pass = 0; pass < LOCAL_PASSES; pass++) table.set('local', locals(world, folder, own));
  return (name) => table.get(name);
}

function variables(
  world: World,
  folder: Folder,
  { own, scopeAt }: { own: (path: string) => Scope; scopeAt: (path: string) => Scope },
): Value {
  const entries = new Map<string, Value>();
  for (const { path, declaration } of folder.placed) {
    const [name] = declaration.labels;
    if (declaration.block !== 'variable' || name === undefined) continue;
    const passed = folder.callers.flatMap((caller) => {
      const value = entryOf(caller.declaration.body, name);
      world.fuel = FUEL;
      return value ? [evaluate(world, value, scopeAt(caller.path))] : [];
    });
    world.fuel = FUEL;
    const assigned = assignments(world, folder, name, own);
    const fallback = entryOf(declaration.body, 'default');
    const values = passed.length ? passed : assigned;
    if (values.length) entries.set(name, choice(values, 'branch'));
    else if (fallback) entries.set(name, evaluate(world, fallback, own(path)));
    else entries.set(name, unknown('variable'));
  }
  return { kind: 'map', entries, open: true };
}

/** Values of tfvars files: the automatic ones win; else every named one is an alternative. */
function assignments(world: World, folder: Folder, name: string, own: (path: string) => Scope): readonly Value[] {
  const files = folder.placed.filter(({ declaration }) => declaration.block === 'values');
  const automatic = files.filter(({ path }) => /(?:^|\/)terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/.test(path));
  return (automatic.length ? automatic : files).flatMap(({ path, declaration }) => {
    const value = entryOf(declaration.body, name);
    return value ? [evaluate(world, value, own(path))] : [];
  });
}

function resources(folder: Folder, own: (path: string) => Scope): ReadonlyMap<string, Value> {
  const types = new Map<string, Map<string, Value>>();
  const data = new Map<string, Map<string, Value>>();
  for (const { path, declaration } of folder.placed) {
    const [type, name] = declaration.labels;
    if (type === undefined || name === undefined || declaration.body.kind !== 'record') continue;
    const into = declaration.block === 'resource' ? types : declaration.block === 'data' ? data : undefined;
    if (!into) continue;
    const named = into.get(type) ?? new Map<string, Value>();
    named.set(name, { kind: 'record', expr: declaration.body, scope: own(path) });
    into.set(type, named);
  }
  const asMap = (named: ReadonlyMap<string, Value>): Value => ({ kind: 'map', entries: named, open: true });
  const all = new Map<string, Value>([...types].map(([type, named]) => [type, asMap(named)]));
  all.set('data', asMap(new Map([...data].map(([type, named]) => [type, asMap(named)]))));
  return all;
}

function locals(world: World, folder: Folder, own: (path: string) => Scope): Value {
  const entries = new Map<string, Value>();
  for (const { path, declaration } of folder.placed) {
    if (declaration.block !== 'locals' || declaration.body.kind !== 'record') continue;
    for (const entry of declaration.body.entries) {
      world.fuel = FUEL;
      entries.set(entry.key, evaluate(world, entry.value, own(path)));
    }
  }
  return { kind: 'map', entries, open: false };
}

/** Region readings of the provider block a resource uses; a module's folder inherits its caller's. */
export function providerRegion(
  world: World,
  folders: ReadonlyMap<string, Folder>,
  { path, declaration, scopeAt }: Placed & { scopeAt: (path: string) => Scope },
  depth = 0,
): readonly Value[] {
  const folder = folders.get(folderOf(path));
  if (!folder || depth > 4) return [];
  const family = (declaration.labels[0] ?? '').split('_')[0] ?? '';
  const alias = aliasOf(declaration.body);
  const blocks = folder.placed.filter(({ declaration: one }) => {
    if (one.block !== 'provider' || one.labels[0]?.replace(/-beta$/, '') !== family.replace(/-beta$/, '')) return false;
    const own = entryOf(one.body, 'alias');
    return alias === undefined ? own === undefined : own?.kind === 'text' && own.text === alias;
  });
  const regions = blocks.flatMap((block) => {
    const region = entryOf(block.declaration.body, 'region');
    world.fuel = FUEL;
    return region ? [evaluate(world, region, scopeAt(block.path))] : [];
  });
  if (regions.length || blocks.length) return regions;
  return folder.callers.flatMap((caller) =>
    providerRegion(
      world,
      folders,
      {
        path: caller.path,
        declaration: { ...declaration, body: { kind: 'record', entries: [], open: false, at: declaration.at } },
        scopeAt,
      },
      depth + 1,
    ),
  );
}

/** `provider = aws.west` -> west. */
function aliasOf(body: Expr): string | undefined {
  const provider = entryOf(body, 'provider');
  return provider?.kind === 'member' && provider.name.kind === 'text' ? provider.name.text : undefined;
}

/** `data.aws_region.current.name`: the region of the provider. */
export function isRegionData(type: string): boolean {
  return type.endsWith('_region');
}
