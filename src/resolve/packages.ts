/** Declared packages with their locked versions and the imports that use them. */
import type { Observed, PackageEntry } from '../model/observed.ts';
import type { PackageUse } from '../model/resolved.ts';
import type { Location } from '../model/source.ts';
import { contextOf } from './contexts.ts';
import { folderOf } from './locate.ts';
import type { Module } from './value.ts';

interface Input {
  readonly observed: ReadonlyMap<string, Observed>;
  readonly modules: ReadonlyMap<string, Module>;
  readonly workloadOf: (path: string) => string;
  /** Paths of lockfiles, read or not. */
  readonly lockfiles: readonly string[];
}

/** Every package that manifests declare. */
export function packageUses({ observed, modules, workloadOf, lockfiles }: Input): readonly PackageUse[] {
  const locked = lockedVersions(observed);
  const imports = importsByPackage(modules, workloadOf);
  return [...observed].flatMap(([path, file]) => {
    if (!file.manifest) return [];
    const workload = workloadOf(path);
    return (file.packages ?? []).map((entry): PackageUse => {
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
        imports: imports.get(`${workload} ${entry.name}`) ?? imports.get(`* ${entry.name}`) ?? [],
      };
    });
  });
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
      const parts = specifier.split('/');
      const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
      for (const key of [`${workloadOf(module.path)} ${name}`, `* ${name}`]) {
        const list = found.get(key) ?? [];
        if (list.length < 20) found.set(key, [...list, { path: module.path, ...at }]);
      }
    }
  }
  return found;
}
