/** Import specifiers -> files of the tree: relative paths, tsconfig `paths`, workspace packages, package.json `imports`. Nothing outside the tree is ever looked at. */
import type { Manifest } from '../model/observed.ts';

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const TYPESCRIPT_OF: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

export interface PathAliases {
  /** Folder of the tsconfig. */
  readonly folder: string;
  /** Pattern -> targets, relative to the root of the tree. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  readonly base: string | undefined;
}

export interface Located {
  readonly has: (path: string) => boolean;
  /** Longest folder first. */
  readonly aliases: readonly PathAliases[];
  /** Package name -> folder and manifest. */
  readonly packages: ReadonlyMap<string, { readonly folder: string; readonly manifest: Manifest }>;
  /** Folder -> manifest, for `imports`. */
  readonly manifests: ReadonlyMap<string, Manifest>;
}

/** The file a specifier names when imported from a file; undefined: outside the tree. */
export function locate(world: Located, from: string, specifier: string): string | undefined {
  if (/\.(?:py|ipynb)$/i.test(from)) return locatePython(world, from, specifier);
  if (specifier.startsWith('.')) return fileAt(world, normalize(`${folderOf(from)}/${specifier}`));
  if (specifier.startsWith('#')) return ownImport(world, from, specifier);
  return aliased(world, from, specifier) ?? workspace(world, specifier);
}

/** `.mod`, `..pkg.mod` from the file's folder; `pkg.mod` from that folder, the folders above it and their `src`. */
function locatePython(world: Located, from: string, specifier: string): string | undefined {
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const inner = specifier.slice(dots).replaceAll('.', '/');
  let folder = folderOf(from);
  if (dots) {
    for (let up = 1; up < dots; up++) folder = folderOf(folder);
    return pythonFile(world, folder, inner);
  }
  for (;;) {
    const found = pythonFile(world, folder, inner) ?? pythonFile(world, folder ? `${folder}/src` : 'src', inner);
    if (found) return found;
    if (!folder) return undefined;
    folder = folderOf(folder);
  }
}

function pythonFile(world: Located, folder: string, inner: string): string | undefined {
  const base = [folder, inner].filter(Boolean).join('/');
  return [`${base}.py`, `${base}/__init__.py`].find((path) => world.has(path));
}

/** `a/./b/../c` -> `a/c`; undefined above the root. */
export function normalize(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (!parts.pop()) return undefined;
    } else parts.push(part);
  }
  return parts.join('/');
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

function fileAt(world: Located, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  if (/\.[a-z]+$/i.test(path) && world.has(path)) return path;
  const extension = /\.[cm]?jsx?$/.exec(path)?.[0];
  for (const replacement of (extension && TYPESCRIPT_OF[extension]) || []) {
    const candidate = path.slice(0, -(extension ?? '').length) + replacement;
    if (world.has(candidate)) return candidate;
  }
  for (const suffix of EXTENSIONS) if (world.has(path + suffix)) return path + suffix;
  for (const suffix of EXTENSIONS) {
    const index = `${path ? `${path}/` : ''}index${suffix}`;
    if (world.has(index)) return index;
  }
  return undefined;
}

function aliased(world: Located, from: string, specifier: string): string | undefined {
  for (const { folder, paths, base } of world.aliases) {
    if (folder && !from.startsWith(`${folder}/`)) continue;
    for (const [pattern, targets] of Object.entries(paths)) {
      const found = matched(world, pattern, targets, specifier);
      if (found) return found;
    }
    const direct = base !== undefined ? fileAt(world, normalize(`${base}/${specifier}`)) : undefined;
    if (direct) return direct;
  }
  return undefined;
}

function matched(world: Located, pattern: string, targets: readonly string[], specifier: string): string | undefined {
  const star = pattern.indexOf('*');
  const [head, tail] = star < 0 ? [pattern, ''] : [pattern.slice(0, star), pattern.slice(star + 1)];
  const fits =
    star < 0
      ? specifier === pattern
      : specifier.startsWith(head) && specifier.endsWith(tail) && specifier.length >= head.length + tail.length;
  if (!fits) return undefined;
  const middle = star < 0 ? '' : specifier.slice(head.length, specifier.length - tail.length);
  for (const target of targets) {
    const found = fileAt(world, normalize(target.replace('*', () => middle)));
    if (found) return found;
  }
  return undefined;
}

function workspace(world: Located, specifier: string): string | undefined {
  const parts = specifier.split('/');
  const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
  const found = world.packages.get(name);
  if (!found) return undefined;
  const rest = specifier.slice(name.length + 1);
  const inside = (path: string) => fileAt(world, normalize(`${found.folder}/${path}`));
  if (rest) return inside(rest) ?? inside(`src/${rest}`);
  for (const entry of found.manifest.entries) {
    const direct =
      inside(entry) ?? inside(entry.replace(/^(?:\.\/)?(?:dist|build|lib|out)\//, 'src/').replace(/\.d\.ts$/, '.ts'));
    if (direct) return direct;
  }
  return inside('src/index') ?? inside('index') ?? inside('src');
}

function ownImport(world: Located, from: string, specifier: string): string | undefined {
  for (let folder = folderOf(from); ; folder = folderOf(folder)) {
    const manifest = world.manifests.get(folder);
    if (manifest) {
      for (const [pattern, targets] of Object.entries(manifest.aliases)) {
        const found = matched(
          world,
          pattern,
          targets.map((target) => `${folder}/${target}`),
          specifier,
        );
        if (found) return found;
      }
      return undefined;
    }
    if (!folder) return undefined;
  }
}
