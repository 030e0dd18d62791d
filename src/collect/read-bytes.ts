import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Why a file of the walk gave no bytes. `symlink` and `not-regular` say what it became meanwhile. */
export type ReadFault = 'vanished' | 'unreadable' | 'symlink' | 'not-regular' | 'too-large';

export type ReadResult =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'fault'; readonly reason: ReadFault };

/** Reads a regular file of at most `cap` bytes. */
export type ByteReader = (path: string, cap: number) => ReadResult;

// Not to be led elsewhere by a link, and not to wait for the writer of a FIFO. Windows has neither flag.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const INITIAL = 1 << 20;

/** A reader with one buffer of its own: the bytes are valid until the next read. */
export function createByteReader(): ByteReader {
  let buffer = Buffer.allocUnsafeSlow(INITIAL);
  return (path, cap) => {
    let descriptor: number;
    try {
      descriptor = openSync(path, FLAGS);
    } catch (error) {
      return { kind: 'fault', reason: faultOf(error) };
    }
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) return { kind: 'fault', reason: 'not-regular' };
      if (stats.size > cap) return { kind: 'fault', reason: 'too-large' };
      // One byte more than announced, to notice a file that grows.
      if (buffer.length <= stats.size) buffer = Buffer.allocUnsafeSlow(stats.size + 1);
      return fill(descriptor, buffer, cap);
    } catch (error) {
      return { kind: 'fault', reason: faultOf(error) };
    } finally {
      closeSync(descriptor);
    }
  };
}

function fill(descriptor: number, buffer: Buffer, cap: number): ReadResult {
  const limit = Math.min(buffer.length, cap + 1);
  let length = 0;
  while (length < limit) {
    const count = readSync(descriptor, buffer, length, limit - length, null);
    if (count === 0) return { kind: 'bytes', bytes: buffer.subarray(0, length) };
    length += count;
  }
  // Larger than its cap, or still growing: either way not the file that was announced.
  return { kind: 'fault', reason: 'too-large' };
}

/** What an error of the file system means for the account of a file. */
export function faultOf(error: unknown): ReadFault {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'vanished';
  if (code === 'ELOOP' || code === 'EMLINK') return 'symlink';
  if (code === 'ENXIO') return 'not-regular';
  return 'unreadable';
}
