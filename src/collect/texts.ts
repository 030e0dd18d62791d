import { createHash } from 'node:crypto';
import { decode, sniff } from './decode.ts';
import { createByteReader } from './read-bytes.ts';

/** The texts of collected files: kept while they fit, else read again and compared with what was hashed. */
export interface Texts {
  /** Registers a file as it was read; `bytes` may be overwritten afterwards. */
  remember(path: string, file: Read): void;
  /** Throws an error whose message is a reason: vanished, changed, unreadable, unknown-file. */
  of(path: string): string;
}

export interface Read {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly keep: boolean;
}

/** Keeps at most `budget` bytes. */
export function createTexts(root: string, budget: number): Texts {
  const digests = new Map<string, { sha256: string; size: number }>();
  const kept = new Map<string, Buffer>();
  const read = createByteReader();
  let left = budget;
  return {
    remember(path, { bytes, sha256, keep }) {
      digests.set(path, { sha256, size: bytes.length });
      if (!keep || bytes.length > left) return;
      kept.set(path, Buffer.from(bytes));
      left -= bytes.length;
    },
    of(path) {
      const known = digests.get(path);
      if (known === undefined) throw new Error('unknown-file');
      const bytes = kept.get(path) ?? readAgain(path, known);
      return decode(bytes, sniff(bytes) ?? 'utf8');
    },
  };

  function readAgain(path: string, { sha256, size }: { sha256: string; size: number }): Buffer {
    const result = read(`${root}/${path}`, size);
    if (result.kind === 'fault')
      throw new Error(result.reason === 'vanished' || result.reason === 'unreadable' ? result.reason : 'changed');
    if (sha256Of(result.bytes) !== sha256) throw new Error('changed');
    return result.bytes;
  }
}

/** The hash that names a content, in hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
