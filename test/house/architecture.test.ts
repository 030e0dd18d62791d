import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Import, importsOf, roomOf, sourceFiles, textOf } from './imports.ts';

const files = sourceFiles();
const imports = files.flatMap(importsOf);
const ownImports = imports.filter(({ isOwn }) => isOwn);

const NOUNS = ['model', 'errors.ts', 'plugin.ts'];
const STEPS = ['collect', 'observe', 'resolve', 'link', 'weigh', 'measure', 'judge', 'advise', 'report'];

/** Which rooms a room may import, besides itself. A room that is not named here has no place in the house yet. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  score: [],
  'errors.ts': [],
  'version.ts': [],
  'plugin.ts': ['model'],
  condition: ['model', 'errors.ts'],
  parse: [...NOUNS],
  pack: [...NOUNS],
  cache: [...NOUNS],
  detect: [...NOUNS, 'parse'],
  collect: [...NOUNS, 'score'],
  observe: [...NOUNS, 'score', 'parse'],
  resolve: [...NOUNS, 'score'],
  link: [...NOUNS, 'score', 'condition'],
  weigh: [...NOUNS, 'score', 'condition'],
  measure: [...NOUNS, 'score'],
  judge: [...NOUNS, 'score', 'condition'],
  advise: [...NOUNS, 'score'],
  report: [...NOUNS, 'score'],
  'audit.ts': [...NOUNS, ...STEPS, 'cache', 'condition', 'detect', 'pack', 'version.ts'],
  commands: [...NOUNS, 'score', 'pack', 'version.ts'],
  'cli.ts': ['errors.ts', 'commands'],
};

/** What may be loaded when it is needed, on top of that. */
const MAY_LOAD: Readonly<Record<string, readonly string[]>> = {
  commands: ['audit.ts', 'report'],
  'cli.ts': ['commands', 'version.ts'],
};

function told({ file, target }: Import): string {
  return `${file} -> ${target}`;
}

describe('arrows point down', () => {
  test('every room has its place', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => !Object.hasOwn(MAY_IMPORT, room))).toEqual([]);
  });

  test.each(Object.keys(MAY_IMPORT))('%s imports nothing it may not', (room) => {
    const wrong = ownImports.filter(({ file, target, isDynamic }) => {
      if (roomOf(file) !== room || roomOf(target) === room) return false;
      const allowed = [...(MAY_IMPORT[room] ?? []), ...(isDynamic ? (MAY_LOAD[room] ?? []) : [])];
      return !allowed.includes(roomOf(target));
    });
    expect(wrong.map(told)).toEqual([]);
  });

  test('steps never import each other', () => {
    const between = ownImports.filter(
      ({ file, target }) => STEPS.includes(roomOf(file)) && STEPS.includes(roomOf(target)) && roomOf(file) !== roomOf(target),
    );
    expect(between.map(told)).toEqual([]);
  });

  test('every import leads to a file', () => {
    expect(ownImports.filter(({ target }) => !files.includes(target)).map(told)).toEqual([]);
  });
});

