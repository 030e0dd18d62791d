import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Language, ParseState } from 'web-tree-sitter';
import type { Entry } from '../model/source.ts';
import { type HclBlock, lowerBody } from './hcl-body.ts';
import { syntaxOf } from './hcl-tree.ts';
import { complaints, MAX_NODES, type Parsed } from './parsed.ts';
import { spansOf, withoutMark } from './position.ts';

/** Where the build puts the grammar, beside the bundle. */
const BUILT = new URL('./grammars/tree-sitter-hcl.wasm', import.meta.url);
const INSTALLED = '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm';

/** Steps of the parser, some fifty bytes each; error recovery takes more and longer ones, so that a broken megabyte is given up. */
const MAX_STEPS = 80_000;
const MAX_BROKEN_STEPS = 20_000;

/** A file of HashiCorp's language: blocks and attributes at its top. */
export interface HclFile extends Pick<Parsed, 'degraded' | 'problems'> {
  readonly blocks: readonly HclBlock[];
  readonly attributes: readonly Entry[];
}

/** HCL as blocks of values with positions. A broken text gives what can be read of it. */
export async function parseHcl(source: string): Promise<HclFile> {
  const text = withoutMark(source);
  const spanOf = spansOf(text);
  const found = complaints();
  const { Parser } = await import('web-tree-sitter');
  const language = await grammar();
  const parser = new Parser().setLanguage(language);
  const tree = parser.parse(text, null, { progressCallback: patience() });
  const syntax = tree ? syntaxOf(tree) : undefined;
  tree?.delete();
  parser.delete();
  if (!syntax) {
    found.add({ reason: 'syntax-error', message: 'too long, or too little of it valid HCL; nothing was read' });
    return { blocks: [], attributes: [], ...found.result() };
  }
  const { blocks, attributes } = lowerBody({ text, spanOf, complaints: found, budget: { nodes: MAX_NODES } }, syntax.root);
  if (syntax.brokenAt !== undefined) {
    const at = spanOf(syntax.brokenAt, syntax.brokenAt);
    found.add({ reason: 'syntax-error', message: 'no valid HCL here; what could be read was kept', at });
  }
  return { blocks, attributes, ...found.result() };
}

let loading: Promise<Language> | undefined;

/** The grammar, loaded once a process. */
function grammar(): Promise<Language> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Language> {
  const { Language, Parser } = await import('web-tree-sitter');
  await Parser.init();
  return Language.load(await readFile(existsSync(BUILT) ? BUILT : createRequire(import.meta.url).resolve(INSTALLED)));
}

function patience(): (state: ParseState) => boolean {
  let steps = 0;
  return ({ hasError }) => ++steps > (hasError ? MAX_BROKEN_STEPS : MAX_STEPS);
}
