/** Grammars of tree-sitter: one engine, one file of bytes for each language, loaded at the first text that needs it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Language, ParseState, Tree } from 'web-tree-sitter';

/** Steps of the parser, some fifty bytes each; error recovery takes more and longer ones, so that a broken megabyte is given up. */
const MAX_STEPS = 80_000;
const MAX_BROKEN_STEPS = 20_000;

/** A language, not loaded before it is asked for. */
export interface Grammar {
  language(): Promise<Language>;
}

/** Names a grammar by where npm installs it; the build puts a copy beside the bundle. */
export function defineGrammar(installed: string): Grammar {
  let loading: Promise<Language> | undefined;
  return {
    language: () => {
      loading ??= load(installed);
      return loading;
    },
  };
}

/** Parses a text and hands the tree to a reader, which must take out of it what it needs; undefined where the parser gave up. */
export async function readTree<T>(
  grammar: Grammar,
  text: string,
  read: (tree: Tree, language: Language) => T,
): Promise<T | undefined> {
  const { Parser } = await import('web-tree-sitter');
  const language = await grammar.language();
  const parser = new Parser().setLanguage(language);
  const tree = parser.parse(text, null, { progressCallback: patience() });
  try {
    return tree ? read(tree, language) : undefined;
  } finally {
    tree?.delete();
    parser.delete();
  }
}

async function load(installed: string): Promise<Language> {
  const { Language, Parser } = await import('web-tree-sitter');
  await Parser.init();
  const built = new URL(`./grammars/${installed.slice(installed.lastIndexOf('/') + 1)}`, import.meta.url);
  return Language.load(await readFile(existsSync(built) ? built : createRequire(import.meta.url).resolve(installed)));
}

function patience(): (state: ParseState) => boolean {
  let steps = 0;
  return ({ hasError }) => ++steps > (hasError ? MAX_BROKEN_STEPS : MAX_STEPS);
}
