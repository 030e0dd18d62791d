import { lstatSync } from 'node:fs';
import type { SourceFile } from '../model/collected.ts';
import { decode, sniff } from './decode.ts';
import type { Ledger } from './ledger.ts';
import { createPrefilter, type Prefilter } from './prefilter.ts';
import { type ByteReader, faultOf } from './read-bytes.ts';
import type { Selection } from './select.ts';
import { sha256Of, type Texts } from './texts.ts';
import type { FolderIdentity } from './walk.ts';

/** A file that a detector knows how to read. */
export interface Candidate extends Selection {
  readonly path: string;
}

export interface Screening {
  readonly root: string;
  /** In the order of their paths. */
  readonly candidates: readonly Candidate[];
  readonly words: readonly string[];
  readonly folders: ReadonlyMap<string, FolderIdentity>;
}

export interface Tools {
  readonly read: ByteReader;
  readonly ledger: Ledger;
  readonly texts: Texts;
}

/** Opens each candidate once: hashes it, looks for a catalog word, and remembers its text. */
export function screen({ root, candidates, words, folders }: Screening, tools: Tools): readonly SourceFile[] {
  const prefilter = createPrefilter(words);
  const isInPlace = createPlaceCheck(root, folders);
  const files: SourceFile[] = [];
  for (const candidate of candidates) {
    const fault = isInPlace(candidate.path);
    if (fault !== undefined) tools.ledger.fail(candidate.path, fault);
    else {
      const file = screenOne(root, candidate, { ...tools, prefilter });
      if (file !== undefined) files.push(file);
    }
  }
  return files;
}

function screenOne(root: string, candidate: Candidate, tools: Tools & { readonly prefilter: Prefilter }): SourceFile | undefined {
  const { path, detector, kind } = candidate;
  const { read, ledger, texts, prefilter } = tools;
  const result = read(`${root}/${path}`, detector.cap);
  if (result.kind === 'fault') {
    if (result.reason === 'vanished' || result.reason === 'unreadable') ledger.fail(path, result.reason);
    else ledger.skip(path, result.reason);
    return undefined;
  }
  const { bytes } = result;
  const encoding = sniff(bytes);
  if (encoding === undefined) {
    ledger.skip(path, 'binary');
    return undefined;
  }
  const searched = encoding === 'utf8' ? bytes : Buffer.from(decode(bytes, encoding), 'utf8');
  const hit = detector.always || prefilter.matches(searched, searched.length);
  const sha256 = sha256Of(bytes);
  texts.remember(path, { bytes, sha256, keep: hit });
  return { path, size: bytes.length, detector: detector.id, kind, hit, sha256 };
}

/** Whether the folder of a file is still the one that was listed: a link put in its place would lead out of the tree. */
function createPlaceCheck(root: string, folders: ReadonlyMap<string, FolderIdentity>): (path: string) => string | undefined {
  const checked = new Map<string, string | undefined>();
  return (path) => {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (!checked.has(folder)) checked.set(folder, displacement(root, folder, folders.get(folder)));
    return checked.get(folder);
  };
}

function displacement(root: string, folder: string, listed: FolderIdentity | undefined): string | undefined {
  // Never listed: the folder of an environment file that the user named.
  if (listed === undefined) return undefined;
  try {
    const stats = lstatSync(folder === '' ? root : `${root}/${folder}`);
    // The type counts too: a link may be given the number of the folder it replaces.
    return stats.isDirectory() && stats.dev === listed.device && stats.ino === listed.inode ? undefined : 'vanished';
  } catch (error) {
    return faultOf(error);
  }
}
