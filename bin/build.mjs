// Builds dist/: the compiled pack, the bundled program and the grammar. Run by `npm run build` and on install from git.

import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const target = new URL('dist/', root);
// Built beside and swapped in: whoever runs the program meanwhile has the old one whole.
const dist = new URL(`dist.${process.pid}/`, root);
const GRAMMARS = {
  'tree-sitter-hcl': 'node_modules/@tree-sitter-grammars/tree-sitter-hcl/',
  'tree-sitter-python': 'node_modules/tree-sitter-python/',
};
const LOADER = `export { compileBuiltin } from './src/pack/load.ts'; export { brokenReferences } from './src/pack/references.ts'; export { packedText } from './src/pack/packed.ts';`;

await rm(dist, { recursive: true, force: true });
await mkdir(new URL('grammars/', dist), { recursive: true });
await compilePack();
await bundle();
await copyGrammars();
await swap();

async function compilePack() {
  // The loader is TypeScript: it is bundled for this one run, and put where it finds rules/ as the real bundle will.
  const loader = new URL('compile-pack.mjs', dist);
  await build({
    ...options(),
    stdin: { contents: LOADER, resolveDir: fileURLToPath(root), loader: 'ts' },
    outfile: fileURLToPath(loader),
  });
  const { compileBuiltin, brokenReferences, packedText } = await import(pathToFileURL(fileURLToPath(loader)).href);
  try {
    const pack = await compileBuiltin();
    await writeFile(new URL('pack.json', dist), packedText(pack));
    const broken = brokenReferences(pack);
    if (broken.length > 0) console.error(`rules: ${broken.length} references lead nowhere, first: ${broken[0]}`);
    console.log(
      `dist/pack.json: ${pack.providers.length} providers, ${pack.surfaces.length} surfaces, ${pack.rules.length} rules`,
    );
  } catch (error) {
    if (error?.name !== 'UserError') throw error;
    console.error(`${error.message}\n  ${error.hint ?? ''}`);
    process.exitCode = 2;
  } finally {
    await rm(loader);
  }
}

async function bundle() {
  if (!existsSync(path('src/cli.ts'))) {
    console.log('src/cli.ts is missing: nothing bundled');
    return;
  }
  const { version } = JSON.parse(await readFile(path('package.json'), 'utf8'));
  await build({
    ...options(),
    entryPoints: [path('src/cli.ts')],
    outdir: fileURLToPath(dist),
    splitting: true,
    define: { AI_DEPS_VERSION: JSON.stringify(version) },
  });
  console.log(`dist/: ${(await readdir(dist)).filter((name) => name.endsWith('.js')).length} script files`);
}

async function swap() {
  if (process.exitCode) return rm(dist, { recursive: true, force: true });
  const old = new URL(`dist.old.${process.pid}/`, root);
  if (existsSync(target)) await rename(target, old);
  await rename(dist, target);
  await rm(old, { recursive: true, force: true });
}

async function copyGrammars() {
  for (const [name, folder] of Object.entries(GRAMMARS)) {
    await copyFile(path(`${folder}${name}.wasm`), new URL(`grammars/${name}.wasm`, dist));
    await copyFile(path(`${folder}LICENSE`), new URL(`grammars/${name}.LICENSE`, dist));
  }
}

function options() {
  return {
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    minify: false,
    logLevel: 'warning',
  };
}

function path(relative) {
  return fileURLToPath(new URL(relative, root));
}
