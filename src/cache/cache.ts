import { createHash } from 'node:crypto';
import type { Observed } from '../model/observed.ts';
import { decode } from './decode.ts';
import { Encoder } from './encode.ts';
import type { Tables } from './layout.ts';
import { readPack, writePack } from './pack-file.ts';

/** Observations of earlier runs, by content. Never fails: what cannot be read or written is as if it were not there. */
export interface Cache {
  get(key: string): Observed | undefined;
  put(key: string, observed: Observed): void;
  /** Writes what is new. */
  flush(): void;
}

export interface CacheOptions {
  /** The folder of the cache, outside every audited tree. */
  readonly dir: string;
  /** What a run reads together, normally the path of the audited root: each scope has a file of its own. */
  readonly scope: string;
  readonly toolVersion: string;
  readonly vocabularyDigest: string;
  /** Bytes beyond which entries that this run did not use are dropped. */
  readonly largest?: number;
}

const LARGEST = 64 << 20;

/** Opens the cache of one scope, tool version and vocabulary. */
export function openCache({ dir, scope, toolVersion, vocabularyDigest, largest = LARGEST }: CacheOptions): Cache {
  const name = `${createHash('sha256')
    .update(JSON.stringify([scope, toolVersion, vocabularyDigest]))
    .digest('hex')
    .slice(0, 40)}.pack`;
  const pack = readPack(dir, name) ?? { tables: { texts: [], shapes: [] }, entries: new Map<string, Uint8Array>() };
  const entries = new Map(pack.entries);
  const used = new Map<string, Observed>();
  let isNew = false;
  let encoder: Encoder | undefined;
  return {
    get(key) {
      const bytes = entries.get(key);
      if (bytes === undefined) return undefined;
      const observed = decodeEntry(bytes, pack.tables);
      if (observed === undefined) entries.delete(key);
      else used.set(key, observed);
      return observed;
    },
    put(key, observed) {
      encoder ??= new Encoder(pack.tables);
      const bytes = encoder.encode(observed);
      if (bytes === undefined) return;
      entries.set(key, bytes);
      used.set(key, observed);
      isNew = true;
    },
    flush() {
      if (!isNew) return;
      isNew = false;
      if (sizeOf(entries, pack.tables) <= largest) writePack(dir, name, { tables: pack.tables, entries });
      else writePack(dir, name, repack(used));
    },
  };
}

function decodeEntry(bytes: Uint8Array, tables: Tables): Observed | undefined {
  try {
    const value = decode(bytes, tables);
    // The digest of the file and the key hold: this is an observation that put() was given.
    return typeof value === 'object' && value !== null ? (value as Observed) : undefined;
  } catch {
    return undefined;
  }
}

function sizeOf(entries: ReadonlyMap<string, Uint8Array>, tables: Tables): number {
  let size = 0;
  for (const text of tables.texts) size += text.length;
  for (const bytes of entries.values()) size += bytes.byteLength;
  return size;
}

/** Only what this run used, with tables that hold nothing else. */
function repack(used: ReadonlyMap<string, Observed>): { tables: Tables; entries: Map<string, Uint8Array> } {
  const tables: Tables = { texts: [], shapes: [] };
  const encoder = new Encoder(tables);
  const entries = new Map<string, Uint8Array>();
  for (const [key, observed] of used) {
    const bytes = encoder.encode(observed);
    if (bytes !== undefined) entries.set(key, bytes);
  }
  return { tables, entries };
}
