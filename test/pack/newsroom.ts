import { fileURLToPath } from 'node:url';
import { type LoadedCatalog, loadCatalog } from '../../src/pack/catalog.ts';
import type { CompiledPack } from '../../src/pack/compiled.ts';
import { mergePacks } from '../../src/pack/merge.ts';
import { readPack } from '../../src/pack/read.ts';

/** Reads fixture packs, laid on each other in this order. */
export async function compileFixtures(...names: readonly string[]): Promise<CompiledPack> {
  return mergePacks(await Promise.all(names.map((name) => readPack(packFolder(name), name))));
}

/** The catalog of the newsroom's pack. */
export async function newsroomCatalog(): Promise<LoadedCatalog> {
  return loadCatalog(await compileFixtures('newsroom'));
}

/** Folder of a fixture pack. */
export function packFolder(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/packs/${name}`, import.meta.url));
}
