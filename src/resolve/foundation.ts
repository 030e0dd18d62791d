/** What manifests, configuration and infrastructure say before a line of source is evaluated. */
import type { Observed } from '../model/observed.ts';
import type { Resolved, SettingUse } from '../model/resolved.ts';
import { contextOf } from './contexts.ts';
import { folderOf, type Located, normalize, type PathAliases } from './locate.ts';
import type { ResolveInput } from './resolve.ts';
import type { Placed } from './terraform.ts';
import { type Workloads, workloadsOf } from './workloads.ts';
import { byCodePoint } from './world.ts';

export interface Foundation {
  readonly workloads: Workloads;
  readonly located: Located;
  readonly settings: readonly SettingUse[];
  readonly placed: readonly Placed[];
  readonly manifests: Resolved['manifests'];
}

/** What manifests, configuration and infrastructure say; it does not change while source files are followed. */
export function foundation(input: Pick<ResolveInput, 'files' | 'config'>, observed: ReadonlyMap<string, Observed>): Foundation {
  const files = [...observed];
  const manifests = files.flatMap(([path, file]) =>
    file.manifest ? [{ path, manifest: file.manifest, context: contextOf(path) }] : [],
  );
  const workloads = workloadsOf(manifests, input.config);
  const paths = new Set(input.files.map((file) => file.path));
  const packages = new Map(
    manifests.flatMap(({ path, manifest }) =>
      manifest.name ? [[manifest.name, { folder: folderOf(path), manifest }] as const] : [],
    ),
  );
  const located: Located = {
    has: (path) => paths.has(path),
    aliases: aliasesOf(observed),
    packages,
    manifests: new Map(manifests.map(({ path, manifest }) => [folderOf(path), manifest])),
  };
  const settings = files.flatMap(([path, file]) =>
    (file.settings ?? []).map((setting): SettingUse => {
      const sample = /example|sample|template|dist|defaults?/i.test(path.slice(path.lastIndexOf('/') + 1));
      return { path, context: contextOf(path), workload: workloads.of(path), setting, at: { path, ...setting.at }, sample };
    }),
  );
  const placed = files.flatMap(([path, file]) => (file.declarations ?? []).map((declaration) => ({ path, declaration })));
  return { workloads, located, settings, placed, manifests };
}

/** tsconfig `paths`, `extends` within the tree followed. */
function aliasesOf(observed: ReadonlyMap<string, Observed>): readonly PathAliases[] {
  const own = (path: string, depth: number): { paths: Record<string, readonly string[]>; base: string | undefined } => {
    const file = observed.get(path);
    const folder = folderOf(path);
    const result: { paths: Record<string, readonly string[]>; base: string | undefined } = { paths: {}, base: undefined };
    for (const parent of depth < 5 ? (file?.extends ?? []) : []) {
      if (!parent.startsWith('.')) continue;
      const target = normalize(`${folder}/${parent}`);
      const inherited = target === undefined ? undefined : own(observed.has(target) ? target : `${target}.json`, depth + 1);
      if (inherited)
        Object.assign(result, { paths: { ...result.paths, ...inherited.paths }, base: inherited.base ?? result.base });
    }
    const within = (target: string) => normalize(`${folder}/${target}`) ?? '';
    if (file?.paths) for (const [pattern, targets] of Object.entries(file.paths)) result.paths[pattern] = targets.map(within);
    if (file?.pathsBase !== undefined) result.base = within(file.pathsBase);
    return result;
  };
  return [...observed]
    .filter(([, file]) => file.paths || file.pathsBase !== undefined || file.extends)
    .map(([path]) => ({ folder: folderOf(path), ...own(path, 0) }))
    .sort((a, b) => b.folder.length - a.folder.length || byCodePoint(a.folder, b.folder));
}
