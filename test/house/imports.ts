/** Every import in src/, as written. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Import {
  /** The importing file, below src/. */
  readonly file: string;
  /** The imported file below src/, or the name of a package. */
  readonly target: string;
  readonly isOwn: boolean;
  readonly isDynamic: boolean;
  readonly isTypeOnly: boolean;
}

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/** All source files below src/, sorted. */
export function sourceFiles(): readonly string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .sort();
}

/** The text of one of them. */
export function textOf(file: string): string {
  return readFileSync(`${SRC}${file}`, 'utf8');
}

const STATIC = /^(import|export)(\s+type)?\s(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g;
const REQUIRE = /\brequire(?:\.resolve)?\(\s*'([^']+)'\s*\)|\.resolve\(\s*'([^']+)'\s*\)/g;

/** Every import of a file. Comments are not code; `import('…')` behind one is none. */
export function importsOf(file: string): readonly Import[] {
  const text = textOf(file).replaceAll(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
  const found = (specifier: string, kind: Pick<Import, 'isDynamic' | 'isTypeOnly'>): Import => {
    const isOwn = specifier.startsWith('.');
    const target = isOwn ? posix.join(posix.dirname(file), specifier) : packageOf(specifier);
    return { file, target, isOwn, ...kind };
  };
  return [
    ...[...text.matchAll(STATIC)].map(([, , type, specifier = '']) =>
      found(specifier, { isDynamic: false, isTypeOnly: type !== undefined }),
    ),
    ...[...text.matchAll(DYNAMIC)].map(([, specifier = '']) => found(specifier, { isDynamic: true, isTypeOnly: false })),
    ...[...text.matchAll(REQUIRE)].flatMap(([, required, resolved]) => {
      const specifier = required ?? resolved ?? '';
      return /^[@a-z]/.test(specifier) ? [found(specifier, { isDynamic: true, isTypeOnly: false })] : [];
    }),
  ];
}

/** `@scope/name/deep` -> `@scope/name`; `node:fs/promises` -> `node:fs`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The folder of a file below src/; a file of src/ itself is its own. */
export function roomOf(file: string): string {
  return file.split('/')[0] ?? file;
}
