// Parts of src/ as plain JavaScript, for scripts that look inside. Written beside dist/pack.json, where the bundle finds its data, and removed again.

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = new URL('../', import.meta.url);

/** Imports what `contents`, TypeScript relative to the repository, exports. */
export async function importBundled(contents) {
  if (!existsSync(new URL('dist/pack.json', ROOT))) {
    throw new Error('dist/pack.json is missing: run "npm run build" first');
  }
  const outfile = fileURLToPath(new URL(`dist/bench-${process.pid}.mjs`, ROOT));
  await build({
    stdin: { contents, resolveDir: fileURLToPath(ROOT), loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(outfile);
  }
}

/** The words of the prefilter, as the program itself loads them. */
export async function vocabularyWords() {
  const { loadBuiltin } = await importBundled(`export { loadBuiltin } from './src/pack/load.ts';`);
  const { vocabulary } = await loadBuiltin();
  return vocabulary.words;
}
