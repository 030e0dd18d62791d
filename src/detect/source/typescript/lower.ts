/** TypeScript and JavaScript -> Unit. The compiler's own parser, walked raw; no type checker. */
import { ts } from 'ts-morph';
import type { Observed, Vocabulary } from '../../../model/observed.ts';
import type { Span, Unit } from '../../../model/source.ts';
import type { SourceText } from '../../../plugin.ts';
import { settleScopes } from './assignments.ts';
import { BINDINGS } from './bindings.ts';
import { CALLS } from './calls.ts';
import { CLASSES } from './classes.ts';
import { directivesOf } from './directives.ts';
import { FUNCTIONS } from './functions.ts';
import { LITERALS } from './literals.ts';
import { type Handler, type Lowering, spanBetween, visit } from './lowering.ts';
import { exportDeclared, exportTypes, MODULES } from './modules.ts';
import { OPERATORS } from './operators.ts';
import { STATEMENTS } from './statements.ts';
import { TYPES } from './types.ts';

const MAX_NODES = 2_000_000;
const EMPTY: Unit = { imports: [], exports: [], types: [], bindings: [], sites: [], blocks: [], strings: [], directives: [] };

const HANDLERS: readonly (Handler | undefined)[] = handlerTable();

/** Reads one file. Bad syntax is lowered as far as it goes; what is too large or too deep says so. */
export function lowerSource(source: SourceText, vocabulary: Vocabulary): Observed {
  try {
    const file = parse(source);
    const count = 'nodeCount' in file && typeof file.nodeCount === 'number' ? file.nodeCount : 0;
    if (count > MAX_NODES) return limited('too-many-nodes', `${count} syntax nodes; ${MAX_NODES} are read at most`);
    return observed(file, vocabulary);
  } catch (error) {
    // The parser descends recursively: nesting beyond its stack is the file's fault, not ours.
    if (!(error instanceof RangeError)) throw error;
    return limited('parse-limited', 'nested too deeply to be parsed');
  }
}

function handlerTable(): (Handler | undefined)[] {
  const table: (Handler | undefined)[] = [];
  for (const handlers of [LITERALS, OPERATORS, CALLS, FUNCTIONS, CLASSES, TYPES, BINDINGS, STATEMENTS, MODULES]) {
    for (const [kind, handler] of handlers) table[kind] = handler;
  }
  return Array.from(table);
}

function limited(reason: string, message: string): Observed {
  return { unit: EMPTY, degraded: reason, problems: [{ reason, message }] };
}

function parse({ text, kind }: SourceText): ts.SourceFile {
  const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  return ts.createSourceFile(`module${kind}`, text, options, false, scriptKind(kind));
}

/** JavaScript may hold JSX whatever its extension says. */
function scriptKind(kind: string): ts.ScriptKind {
  if (kind === '.tsx') return ts.ScriptKind.TSX;
  return kind === '.ts' || kind === '.mts' || kind === '.cts' ? ts.ScriptKind.TS : ts.ScriptKind.JSX;
}

function observed(file: ts.SourceFile, vocabulary: Vocabulary): Observed {
  const lowering = createLowering(file, vocabulary);
  for (const statement of file.statements) {
    visit(statement, lowering);
    exportDeclared(statement, lowering);
  }
  settleScopes(lowering);
  const classes = new Set(lowering.types.map(({ name }) => name));
  for (const shape of lowering.shapes) if (!classes.has(shape.name)) lowering.types.push(shape);
  exportTypes(file.statements, lowering);
  const { imports, exports, types, bindings, sites, blocks, strings } = lowering;
  // A class or function is known when its body is; the lists are in the order of the text.
  for (const list of [imports, exports, types, bindings, strings]) list.sort(byPosition);
  const unit: Unit = { imports, exports, types, bindings, sites, blocks, strings, directives: directivesOf(lowering) };
  const problems = problemsOf(lowering);
  const [first] = problems;
  return first ? { unit, degraded: first.reason, problems } : { unit };
}

function byPosition(a: { readonly at: Span }, b: { readonly at: Span }): number {
  return a.at.line - b.at.line || a.at.column - b.at.column;
}

function createLowering(file: ts.SourceFile, vocabulary: Vocabulary): Lowering {
  return {
    file,
    vocabulary,
    handlers: HANDLERS,
    lineStarts: file.getLineStarts(),
    imports: [],
    exports: [],
    types: [],
    shapes: [],
    bindings: [],
    sites: [],
    blocks: [{ parent: 0, kind: 'module' }],
    strings: [],
    names: new Map(),
    assigned: [],
    siteCount: 0,
    block: 0,
    symbol: '',
    type: undefined,
    returns: [],
    depth: 0,
    height: 0,
    cut: false,
    line: 0,
    start: { node: -1, text: 0 },
  };
}

function problemsOf(lowering: Lowering): NonNullable<Observed['problems']> {
  const problems: { reason: string; message: string; at?: Span }[] = [];
  const start = firstError(lowering.file);
  if (start !== undefined) {
    problems.push({
      reason: 'syntax-error',
      message: 'not valid syntax; the rest was read',
      at: spanBetween(start, start, lowering),
    });
  }
  if (lowering.cut) problems.push({ reason: 'too-deep', message: 'nested too deeply; what lies below is unknown' });
  return problems;
}

/** Start of the first syntax error. The parser keeps its errors in a field of its own that the types do not show. */
function firstError(file: ts.SourceFile): number | undefined {
  if (!('parseDiagnostics' in file) || !Array.isArray(file.parseDiagnostics)) return undefined;
  const first: unknown = file.parseDiagnostics[0];
  if (typeof first !== 'object' || first === null || !('start' in first)) return undefined;
  return typeof first.start === 'number' ? first.start : 0;
}
