import { statSync } from 'node:fs';
import { UserError } from '../errors.ts';
import { pathFrom } from './flags.ts';
import type { Io } from './io.ts';

/** Whether there is a folder of that name. */
export function isFolder(path: string, io: Pick<Io, 'cwd'>): boolean {
  return kindOf(pathFrom(io, path)) === 'folder';
}

/** The absolute path of the folder to audit. */
export function auditedFolder(path: string, io: Pick<Io, 'cwd'>): string {
  const root = pathFrom(io, path);
  const kind = kindOf(root);
  if (kind === 'folder') return root;
  throw new UserError(`${path}: ${kind === 'other' ? 'is not a folder' : 'no such folder'}`, {
    hint: 'name the folder that holds the code, or "." for this one',
  });
}

function kindOf(path: string): 'folder' | 'other' | 'none' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'other';
  } catch {
    // Missing, behind a folder that may not be entered, or no possible name.
    return 'none';
  }
}
