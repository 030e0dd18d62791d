import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLedger } from '../../src/collect/ledger.ts';
import { createByteReader } from '../../src/collect/read-bytes.ts';
import { screen } from '../../src/collect/screen.ts';
import { createTexts } from '../../src/collect/texts.ts';
import type { FolderIdentity } from '../../src/collect/walk.ts';
import { collectTree, DETECTORS, emptyFolder, hitsOf, pathsOf, tree, write } from './tree.ts';

const isRoot = process.getuid?.() === 0;

test('links are listed and not followed: loops, files outside, folders outside', () => {
  const root = tree({ 'src/chat.ts': 'openai' });
  symlinkSync('.', join(root, 'src/loop'));
  symlinkSync('/etc/passwd', join(root, 'passwd.ts'));
  symlinkSync('/', join(root, 'everything'));
  symlinkSync('nowhere', join(root, 'dangling.ts'));
  const collected = collectTree(root);
  expect(pathsOf(collected)).toEqual(['src/chat.ts']);
  expect(collected.skipped).toEqual({ symlink: 4 });
  expect(collected.notes.map(({ path }) => path)).toEqual(['dangling.ts', 'everything', 'passwd.ts', 'src/loop']);
  expect(collected.has('passwd.ts')).toBe(false);
});

test('a FIFO is not waited for, a folder with a file’s name is entered', () => {
  const root = tree({ 'x.ts/inner.ts': 'openai' });
  execFileSync('mkfifo', [join(root, 'pipe.ts')]);
  const collected = collectTree(root);
  expect(pathsOf(collected)).toEqual(['x.ts/inner.ts']);
  expect(collected.skipped).toEqual({ 'not-regular': 1 });
});

test('a named environment file that is a FIFO or a link is refused', () => {
  const root = emptyFolder();
  execFileSync('mkfifo', [join(root, '.env')]);
  symlinkSync('/etc/passwd', join(root, '.env.local'));
  expect(() => collectTree(root, { envFiles: ['.env'] })).toThrow('is not a regular file');
  expect(() => collectTree(root, { envFiles: ['.env.local'] })).toThrow('is not a regular file');
});

test('names are only names', () => {
  const names = [
    'new\nline.ts',
    'esc\u001b[31m.ts',
    '__proto__.ts',
    'constructor',
    '-rf.ts',
    '"quoted".ts',
    '\u202etxt.ts',
    `${'n'.repeat(250)}.ts`,
  ];
  const root = tree(Object.fromEntries(names.map((name) => [name, 'openai'])));
  const collected = collectTree(root);
  expect(pathsOf(collected)).toEqual(names.filter((name) => name.endsWith('.ts')).sort());
  expect(collected.has('constructor')).toBe(true);
  expect(collected.has('toString')).toBe(false);
});

test('an ignore file in a folder called __proto__ is a key like any other', () => {
  const collected = collectTree(tree({ '.gitignore': '', '__proto__/.gitignore': '*.ts', '__proto__/a.ts': 'openai' }));
  expect(Object.entries(collected.excludedBy)).toEqual([['__proto__/.gitignore', 1]]);
  const named = collectTree(tree({ '.gitignore': '*.ts', 'a.ts': '' }));
  expect(Object.getPrototypeOf(named.excludedBy)).toBe(Object.prototype);
});

test('a name that is no UTF-8 is named, and its look-alike is not opened in its place', () => {
  const root = tree({ 'a.ts': 'openai', 'b\ufffd.ts': 'openai', 'honest\ufffd.ts': 'openai' });
  writeFileSync(Buffer.concat([Buffer.from(`${root}/b`), Buffer.from([0xff]), Buffer.from('.ts')]), 'openai');
  const collected = collectTree(root);
  expect(pathsOf(collected)).toEqual(['a.ts', 'honest\ufffd.ts']);
  expect(collected.notes).toMatchObject([{ path: 'b\ufffd.ts', reason: 'unreadable-name' }]);
});

test('encodings: byte order marks, UTF-16 with and without one, broken UTF-8', () => {
  const text = 'const model = "gpt-4o";\n';
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  const root = tree({
    'bom.ts': `\ufeff${text}`,
    'le-bom.ts': Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
    'be-bom.ts': Buffer.concat([Buffer.from([0xfe, 0xff]), big]),
    'le.ts': little,
    'be.ts': big,
  });
  const collected = collectTree(root);
  expect(hitsOf(collected)).toEqual(['be-bom.ts', 'be.ts', 'bom.ts', 'le-bom.ts', 'le.ts']);
  for (const path of hitsOf(collected)) expect(collected.text(path), path).toBe(text);
  const broken = collectTree(tree({ 'a.ts': Buffer.concat([Buffer.from('// '), Buffer.from([0xe9, 0x0a]), Buffer.from(text)]) }));
  expect(broken.text('a.ts')).toBe(`// \ufffd\n${text}`);
});

test('bytes that are no text are skipped, whatever the extension', () => {
  const root = tree({ 'image.ts': Buffer.concat([Buffer.from('\u0089PNG openai'), Buffer.alloc(64)]), 'empty.ts': '' });
  const collected = collectTree(root);
  expect(pathsOf(collected)).toEqual(['empty.ts']);
  expect(collected.skipped).toEqual({ binary: 1 });
});

