import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type CollectOptions, collect } from '../../src/collect/collect.ts';
import type { Collected } from '../../src/model/collected.ts';

/** An empty folder that goes away with the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ai-deps-collect-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder with these files: path -> content. */
export function tree(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = emptyFolder();
  for (const [path, content] of Object.entries(files)) write(root, path, content);
  return root;
}

export function write(root: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

export const DETECTORS: CollectOptions['detectors'] = [
  { id: 'source/typescript', kinds: ['.ts', '.js'], cap: 1 << 20, always: false },
  { id: 'manifest/npm', kinds: ['package.json'], cap: 4 << 20, always: true },
  { id: 'manifest/npm-lock', kinds: ['package-lock.json'], cap: 2000, always: false },
  { id: 'config/dotenv', kinds: ['.env*'], cap: 1 << 20, always: true },
];

/** Collects with a small set of detectors and the words `openai` and `gpt-4`. */
export function collectTree(root: string, options: Partial<CollectOptions> = {}): Collected {
  return collect(root, {
    detectors: DETECTORS,
    words: ['openai', 'gpt-4'],
    useIgnoreFiles: true,
    envFiles: [],
    outputs: [],
    ...options,
  });
}

export function pathsOf(collected: Collected): readonly string[] {
  return collected.files.map(({ path }) => path);
}

export function hitsOf(collected: Collected): readonly string[] {
  return collected.files.filter(({ hit }) => hit).map(({ path }) => path);
}