describe('what is used in one place', () => {
  test.each<[string, RegExp]>([
    ['commander', /^cli\.ts$/],
    ['@pydantic/genai-prices', /^commands\/catalog\/prices\.ts$/],
    ['ts-morph', /^detect\/source\/typescript\//],
    ['web-tree-sitter', /^parse\//],
    ['yaml', /^parse\//],
    ['jsonc-parser', /^(?:parse\/|commands\/score\.ts$)/],
    ['js-yaml', /^pack\//],
    ['ajv', /^pack\//],
    ['@marcbachmann/cel-js', /^condition\//],
    ['chalk', /^report\//],
    ['cli-table3', /^report\//],
    // Which files there are, and what stands in them, is known to few.
    ['node:fs', /^(?:collect|pack|cache|commands)\/|^parse\/(?:hcl|grammar)\.ts$/],
    ['node:os', /^pack\/config\.ts$/],
  ])('%s', (name, where) => {
    expect(imports.filter(({ target, file }) => target === name && !where.test(file)).map(told)).toEqual([]);
  });

  test.each([
    'node:child_process',
    'node:http',
    'node:https',
    'node:net',
    'node:dns',
    'node:tls',
    'node:dgram',
    'node:vm',
    'node:worker_threads',
  ])('%s: nowhere', (name) => {
    expect(imports.filter(({ target }) => target === name).map(told)).toEqual([]);
  });

  test('built-in modules are named as such', () => {
    const bare = new Set([
      'fs',
      'path',
      'os',
      'url',
      'crypto',
      'module',
      'util',
      'child_process',
      'http',
      'https',
      'net',
      'process',
    ]);
    expect(imports.filter(({ target }) => bare.has(target)).map(told)).toEqual([]);
  });

  test('nothing else comes from outside', () => {
    const { dependencies, devDependencies } = packageJson();
    // Types are gone when the program runs.
    const isTypes = ({ isTypeOnly, target }: Import) => isTypeOnly && Object.hasOwn(devDependencies, `@types/${target}`);
    const outside = imports.filter(({ isOwn, target }) => !isOwn && !target.startsWith('node:'));
    expect(outside.filter((one) => !Object.hasOwn(dependencies, one.target) && !isTypes(one)).map(told)).toEqual([]);
  });

  test('heavy packages are loaded when they are needed', () => {
    const heavy = new Set(['ajv', 'web-tree-sitter']);
    const eager = imports.filter(({ target, isDynamic, isTypeOnly }) => heavy.has(target) && !isDynamic && !isTypeOnly);
    expect(eager.map(told)).toEqual([]);
  });

  test('clock, environment, console and chance are for the commands', () => {
    const IMPURE =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.(?:env|argv|exit|cwd)\b|\bconsole\.|\blocaleCompare\(/;
    const elsewhere = files.filter((file) => !/^(?:commands\/|cli\.ts)/.test(file));
    const wrong = elsewhere.flatMap((file) =>
      codeLines(file)
        .filter((line) => IMPURE.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(wrong).toEqual([]);
  });
});

/** Lines without comments and texts. */
function codeLines(file: string): readonly string[] {
  return textOf(file)
    .replaceAll(/`[^`]*`|'[^'\n]*'|\/(?![/*\s])(?:\\.|[^/\n\\])+\//g, "''")
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\/\*|\*).*|\/\/.*/, ''));
}

describe('files', () => {
  test('none is longer than 250 lines', () => {
    const long = files
      .map((file) => ({ file, lines: textOf(file).trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 250);
    expect(long).toEqual([]);
  });

  test('none has a name that says nothing', () => {
    expect(files.filter((file) => /(?:^|[/-])(?:utils?|helpers?|common|manager|misc|stuff)(?:[/.-]|$)/.test(file))).toEqual([]);
  });

  test('names are kebab-case, and lie no deeper than four folders', () => {
    expect(files.filter((file) => !/^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/){0,4}[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/.test(file))).toEqual([]);
  });

  test('nothing is left for later, nothing is waved through', () => {
    const MARKS = /@ts-(?:ignore|expect-error|nocheck)|\bcatch(?: \(\w+\))? \{\s*\}/;
    expect(files.filter((file) => /\b(?:TODO|FIXME|XXX|HACK)\b/.test(textOf(file)))).toEqual([]);
    expect(files.filter((file) => codeLines(file).some((line) => MARKS.test(line)))).toEqual([]);
  });

  test('the index of detectors is what the folders say', async () => {
    const generator = pathToFileURL(fileURLToPath(new URL('../../bin/generate-index.mjs', import.meta.url))).href;
    const { indexText }: { indexText(): string } = await import(generator);
    // The formatter orders imports in its own way.
    const lines = (text: string) => text.split('\n').sort();
    expect(lines(textOf('detect/index.ts'))).toEqual(lines(indexText()));
  });
});

function packageJson(): {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
} {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
}

describe('dependencies', () => {
  const { dependencies, devDependencies } = packageJson();
  const contributing = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');

  test('at most 20, each of one exact version', () => {
    expect(Object.keys(dependencies).length).toBeLessThanOrEqual(20);
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  test.each(Object.keys(dependencies))('%s is used, and CONTRIBUTING.md says what for', (name) => {
    expect(imports.some(({ target }) => target === name)).toBe(true);
    const [, reason = ''] = new RegExp(`^\\| \`${name}\` \\|[^|]*\\|([^|\n]+)\\|$`, 'm').exec(contributing) ?? [];
    expect(reason.trim().length).toBeGreaterThan(20);
  });

  test('CONTRIBUTING.md names no other', () => {
    const [, table = ''] = /## Dependencies\n([\s\S]*?)(?:\n## |$)/.exec(contributing) ?? [];
    const named = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name);
    expect(named.sort()).toEqual(Object.keys(dependencies).sort());
  });

  test.each(Object.keys(dependencies))('%s runs nothing when it is installed', (name) => {
    const { scripts = {} } = JSON.parse(
      readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url), 'utf8'),
    );
    expect(['preinstall', 'install', 'postinstall'].filter((script) => Object.hasOwn(scripts, script))).toEqual([]);
  });

  test('the lock names all that npm looks for, also for other systems', () => {
    const lock: { packages: Record<string, { optionalDependencies?: Record<string, string> }> } = JSON.parse(
      readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
    );
    const wanted = Object.values(lock.packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
    expect(wanted.filter((name) => !Object.keys(lock.packages).some((path) => path.endsWith(`node_modules/${name}`)))).toEqual(
      [],
    );
  });

  test('the lock belongs to package.json', () => {
    const lock: { packages: Record<string, object> } = JSON.parse(
      readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
    );
    expect(lock.packages['']).toMatchObject({ dependencies, devDependencies });
    const { dependencies: locked = {} } = lock.packages[''] as { dependencies?: Record<string, string> };
    expect(Object.keys(locked).sort()).toEqual(Object.keys(dependencies).sort());
  });

  test('neither do those that come with them', () => {
    const lock: { packages: Record<string, { hasInstallScript?: boolean; dev?: boolean }> } = JSON.parse(
      readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
    );
    const scripted = Object.entries(lock.packages).filter(
      ([path, { hasInstallScript, dev }]) => path !== '' && hasInstallScript && !dev,
    );
    expect(scripted.map(([path]) => path)).toEqual([]);
  });
});

describe('the repository', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));

  test('has what a stranger looks for', () => {
    expect(readdirSync(root)).toEqual(
      expect.arrayContaining(['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'SECURITY.md', '.ci']),
    );
  });

  test('every path that CONTRIBUTING.md names is there', () => {
    const text = readFileSync(`${root}CONTRIBUTING.md`, 'utf8');
    const paths = [...text.matchAll(/`((?:src|test|rules|fixtures|bin|bench|\.ci)\/[\w./-]*)`/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(10);
    const known = (path: string) => {
      try {
        readdirSync(`${root}${path}`);
        return true;
      } catch (error) {
        return error instanceof Error && 'code' in error && error.code === 'ENOTDIR';
      }
    };
    expect(paths.filter((path) => !known(path))).toEqual([]);
  });
});
