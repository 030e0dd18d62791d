/** The encodings that source files come in. */
export type Encoding = 'utf8' | 'utf16le' | 'utf16be';

const SNIFFED = 8192;

/** How the bytes are to be read as text, or undefined where they are no text. */
export function sniff(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be';
  const head = bytes.subarray(0, SNIFFED);
  return head.indexOf(0) < 0 ? 'utf8' : sniffWide(head);
}

/** UTF-16 without a byte order mark: mostly ASCII, so that one byte of most pairs is NUL and never the other. */
function sniffWide(head: Buffer): Encoding | undefined {
  let evenNuls = 0;
  let oddNuls = 0;
  for (let index = 0; index < head.length; index++) {
    if (head[index] !== 0) continue;
    if (index % 2 === 0) evenNuls++;
    else oddNuls++;
  }
  const most = head.length * 0.35;
  if (oddNuls >= most && evenNuls === 0) return 'utf16le';
  if (evenNuls >= most && oddNuls === 0) return 'utf16be';
  return undefined;
}

/** The text of the bytes without its byte order mark; what is not valid becomes U+FFFD. */
export function decode(bytes: Buffer, encoding: Encoding): string {
  const text = encoding === 'utf16be' ? swapped(bytes).toString('utf16le') : bytes.toString(encoding);
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function swapped(bytes: Buffer): Buffer {
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return even.swap16();
}
