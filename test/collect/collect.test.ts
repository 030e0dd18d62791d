import fs, { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, relative } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { collectTree, hitsOf, pathsOf, tree, write } from './tree.ts';

test('a file with a catalog word is a hit, in any case; a file without one is kept for later', () => {
  const collected = collectTree(tree({ 'src/chat.ts': 'new OpenAI()', 'src/cart.ts': 'export const total = 1;' }));
  expect(hitsOf(collected)).toEqual(['src/chat.ts']);
  expect(collected.text('src/cart.ts')).toBe('export const total = 1;');
});

test('a file that no detector wants is discovered, not opened', () => {
  const collected = collectTree(tree({ 'README.md': 'openai', 'src/chat.ts': 'openai' }));
  expect(collected.discovered).toBe(2);
  expect(pathsOf(collected)).toEqual(['src/chat.ts']);
  expect(collected.has('README.md')).toBe(true);
  expect(() => collected.text('README.md')).toThrow('unknown-file');
});

test('a detector that reads every such file needs no word', () => {
  expect(hitsOf(collectTree(tree({ 'package.json': '{}' })))).toEqual(['package.json']);
});

test('a lockfile over its cap is named and still exists', () => {
  const collected = collectTree(tree({ 'package-lock.json': ' '.repeat(2001) }));
  expect(pathsOf(collected)).toEqual([]);
  expect(collected.skipped).toEqual({ 'too-large': 1 });
  expect(collected.notes).toMatchObject([{ path: 'package-lock.json', reason: 'too-large' }]);
  expect(collected.has('package-lock.json')).toBe(true);
});

test('the account adds up', () => {
  const root = tree({ 'a.ts': 'openai', 'b.ts': '', 'c.ts': Buffer.from([0, 1, 2]), 'd.md': '' });
  fs.symlinkSync('a.ts', join(root, 'e.ts'));
  const { discovered, files, skipped } = collectTree(root);
  expect(discovered).toBe(5);
  expect(files).toHaveLength(2);
  expect(skipped).toEqual({ binary: 1, symlink: 1 });
});

test('text is the same whether kept or read again', () => {
  const root = tree({ 'a.ts': '\ufeffopenai "é"\r\n' });
  expect(collectTree(root).text('a.ts')).toBe('openai "é"\r\n');
  expect(collectTree(root, { keepBytes: 0 }).text('a.ts')).toBe('openai "é"\r\n');
});

test('a file that vanishes or changes after it was hashed says so', () => {
  const root = tree({ 'gone.ts': 'openai', 'same-size.ts': 'openai', 'longer.ts': 'openai', 'shorter.ts': 'openai' });
  const collected = collectTree(root, { keepBytes: 0 });
  fs.rmSync(join(root, 'gone.ts'));
  writeFileSync(join(root, 'same-size.ts'), 'closed');
  writeFileSync(join(root, 'longer.ts'), 'openai and more');
  writeFileSync(join(root, 'shorter.ts'), '');
  expect(() => collected.text('gone.ts')).toThrow('vanished');
  for (const path of ['same-size.ts', 'longer.ts', 'shorter.ts']) expect(() => collected.text(path)).toThrow('changed');
});

test('the order in which the system lists a folder changes nothing', () => {
  const root = tree(
    Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`shop${index % 5}/${index}.ts`, `openai ${index}`])),
  );
  const straight = collectTree(root);
  const original = fs.readdirSync;
  onTestFinished(() => {
    Object.assign(fs, { readdirSync: original });
    syncBuiltinESMExports();
  });
  const reversed = (...args: Parameters<typeof original>) => (original(...args) as unknown[]).reverse();
  Object.assign(fs, { readdirSync: reversed });
  syncBuiltinESMExports();
  const shuffled = collectTree(root);
  expect(shuffled.files).toEqual(straight.files);
  expect(shuffled.treeDigest).toBe(straight.treeDigest);
});

test('paths are sorted by code point, not by UTF-16 unit', () => {
  const collected = collectTree(tree({ '\u{1f600}.ts': '', '\uff5e.ts': '', 'Z.ts': '', 'a.ts': '' }));
  expect(pathsOf(collected)).toEqual(['Z.ts', 'a.ts', '\uff5e.ts', '\u{1f600}.ts']);
});

test('the digest follows contents and paths, not places', () => {
  const files = { 'a.ts': 'openai', 'b/c.ts': '' };
  const digest = collectTree(tree(files)).treeDigest;
  expect(collectTree(tree(files)).treeDigest).toBe(digest);
  expect(collectTree(tree({ ...files, 'a.ts': 'openai!' })).treeDigest).not.toBe(digest);
  expect(collectTree(tree({ 'a.ts': 'openai', 'b/d.ts': '' })).treeDigest).not.toBe(digest);
});

test('globs narrow the tree, and what they left out is counted', () => {
  const root = tree({
    'src/chat.ts': 'openai',
    'src/chat.test.ts': 'openai',
    'docs/how.js': 'openai',
    'legacy/old.ts': 'openai',
  });
  const collected = collectTree(root, { include: ['src/**', 'docs/*.{js,py}'], exclude: ['*.test.ts'] });
  expect(pathsOf(collected)).toEqual(['docs/how.js', 'src/chat.ts']);
  expect(collected.excludedBy).toEqual({ exclude: 1, include: 1 });
});

test('files this run writes are no part of the tree', () => {
  const root = tree({ 'report.js': 'openai', 'chat.ts': 'openai', 'out/report.ts': 'openai' });
  const collected = collectTree(root, { outputs: ['report.js', join(root, 'out/report.ts')] });
  expect(pathsOf(collected)).toEqual(['chat.ts']);
  expect(collected.excludedBy).toEqual({ output: 2 });
});

test('an ignored environment file is read only when named', () => {
  const root = tree({
    '.gitignore': '.env*\n!.env.example\n',
    '.env': 'A=1',
    '.env.example': 'A=',
    'deploy/prod.settings': 'A=2',
  });
  expect(pathsOf(collectTree(root))).toEqual(['.env.example']);
  const named = collectTree(root, { envFiles: ['.env', join(root, 'deploy/prod.settings')] });
  expect(pathsOf(named)).toEqual(['.env', '.env.example', 'deploy/prod.settings']);
  expect(named.files.at(-1)).toMatchObject({ detector: 'config/dotenv', kind: '.env*', hit: true });
  expect(named.text('.env')).toBe('A=1');
});

test('a root or environment file that is not there is the user’s to fix', () => {
  const root = tree({ 'a.ts': '' });
  expect(() => collectTree(join(root, 'nowhere'))).toThrow(UserError);
  expect(() => collectTree(join(root, 'a.ts'))).toThrow('is not a folder');
  expect(() => collectTree(root, { envFiles: ['.env'] })).toThrow('--env-file .env: no such file');
});

test('a relative root and a root behind a link give the same files', () => {
  const root = tree({ 'code/a.ts': 'openai' });
  fs.symlinkSync('code', join(root, 'link'));
  const expected = collectTree(join(root, 'code'));
  expect(collectTree(join(root, 'link'), { outputs: [join(root, 'link/b.ts')] }).files).toEqual(expected.files);
  expect(collectTree(relative(process.cwd(), join(root, 'code'))).files).toEqual(expected.files);
});

test('an empty tree is discovered as nothing', () => {
  const root = tree({});
  write(root, 'node_modules/openai/index.js', 'openai');
  const collected = collectTree(root);
  expect(collected.discovered).toBe(0);
  expect(collected.excludedBy).toEqual({ node_modules: 1 });
});
