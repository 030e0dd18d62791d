import { existsSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Vocabulary } from '../model/observed.ts';
import type { Rule, Scenario } from '../model/rule.ts';
import { loadCatalog } from './catalog.ts';
import type { CompiledPack } from './compiled.ts';
import { rulesFolder } from './folder.ts';
import { lazy } from './lazy.ts';
import { contentsOf, mergePacks } from './merge.ts';
import { unpack } from './packed.ts';
import { vocabularyOf } from './vocabulary.ts';

/** Everything a pack brings, ready to use. */
export interface Pack {
  readonly catalog: Catalog;
  readonly vocabulary: Vocabulary;
  readonly rules: readonly Rule[];
  readonly scenarios: readonly Scenario[];
  readonly digest: string;
}

/** Loads the built-in pack, once a process. */
export const loadBuiltin: () => Promise<Pack> = lazy(async () => packOf(await builtin()));

/** Loads the built-in pack with the user's packs on top, in their order. */
export async function loadPacks(folders: readonly string[]): Promise<Pack> {
  return folders.length === 0 ? loadBuiltin() : packOf(await compilePacks(folders));
}

/** The tables of the built-in pack with the user's packs on top. */
export async function compilePacks(folders: readonly string[]): Promise<CompiledPack> {
  if (folders.length === 0) return builtin();
  const { readPack } = await import('./read.ts');
  const { brokenReferences } = await import('./references.ts');
  const layers = [contentsOf(await builtin())];
  for (const folder of folders) layers.push(await readPack(folder));
  // What the built-in pack leaves open is not the user's to repair.
  const open = new Set(brokenReferences(mergePacks(layers.slice(0, 1))));
  const merged = mergePacks(layers);
  const broken = brokenReferences(merged).filter((reference) => !open.has(reference));
  if (broken[0] !== undefined) {
    throw new UserError(`${folders.join(', ')}: ${broken[0]}${broken.length > 1 ? `, and ${broken.length - 1} more` : ''}`, {
      hint: 'add the entry it refers to, or correct the id; "ai-deps catalog list" shows the known ones',
    });
  }
  return merged;
}

/** Makes a pack of compiled data. */
export function packOf(compiled: CompiledPack): Pack {
  const catalog = loadCatalog(compiled);
  return {
    catalog,
    vocabulary: vocabularyOf(catalog),
    get rules() {
      return compiled.rules;
    },
    get scenarios() {
      return compiled.scenarios;
    },
    digest: compiled.digest,
  };
}

/** Reads rules/ and compiles it: what the build writes to dist/pack.json. */
export async function compileBuiltin(): Promise<CompiledPack> {
  const { readPack } = await import('./read.ts');
  return mergePacks([await readPack(fileURLToPath(rulesFolder()), 'rules')]);
}

const builtin = lazy(async (): Promise<CompiledPack> => {
  const file = await compiledFile();
  return file === undefined ? compileBuiltin() : unpack(readFileSync(file));
});

/** dist/pack.json: beside the bundle; run from source, the one of the last build unless rules or this folder changed since. */
async function compiledFile(): Promise<URL | undefined> {
  const beside = new URL('pack.json', import.meta.url);
  if (existsSync(beside)) return beside;
  const built = new URL('../../dist/pack.json', import.meta.url);
  if (!existsSync(built)) return undefined;
  const { mtimeMs } = await stat(built);
  const changed = await Promise.all([rulesFolder(), new URL('./', import.meta.url)].map(lastChange));
  return changed.every((time) => time < mtimeMs) ? built : undefined;
}

async function lastChange(folder: URL): Promise<number> {
  const root = fileURLToPath(folder);
  const names = await readdir(root, { recursive: true });
  return Math.max(
    ...(await Promise.all([root, ...names.map((name) => join(root, name))].map(async (path) => (await stat(path)).mtimeMs))),
  );
}
