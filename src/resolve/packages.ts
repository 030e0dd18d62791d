/** Declared packages with their locked versions and the imports that use them. */
import type { Catalog } from '../model/catalog.ts';
import type { Observed, PackageEntry } from '../model/observed.ts';
import type { PackageUse } from '../model/resolved.ts';
import type { Location } from '../model/source.ts';
import { contextOf } from './contexts.ts';
import { folderOf } from './locate.ts';
import type { Module } from './value.ts';
import { languageOf } from './world.ts';

interface Input {
  readonly catalog: Catalog;
  readonly observed: ReadonlyMap<string, Observed>;
  readonly modules: ReadonlyMap<string, Module>;
  readonly workloadOf: (path: string) => string;
  /** Paths of lockfiles, read or not. */
  readonly lockfiles: readonly string[];
}

/** Every package that manifests declare. */
export function packageUses({ observed, modules, catalog, workloadOf, lockfiles }: Input): readonly PackageUse[] {
  const locked = lockedVersions(observed);
  const imports = importsByPackage(modules, workloadOf);
  const declared = [...observed].flatMap(([path, file]) => {
    if (!file.manifest) return [];
    const workload = workloadOf(path);
    const entries = (file.packages ?? []).filter((entry) => entry.group !== 'locked');
    return entries.map((entry): PackageUse => {
      const lockfile = lockfiles.some((lock) => isAbove(folderOf(lock), folderOf(path)));
      const version = versionFor(locked, folderOf(path), entry);
      return {
        path,
        context: contextOf(path),
        workload,
        entry,
        at: { path, ...entry.at },
        ...(version !== undefined ? { locked: version } : {}),
        lockfile,
        imports: firstImports(imports, rootsOf(catalog, entry), workload),
      };
    });
  });
  return [...declared, ...harmfulUses(observed, { catalog, declared, workloadOf })];
}

interface Around {
  readonly catalog: Catalog;
  readonly declared: readonly PackageUse[];
  readonly workloadOf: (path: string) => string;
}

/** What a lockfile installs though no manifest asks for it counts where that version is known to be harmful. */
function harmfulUses(observed: ReadonlyMap<string, Observed>, { catalog, declared, workloadOf }: Around): readonly PackageUse[] {
  const told = new Set(declared.map(({ entry, locked }) => `${entry.ecosystem} ${entry.name} ${locked ?? entry.version}`));
  return [...observed].flatMap(([path, file]) => {
    if (file.manifest) return [];
    return (file.packages ?? []).flatMap((entry): PackageUse[] => {
      const { ecosystem, name, version, group } = entry;
      if (group !== 'locked' || told.has(`${ecosystem} ${name} ${version}`)) return [];
      const isHarmful = catalog.package(ecosystem, name)?.compromised.some(({ versions }) => versions.includes(version));
      if (isHarmful !== true) return [];
      const at = { path, ...entry.at };
      return [
        { path, context: contextOf(path), workload: workloadOf(path), entry, at, locked: version, lockfile: true, imports: [] },
      ];
    });
  });
}

/** What a package is imported as: its own name, or the module roots the catalog knows. */
function rootsOf(catalog: Catalog, { ecosystem, name }: PackageEntry): readonly string[] {
  const known = catalog.package(ecosystem, name)?.imports ?? [];
  return ecosystem === 'pypi' ? [...known, name.replaceAll('-', '_')] : [name, ...known];
}

function firstImports(
  imports: ReadonlyMap<string, readonly Location[]>,
  roots: readonly string[],
  workload: string,
): readonly Location[] {
  for (const scope of [workload, '*']) {
    for (const root of roots) {
      const found = imports.get(`${scope} ${root}`);
      if (found) return found;
    }
  }
  return [];
}

function isAbove(outer: string, inner: string): boolean {
  return outer === '' || inner === outer || inner.startsWith(`${outer}/`);
}

function lockedVersions(
  observed: ReadonlyMap<string, Observed>,
): readonly { folder: string; versions: ReadonlyMap<string, string> }[] {
  return [...observed].flatMap(([path, file]) => {
    const entries = (file.packages ?? []).filter((entry) => entry.group === 'locked');
    if (file.manifest || !entries.length) return [];
    const versions = new Map<string, string>();
    for (const { name, version } of entries) if (!versions.has(name)) versions.set(name, version);
    return [{ folder: folderOf(path), versions }];
  });
}

function versionFor(
  locked: readonly { folder: string; versions: ReadonlyMap<string, string> }[],
  folder: string,
  entry: PackageEntry,
): string | undefined {
  const near = locked.filter((lock) => isAbove(lock.folder, folder)).sort((a, b) => b.folder.length - a.folder.length);
  for (const lock of near) {
    const version = lock.versions.get(entry.name);
    if (version !== undefined) return version;
  }
  return undefined;
}

/** First imports of each package: by workload, and under `*` for manifests above them. */
function importsByPackage(
  modules: ReadonlyMap<string, Module>,
  workloadOf: (path: string) => string,
): ReadonlyMap<string, readonly Location[]> {
  const found = new Map<string, Location[]>();
  for (const module of modules.values()) {
    const specifiers = [
      ...module.unit.imports.map(({ module: specifier, at }) => ({ specifier, at })),
      ...module.unit.exports.flatMap(({ from, at }) => (from ? [{ specifier: from.module, at }] : [])),
    ];
    for (const { specifier, at } of specifiers) {
      for (const name of languageOf(module.path) === 'python' ? pythonRoots(specifier) : [npmName(specifier)])
        for (const key of [`${workloadOf(module.path)} ${name}`, `* ${name}`]) {
          const list = found.get(key) ?? [];
          if (list.length < 20) found.set(key, [...list, { path: module.path, ...at }]);
        }
    }
  }
  return found;
}

function npmName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

/** `google.cloud.aiplatform` may be the root of a package at each of its parts. */
function pythonRoots(specifier: string): readonly string[] {
  const parts = specifier.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}
