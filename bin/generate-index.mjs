// Writes src/detect/index.ts from the folders of src/detect: nobody edits a registry by hand. `--check` only compares.

import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../src/detect/', import.meta.url);

/** Text of the generated index. */
export function indexText() {
  const files = readdirSync(root, { withFileTypes: true })
    .filter((family) => family.isDirectory())
    .flatMap((family) =>
      readdirSync(new URL(`${family.name}/`, root), { withFileTypes: true }).map(
        (entry) => `${family.name}/${entry.name}${entry.isDirectory() ? '/index.ts' : ''}`,
      ),
    )
    .filter((path) => path.endsWith('.ts'))
    .sort();
  const names = files.map((path) => nameOf(path));
  const imports = files
    .map((path, index) => `import ${names[index]} from './${path}';`)
    .sort((a, b) => (a.split("'")[1] < b.split("'")[1] ? -1 : 1));
  return [
    '// Generated from the folders beside this file by `npm run index`. Do not edit.',
    "import type { Detector } from '../plugin.ts';",
    ...imports,
    '',
    '/** Every built-in detector. Each loads its parser at its first file. */',
    'export const detectors: readonly Detector[] = [',
    ...names.map((name) => `  ${name},`),
    '];',
    '',
  ].join('\n');
}

function nameOf(path) {
  const words = path.replace(/(?:\/index)?\.ts$/, '').split(/[/-]/);
  return words.map((word, index) => (index === 0 ? word : word[0].toUpperCase() + word.slice(1))).join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(new URL('index.ts', root), indexText());
