/** Workloads: the nearest deployable of a path. */
import type { Config } from '../model/config.ts';
import type { Manifest } from '../model/observed.ts';
import type { WorkloadInfo } from '../model/resolved.ts';
import { contextOf } from './contexts.ts';
import { folderOf } from './locate.ts';

export interface Workloads {
  readonly list: readonly WorkloadInfo[];
  readonly of: (path: string) => string;
}

/** Workloads of manifests and of the configuration; what none of them covers belongs to the root. */
export function workloadsOf(
  manifests: readonly { readonly path: string; readonly manifest: Manifest }[],
  config: Pick<Config, 'workloads'>,
): Workloads {
  const folders = new Map<string, WorkloadInfo>();
  for (const { path, manifest } of manifests) {
    if (manifest.entries.length === 0 && manifest.name === undefined && manifest.workspaces.length) continue;
    const folder = folderOf(path);
    if (contextOf(path) === 'test') continue;
    if (!folders.has(folder)) folders.set(folder, { id: folder || '.', path: folder, kind: manifest.ecosystem });
  }
  for (const { id, path } of config.workloads) {
    const folder = path.replace(/^\.\/?|\/+$/g, '');
    folders.set(folder, { id, path: folder, kind: 'declared' });
  }
  if (!folders.has('')) folders.set('', { id: '.', path: '', kind: 'root' });
  const memo = new Map<string, string>();
  const find = (folder: string): string => {
    const own = folders.get(folder);
    return own ? own.id : folder ? find(folderOf(folder)) : '.';
  };
  const of = (path: string): string => {
    const folder = folderOf(path);
    const known = memo.get(folder);
    if (known !== undefined) return known;
    const id = find(folder);
    memo.set(folder, id);
    return id;
  };
  const list = [...folders.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { list, of };
}
