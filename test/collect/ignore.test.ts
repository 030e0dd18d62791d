import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileIgnoreFile } from '../../src/collect/ignore-rules.ts';
import { collectTree, emptyFolder, pathsOf, tree, write } from './tree.ts';

const ENVIRONMENT = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', HOME: '/nonexistent' };

/** check-ignore exits with 1 where nothing is ignored, so the code says nothing here. */
function git(root: string, args: readonly string[], input = ''): string {
  return spawnSync('git', [...args], { cwd: root, env: ENVIRONMENT, encoding: 'utf8', input }).stdout;
}

/** What git itself would list in a repository that we made. */
function listedByGit(root: string): readonly string[] {
  return git(root, ['ls-files', '-co', '--exclude-standard', '-z'])
    .split('\0')
    .filter((path) => path.endsWith('.ts'))
    .sort();
}

test('nested ignore files with negation give the files that git gives', () => {
  const files = {
    '.gitignore':
      '# build\ndist/\n*.log.ts\n/only-here.ts\n!keep.log.ts\ndocs/**/draft.ts\nspaced\\ .ts   \ncr.ts\r\n[ab]x.ts\n\\!bang.ts\n',
    'dist/a.ts': '',
    'src/dist/a.ts': '',
    'src/dist.ts': '',
    'x.log.ts': '',
    'keep.log.ts': '',
    'only-here.ts': '',
    'src/only-here.ts': '',
    'docs/draft.ts': '',
    'docs/a/b/draft.ts': '',
    'spaced .ts': '',
    'cr.ts': '',
    'ax.ts': '',
    'cx.ts': '',
    '!bang.ts': '',
    'src/.gitignore': '!x.log.ts\n*.gen.ts\n!/api/\n',
    'src/x.log.ts': '',
    'src/api/y.gen.ts': '',
    'src/api/.gitignore': '!y.gen.ts\n',
    'shop/.gitignore': '*\n!*/\n!till.ts\n',
    'shop/till.ts': '',
    'shop/back/till.ts': '',
    'shop/back/safe.ts': '',
    'parent/.gitignore': 'inner/\n!inner/kept.ts\n',
    'parent/inner/kept.ts': '',
  };
  const root = tree(files);
  git(root, ['init', '-q']);
  write(root, '.git/info/exclude', 'cx.ts\n');
  expect(pathsOf(collectTree(root))).toEqual(listedByGit(root));
});

const NAME = fc.stringMatching(/^[ab.-]{1,3}$/).filter((name) => name !== '.' && name !== '..');
const PIECE = fc.constantFrom('a', 'b', '*', '?', '**', '.', '-', '[ab]', '[!a]', '[a-b]', '\\a', '[[:alpha:]]');
const SEGMENT = fc.array(PIECE, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
// A globstar that follows text in the same segment is left out: git reads it in more than one way.
const PATTERN = fc
  .tuple(
    fc.constantFrom('', '!'),
    fc.constantFrom('', '/'),
    fc.array(SEGMENT, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '/'),
  )
  .map(([negation, anchor, segments, end]) => `${negation}${anchor}${segments.join('/')}${end}`)
  .filter((pattern) => !/[^/!]\*\*|\*\*[^/]/.test(pattern));

test('random patterns mean what git says they mean', () => {
  const root = emptyFolder();
  git(root, ['init', '-q']);
  const cases = fc.sample(
    fc.tuple(fc.array(PATTERN, { minLength: 1, maxLength: 4 }), fc.array(NAME, { minLength: 1, maxLength: 3 })),
    { numRuns: 300, seed: 7 },
  );
  for (const [patterns, names] of cases) {
    write(root, '.gitignore', `${patterns.join('\n')}\n`);
    const path = names.join('/');
    const told = git(root, ['check-ignore', '--no-index', '-v', '-n', '--stdin', '-z'], `${path}\0`).split('\0');
    expect(told[3]).toBe(path);
    const pattern = told[2] ?? '';
    const expected = pattern === '' || pattern.startsWith('!') ? 'kept' : 'ignored';
    expect({ patterns, path, verdict: ignoredBelow(patterns, names) }).toEqual({ patterns, path, verdict: expected });
  }
});

/** As the walk does it: folder by folder, and nothing below an ignored one. */
function ignoredBelow(patterns: readonly string[], names: readonly string[]): 'ignored' | 'kept' {
  const rules = compileIgnoreFile(patterns.join('\n'));
  const entries = names.map((name, index) => ({
    path: names.slice(0, index + 1).join('/'),
    name,
    isFolder: index < names.length - 1,
  }));
  return entries.some((entry) => rules.verdict(entry) === 'ignored') ? 'ignored' : 'kept';
}

test('.ai-depsignore is stronger than .gitignore beside it', () => {
  const root = tree({
    '.gitignore': 'gen/\n',
    '.ai-depsignore': '!gen/\nlegacy/\n',
    'gen/a.ts': 'openai',
    'legacy/b.ts': 'openai',
  });
  const collected = collectTree(root);
  expect(pathsOf(collected)).toEqual(['gen/a.ts']);
  expect(collected.excludedBy).toEqual({ '.ai-depsignore': 1 });
});

test('an untrusted tree cannot hide anything by ignore files', () => {
  const root = tree({
    '.gitignore': '*.ts\n',
    '.ai-depsignore': 'src\n',
    'src/a.ts': 'openai',
    'sub/.gitignore': '*',
    'sub/b.ts': '',
  });
  write(root, '.git/info/exclude', '*.ts');
  const collected = collectTree(root, { useIgnoreFiles: false });
  expect(pathsOf(collected)).toEqual(['src/a.ts', 'sub/b.ts']);
  expect(collected.excludedBy).toEqual({});
});

test('a part of a repository obeys the ignore files above it, and none above its repository', () => {
  const root = tree({ '.gitignore': '*.ts\n', 'repo/.gitignore': 'packages/*/dist\n*.gen.ts\n', 'repo/.git/HEAD': '' });
  write(root, 'repo/packages/till/dist/a.ts', '');
  write(root, 'repo/packages/till/a.gen.ts', '');
  write(root, 'repo/packages/till/a.ts', '');
  const collected = collectTree(join(root, 'repo/packages/till'));
  expect(pathsOf(collected)).toEqual(['a.ts']);
  expect(collected.excludedBy).toEqual({ '../../.gitignore': 2 });
});

test('installed dependencies are left out by name or by what marks them', () => {
  const root = tree({
    'node_modules/a.ts': '',
    'web/node_modules/a.ts': '',
    'env/pyvenv.cfg': '',
    'env/a.ts': '',
    'go/vendor/modules.txt': '',
    'go/vendor/a.ts': '',
    'vendor/a.ts': '',
    'ruby/vendor/bundle/a.ts': '',
    'dist/a.ts': '',
  });
  const collected = collectTree(root);
  expect(pathsOf(collected)).toEqual(['dist/a.ts', 'vendor/a.ts']);
  expect(collected.excludedBy).toEqual({ node_modules: 2, vendor: 1, 'vendor/bundle': 1, venv: 1 });
});
