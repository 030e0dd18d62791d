import { createHash } from 'node:crypto';
import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { Config } from '../model/config.ts';
import { shapeConfig } from './config-shape.ts';

const NAMES = ['ai-deps.yml', 'ai-deps.yaml'] as const;
const CAP = 1024 * 1024;

/** A configuration, and the digest of what it says: comments and order of keys do not change it. */
export interface LoadedConfig {
  readonly config: Config;
  readonly digest: string;
  /** The file it stands in; absent: all defaults. */
  readonly path?: string;
}

/** Reads the named file, or the `ai-deps.yml` nearest above the root, no higher than its repository. Data only: nothing in it is run. */
export async function loadConfig(root: string, file?: string): Promise<LoadedConfig> {
  const path = file ?? find(root);
  if (path === undefined) return loaded(shapeConfig({}, ''));
  const shown = file ?? relative(root, path);
  // A link given by name is the user's own choice; one that lies in the tree may lead anywhere.
  refuseUnreadable(statsOf(path, file === undefined ? lstatSync : statSync), shown);
  return { ...loaded(shapeConfig(await read(path, shown), shown)), path };
}

function loaded(config: Config): LoadedConfig {
  return { config, digest: createHash('sha256').update(JSON.stringify(config)).digest('hex') };
}

async function read(path: string, shown: string): Promise<unknown> {
  // For YAML a file of comments is no document; for people it is a configuration with everything at its default.
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text?.split('\n').every((line) => /^\s*(?:#|$)/.test(line))) return {};
  const { readYaml } = await import('./yaml.ts');
  return readYaml(path, shown);
}

function find(root: string): string | undefined {
  for (const folder of foldersAbove(root)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      if (statsOf(path, lstatSync)) return path;
    }
  }
  return undefined;
}

/** The root and the folders above it up to the one with `.git`. Without one, only the root: what lies above belongs to somebody else. */
function foldersAbove(root: string): readonly string[] {
  const start = realOrSame(root);
  const home = homeFolder();
  const folders: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    folders.push(folder);
    if (statsOf(join(folder, '.git'), lstatSync)) return folders;
    if (folder === home || folder === dirname(folder)) return [start];
  }
}

function realOrSame(root: string): string {
  try {
    return realpathSync(root);
  } catch {
    // A root that is not there is refused, with its name, by the step that reads it.
    return resolve(root);
  }
}

function homeFolder(): string | undefined {
  try {
    return realOrSame(homedir());
  } catch {
    // A user without an entry and without HOME has none.
    return undefined;
  }
}

function statsOf(path: string, look: (path: string) => Stats): Stats | undefined {
  try {
    return look(path);
  } catch {
    // Missing, in a folder that may not be entered, or no possible name: there is no such file for us.
    return undefined;
  }
}

function refuseUnreadable(stats: Stats | undefined, shown: string): void {
  if (stats === undefined) throw new UserError(`${shown}: no such file`, { hint: 'give the path of an ai-deps.yml' });
  if (!stats.isFile()) {
    throw new UserError(`${shown}: is not a regular file`, {
      hint: 'the configuration must be a plain file, not a link or folder',
    });
  }
  if (stats.size > CAP) {
    throw new UserError(`${shown}: ${stats.size} bytes, more than the ${CAP} a configuration may have`, { hint: 'shorten it' });
  }
}
