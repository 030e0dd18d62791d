/** Upwards: files, not parsed yet, that import a module whose clients or wrappers they may use. */
import { folderOf } from './locate.ts';
import type { CallSite, Sites } from './sites.ts';
import { standing } from './uses.ts';
import { byCodePoint, type World } from './world.ts';

export interface Search {
  readonly sites: Sites;
  /** Modules whose importers were looked for already; grows. */
  readonly searched: Set<string>;
  search(words: readonly string[]): readonly string[];
}

/** Paths of files whose text holds an import specifier that can name such a module. */
export function importersOf(world: World, { sites, searched, search }: Search): readonly string[] {
  const sources = withReexports(world, sourcesOf(world, sites));
  const fresh = sources.filter((path) => !searched.has(path));
  for (const path of fresh) searched.add(path);
  const words = [...new Set(fresh.flatMap(specifierEnds))].sort(byCodePoint);
  return words.length ? search(words).filter((path) => !world.modules.has(path)) : [];
}

/** Modules that export something and make clients, or whose calls wait for what a caller passes. */
function sourcesOf(world: World, sites: Sites): ReadonlySet<string> {
  const waiting = sites.meant.filter(({ module }) => module.unit.exports.length).filter((entry) => waits(world, entry));
  return new Set(waiting.map(({ module }) => module.path));
}

/** An address alone that a caller decides is no reason: every program has helpers that ask for something. */
function waits(world: World, entry: CallSite): boolean {
  const bare = standing(world, entry);
  if (!bare || bare.use.operation === 'http') return false;
  return bare.use.operation === 'client' || bare.isOpen;
}

function withReexports(world: World, sources: ReadonlySet<string>): readonly string[] {
  const all = new Set(sources);
  for (let grown = true; grown; ) {
    grown = false;
    for (const module of world.modules.values()) {
      if (all.has(module.path)) continue;
      const passesOn = module.unit.exports.some(({ from }) => from && all.has(world.locate(module.path, from.module) ?? ''));
      if (passesOn) {
        all.add(module.path);
        grown = true;
      }
    }
  }
  return [...all].sort(byCodePoint);
}

/** `lib/model.ts` is imported as `…/model'`, `…/model.js"`; `llm/index.ts` as `…/llm'` and by the name of its package. */
function specifierEnds(path: string): readonly string[] {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
  const folder = folderOf(path).replace(/\/src$/, '');
  const stem = name === 'index' || name === '__init__' ? folder.slice(folder.lastIndexOf('/') + 1) : name;
  if (!stem) return ["'.'", '"."', "'..'", '".."'];
  return [`/${stem}'`, `/${stem}"`, `/${stem}.js`, `/${stem}.ts`, `.${stem} import`, `import ${stem}`];
}