test('a 5 MB bundle is skipped by size and named', () => {
  const collected = collectTree(tree({ 'bundle.js': `"openai";${'x=1;'.repeat(1_300_000)}` }));
  expect(collected.notes).toMatchObject([{ path: 'bundle.js', reason: 'too-large' }]);
});

test('folders nested 500 deep end the walk there, and say so', () => {
  const root = tree({ 'a.ts': 'openai' });
  mkdirSync(join(root, 'd/'.repeat(500)), { recursive: true });
  writeFileSync(join(root, 'd/'.repeat(500), 'deep.ts'), 'openai');
  const collected = collectTree(root);
  expect(pathsOf(collected)).toEqual(['a.ts']);
  expect(collected.skipped).toEqual({ 'too-deep': 1 });
});

test('many links do not fill the report', () => {
  const root = emptyFolder();
  for (let index = 0; index < 250; index++) symlinkSync('.', join(root, `link${index}`));
  const collected = collectTree(root);
  expect(collected.skipped).toEqual({ symlink: 250 });
  expect(collected.notes).toHaveLength(201);
  expect(collected.notes.at(-1)).toEqual({ path: '.', reason: 'symlink', message: 'and 50 more of this kind' });
});

test.skipIf(isRoot)('a file and a folder without permission fail by name', () => {
  const root = tree({ 'shut.ts': 'openai', 'closed/a.ts': 'openai' });
  chmodSync(join(root, 'shut.ts'), 0);
  chmodSync(join(root, 'closed'), 0);
  const collected = collectTree(root);
  chmodSync(join(root, 'closed'), 0o755);
  expect(collected.failed).toEqual([
    { path: 'closed', reason: 'unreadable' },
    { path: 'shut.ts', reason: 'unreadable' },
  ]);
  expect(collected.discovered).toBe(2);
});

test('nothing that a repository’s own configuration names is run', () => {
  const root = tree({ 'a.ts': 'openai' });
  const canary = join(root, 'canary');
  write(
    root,
    '.git/config',
    `[core]\n\tfsmonitor = "touch ${canary}"\n\thooksPath = .hooks\n[diff]\n\texternal = "touch ${canary}"\n`,
  );
  write(root, '.git/HEAD', 'ref: refs/heads/main\n');
  write(root, '.git/secret.ts', 'openai');
  write(root, '.git/info/exclude', 'ignored.ts\n');
  write(root, 'ignored.ts', 'openai');
  const collected = collectTree(root);
  expect(pathsOf(collected)).toEqual(['a.ts']);
  expect(collected.excludedBy).toEqual({ '.git/info/exclude': 1 });
  expect(existsSync(canary)).toBe(false);
});

test('an ignore file that is a link or too large is not applied, and says so', () => {
  const root = tree({ 'a.ts': 'openai', 'sub/.gitignore': `${'#'.repeat(1 << 20)}\n*.ts\n`, 'sub/b.ts': 'openai' });
  symlinkSync('/etc/hostname', join(root, '.gitignore'));
  const collected = collectTree(root);
  expect(pathsOf(collected)).toEqual(['a.ts', 'sub/b.ts']);
  expect(collected.notes).toMatchObject([
    { path: '.gitignore', reason: 'symlink' },
    { path: 'sub/.gitignore', reason: 'ignore-file' },
  ]);
});

test('a pattern made to run for ever runs for milliseconds', () => {
  const root = tree({
    '.gitignore': `${'*a'.repeat(200)}b\n${'**/a/'.repeat(200)}b\n`,
    [`${'a'.repeat(250)}.ts`]: '',
    [`${'a/'.repeat(200)}c.ts`]: '',
  });
  const start = performance.now();
  expect(pathsOf(collectTree(root))).toHaveLength(2);
  expect(performance.now() - start).toBeLessThan(1000);
});

test('a folder swapped for a link after it was listed is not read through', () => {
  const outside = tree({ 'secret.ts': 'openai' });
  const root = tree({ 'sub/secret.ts': '' });
  const folders = new Map([['sub', identityOf(join(root, 'sub'))]]);
  rmSync(join(root, 'sub'), { recursive: true });
  symlinkSync(outside, join(root, 'sub'));
  const ledger = createLedger();
  const [detector] = DETECTORS;
  const candidates = detector === undefined ? [] : [{ path: 'sub/secret.ts', detector, kind: '.ts' }];
  const tools = { read: createByteReader(), ledger, texts: createTexts(root, 0) };
  expect(screen({ root, candidates, words: ['openai'], folders }, tools)).toEqual([]);
  expect(ledger.close().failed).toEqual([{ path: 'sub/secret.ts', reason: 'vanished' }]);
});

function identityOf(folder: string): FolderIdentity {
  const { dev, ino } = lstatSync(folder);
  return { device: dev, inode: ino };
}

test('a file swapped for a link or grown beyond its cap after the walk is skipped by name', () => {
  const root = tree({ 'big.ts': 'x'.repeat(100) });
  symlinkSync('big.ts', join(root, 'link.ts'));
  const read = createByteReader();
  expect(read(join(root, 'link.ts'), 1000)).toEqual({ kind: 'fault', reason: 'symlink' });
  expect(read(join(root, 'big.ts'), 99)).toEqual({ kind: 'fault', reason: 'too-large' });
  expect(read(join(root, 'gone.ts'), 99)).toEqual({ kind: 'fault', reason: 'vanished' });
  expect(read('/dev/zero', 99)).toEqual({ kind: 'fault', reason: 'not-regular' });
});
