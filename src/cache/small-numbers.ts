/** Numbers as bytes, seven bits each, lowest first: most numbers of an observation are small. */
export interface ByteWriter {
  /** Appends a whole number from 0 to 2^53. */
  push(value: number): void;
  /** A copy of everything since the last call. */
  take(): Uint8Array;
}

const LONGEST_NUMBER = 8;

/** Starts with no bytes; its buffer is used again after each `take`. */
export function createByteWriter(): ByteWriter {
  let bytes = new Uint8Array(1 << 16);
  let length = 0;
  return {
    push(value) {
      if (length + LONGEST_NUMBER > bytes.length) {
        const larger = new Uint8Array(bytes.length * 2);
        larger.set(bytes);
        bytes = larger;
      }
      let rest = value;
      for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes[length++] = (rest % 0x80) | 0x80;
      bytes[length++] = rest;
    },
    take() {
      const copy = bytes.slice(0, length);
      length = 0;
      return copy;
    },
  };
}

/** Reads numbers one by one; throws a RangeError behind the last. */
export function createByteReader(bytes: Uint8Array): () => number {
  let position = 0;
  return () => {
    let value = nextByte();
    if (value < 0x80) return value;
    value -= 0x80;
    for (let scale = 0x80; ; scale *= 0x80) {
      const byte = nextByte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };

  function nextByte(): number {
    const byte = bytes[position++];
    if (byte === undefined) throw new RangeError('cache entry ends early');
    return byte;
  }
}
