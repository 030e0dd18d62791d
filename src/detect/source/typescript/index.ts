// https://tc39.es/ecma262/ and https://www.typescriptlang.org/docs/handbook/
import { defineDetector } from '../../../plugin.ts';

export default defineDetector({
  id: 'source/typescript',
  docs: 'https://www.typescriptlang.org/docs/handbook/intro.html',
  // Declaration files have kinds of their own: they hold types alone and must not be read as code.
  kinds: ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.d.ts', '.d.mts', '.d.cts'],
  cap: 1_000_000,
  always: false,
  version: 2,
  async observe(source, vocabulary) {
    if (source.kind.startsWith('.d.')) return {};
    // The compiler costs about 170 ms to load; pay only on the first file that needs it.
    const { lowerSource } = await import('./lower.ts');
    return lowerSource(source, vocabulary);
  },
});
