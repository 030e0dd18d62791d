import type { Entry } from '../model/source.ts';
import { defineGrammar, readTree } from './grammar.ts';
import { type HclBlock, lowerBody } from './hcl-body.ts';
import { syntaxOf } from './hcl-tree.ts';
import { complaints, MAX_NODES, type Parsed } from './parsed.ts';
import { spansOf, withoutMark } from './position.ts';

const HCL = defineGrammar('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm');

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
  const syntax = await readTree(HCL, text, syntaxOf);
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
