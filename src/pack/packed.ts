import type { CompiledPack } from './compiled.ts';
import { lazy } from './lazy.ts';

/** Everything beyond ASCII is escaped: such a file is read without decoding it, which takes half the time. */
const BEYOND_ASCII = /[\u0080-\uffff]/g;

/** Writes a compiled pack as JSON with one member a line, so that a reader can leave lines unparsed. */
export function packedText(pack: CompiledPack): string {
  const lines = Object.entries(pack).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const text = `{\n${lines.join(',\n')}\n}\n`;
  return text.replace(BEYOND_ASCII, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Reads what `packedText` wrote; each table is parsed when it is first looked at: most runs need few of them. */
export function unpack(text: string): CompiledPack {
  const pack = {};
  for (const line of text.split('\n')) {
    const colon = line.indexOf('":');
    if (!line.startsWith('"') || colon < 0) continue;
    const member = lazy((): unknown => JSON.parse(line.slice(colon + 2, line.endsWith(',') ? -1 : undefined)));
    Object.defineProperty(pack, line.slice(1, colon), { get: member, enumerable: true });
  }
  if (!('format' in pack) || pack.format !== 1) throw new Error('the compiled pack is of another version: build again');
  // Written by our own build, from files it validated.
  return pack as CompiledPack;
}
