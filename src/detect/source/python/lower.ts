/** Python -> Unit. The tree is copied out of the parser, then walked. */
import type { Observed, Vocabulary } from '../../../model/observed.ts';
import type { Span, Unit } from '../../../model/source.ts';
import { type PythonFile, parsePython } from '../../../parse/python.ts';
import { ASSIGNMENTS } from './assignments.ts';
import { CALLS } from './calls.ts';
import { CLASSES } from './classes.ts';
import { COMPREHENSIONS } from './comprehensions.ts';
import { directivesOf } from './directives.ts';
import { FUNCTIONS } from './functions.ts';
import { LITERALS } from './literals.ts';
import { type Handler, type Lowering, spanBetween, visitAll } from './lowering.ts';
import { dropPlaceholders, exportsOf, MODULES } from './modules.ts';
import { OPERATORS } from './operators.ts';
import { STATEMENTS } from './statements.ts';
import { markAsked } from './strings.ts';
import { settleScopes } from './targets.ts';

const EMPTY: Unit = { imports: [], exports: [], types: [], bindings: [], sites: [], blocks: [], strings: [], directives: [] };
const LIMITS = {
  'gave-up': 'too little of it is valid Python; nothing was read',
  'too-many-nodes': 'more syntax than is read of one file',
} as const;

const HANDLERS: ReadonlyMap<string, Handler> = new Map([
  ...LITERALS,
  ...OPERATORS,
  ...CALLS,
  ...COMPREHENSIONS,
  ...FUNCTIONS,
  ...CLASSES,
  ...ASSIGNMENTS,
  ...STATEMENTS,
  ...MODULES,
]);

/** The code of a file, and where its characters stand in it. */
export interface PythonSource {
  readonly text: string;
  /** Offsets at which the lines of the file start. */
  readonly lineStarts: readonly number[];
  readonly places?: Uint32Array;
}

/** Reads one file. Bad syntax is lowered as far as it goes; what is too large or too deep says so. */
export async function lowerPython(source: PythonSource, vocabulary: Vocabulary): Promise<Observed> {
  const file = await parsePython(source.text);
  if (typeof file !== 'string') return lowerFile(file, source, vocabulary);
  const reason = file === 'gave-up' ? 'syntax-error' : file;
  return { unit: EMPTY, degraded: reason, problems: [{ reason, message: LIMITS[file] }] };
}

/** Lowers a parsed file. */
export function lowerFile(file: PythonFile, source: PythonSource, vocabulary: Vocabulary): Observed {
  const lowering = createLowering(source, vocabulary);
  visitAll(file.root.children, lowering);
  settleScopes(lowering);
  dropPlaceholders(lowering);
  markAsked(lowering);
  const { imports, types, bindings, sites, blocks, strings } = lowering;
  const exports = exportsOf(lowering);
  // A class or function is known when its body is; the lists are in the order of the text.
  for (const list of [imports, exports, types, bindings, strings]) list.sort(byPosition);
  const directives = directivesOf(file.comments, lowering);
  const unit: Unit = { imports, exports, types, bindings, sites, blocks, strings, directives };
  const problems = problemsOf(file, lowering);
  const [first] = problems;
  return first ? { unit, degraded: first.reason, problems } : { unit };
}

function byPosition(a: { readonly at: Span }, b: { readonly at: Span }): number {
  return a.at.line - b.at.line || a.at.column - b.at.column;
}

function createLowering({ text, lineStarts, places }: PythonSource, vocabulary: Vocabulary): Lowering {
  return {
    text,
    vocabulary,
    handlers: HANDLERS,
    lineStarts,
    places,
    imports: [],
    types: [],
    bindings: [],
    sites: [],
    blocks: [{ parent: 0, kind: 'module' }],
    strings: [],
    names: new Map(),
    outerNames: new Map(),
    dottedNames: new Set(),
    reads: new Map(),
    assigned: [],
    siteCount: 0,
    block: 0,
    symbol: '',
    type: undefined,
    self: undefined,
    returns: [],
    yields: false,
    typeOnly: false,
    depth: 0,
    height: 0,
    cut: false,
    line: 0,
  };
}

function problemsOf({ brokenAt }: PythonFile, lowering: Lowering): NonNullable<Observed['problems']> {
  const problems: { reason: string; message: string; at?: Span }[] = [];
  if (brokenAt !== undefined) {
    const at = spanBetween(brokenAt, brokenAt, lowering);
    problems.push({ reason: 'syntax-error', message: 'not valid syntax; the rest was read', at });
  }
  if (lowering.cut) problems.push({ reason: 'too-deep', message: 'nested too deeply; what lies below is unknown' });
  return problems;
}
