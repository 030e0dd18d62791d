/** `ai-deps score <file.json>`: the score model alone, for auditors. The file maps ids to portfolios. */
import { createReadStream } from 'node:fs';
import { UserError } from '../errors.ts';
import { parsePortfolio } from '../score/portfolio.ts';
import { isDate } from '../score/portfolio-checks.ts';
import { PortfolioError, show } from '../score/portfolio-error.ts';
import { type Score, score } from '../score/score.ts';
import type { UnknownMode } from '../score/settle.ts';

/** What the command line asks for. */
export interface ScoreArguments {
  readonly file: string;
  readonly format: 'table' | 'json';
  readonly asOf?: string;
  readonly unknown: UnknownMode;
}

const MAX_BYTES = 32 * 1024 * 1024;
/** A portfolio nests nine deep; the JSON visitor recurses. */
const MAX_DEPTH = 64;
const SHAPE = 'the file maps ids to portfolios: { "my-app": { "capabilities": [ … ] } }';

/** Scores every portfolio of a file and returns what is to be printed. */
export async function runScore({ file, format, asOf, unknown }: ScoreArguments): Promise<{ stdout: string }> {
  if (asOf !== undefined && !isDate(asOf)) {
    throw new UserError(`--as-of ${show(asOf)} is not a date`, { hint: 'write it as YYYY-MM-DD' });
  }
  const portfolios = await readPortfolios(file);
  const scores = portfolios.map(([id, portfolio]): [string, Score] => [id, scoreOf(portfolio, { file, id, unknown, asOf })]);
  return { stdout: format === 'json' ? asJson(scores) : asTable(scores) };
}

type Place = Pick<ScoreArguments, 'file' | 'unknown'> & { readonly id: string; readonly asOf: string | undefined };

function scoreOf(portfolio: unknown, { file, id, unknown, asOf }: Place): Score {
  try {
    return score(parsePortfolio(portfolio), { unknown, asOf });
  } catch (error) {
    if (!(error instanceof PortfolioError)) throw error;
    const message = `${file}: portfolio ${show(id)}: ${error.message}`;
    throw new UserError(message, { hint: error.hint ?? 'correct that field' });
  }
}

async function readPortfolios(file: string): Promise<readonly [string, unknown][]> {
  const text = decode(file, await readBytes(file));
  const ids = await checkSyntax(file, text);
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError(`${file}: must hold an object, not ${show(value)}`, { hint: SHAPE });
  }
  if (Array.isArray(new Map(Object.entries(value)).get('capabilities'))) {
    throw new UserError(`${file}: holds one portfolio without an id`, { hint: SHAPE });
  }
  const byId = new Map<string, unknown>(Object.entries(value));
  // In the order of the text: an object would put ids that look like numbers first.
  return ids.map((id) => [id, byId.get(id)]);
}

/** A stream, so that a pipe is read too and an endless one is not read to its end. */
async function readBytes(file: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of createReadStream(file, { end: MAX_BYTES })) {
      chunks.push(chunk);
      size += chunk.length;
    }
  } catch (error) {
    throw new UserError(`${file}: ${readProblem(error)}`, { hint: 'give a JSON file of portfolios' });
  }
  if (size > MAX_BYTES) throw new UserError(`${file}: is larger than 32 MB`, { hint: 'split it into several files' });
  return Buffer.concat(chunks);
}

function readProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
  const words = new Map([
    ['ENOENT', 'no such file'],
    ['ENOTDIR', 'no such file'],
    ['EISDIR', 'is a folder'],
    ['EACCES', 'may not be read (permission denied)'],
  ]);
  return words.get(code) ?? `could not be read (${code})`;
}

function decode(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${file}: is not UTF-8 text`, { hint: 'save the file as UTF-8' });
  }
}

/** Returns the keys of the outermost object in the order of the text; throws at the first place that is not plain JSON. */
async function checkSyntax(file: string, text: string): Promise<readonly string[]> {
  // Only this command needs the parser, so only this command pays for it.
  const { printParseErrorCode, visit } = await import('jsonc-parser');
  const open: Set<string>[] = [];
  const ids: string[] = [];
  const refuse = (problem: string, [line, column]: readonly [number, number]) => {
    throw new UserError(`${file}:${line + 1}:${column + 1}: ${problem}`, {
      hint: 'the file must be plain JSON, without comments',
    });
  };
  const enter = (_offset: number, _length: number, line: number, column: number) => {
    if (open.push(new Set()) > MAX_DEPTH) refuse('nests deeper than any portfolio', [line, column]);
  };
  const leave = () => void open.pop();
  visit(
    text,
    {
      onObjectBegin: enter,
      onObjectEnd: leave,
      onArrayBegin: enter,
      onArrayEnd: leave,
      onObjectProperty: (key, _offset, _length, line, column) => {
        const keys = open.at(-1);
        if (keys?.has(key)) refuse(`key ${show(key)} stands twice in one object`, [line, column]);
        keys?.add(key);
        if (open.length === 1) ids.push(key);
      },
      onError: (code, _offset, _length, line, column) => refuse(`not JSON: ${words(printParseErrorCode(code))}`, [line, column]),
    },
    { disallowComments: true },
  );
  return ids;
}

/** `CommaExpected` -> `comma expected`. */
function words(code: string): string {
  return code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

/** Written entry by entry, because an object would not keep the order of its keys. */
function asJson(scores: readonly [string, Score][]): string {
  if (scores.length === 0) return '{}\n';
  const entries = scores.map(([id, one]) => `${JSON.stringify(id)}: ${JSON.stringify(one, null, 2)}`.replaceAll('\n', '\n  '));
  return `{\n  ${entries.join(',\n  ')}\n}\n`;
}

const COLUMNS = ['portfolio', 'grade', 'value', 'low', 'high', 'capped by', 'vector'];
const NUMERIC = new Set(['value', 'low', 'high']);

function asTable(scores: readonly [string, Score][]): string {
  const rows = scores.map(([id, { grade, value, low, high, caps, vector }]) => [
    printable(id),
    grade,
    decimal(value),
    decimal(low),
    decimal(high),
    caps.map(({ reason }) => reason).join(', ') || '-',
    vector,
  ]);
  const widths = COLUMNS.map((column, index) =>
    rows.reduce((width, row) => Math.max(width, row[index]?.length ?? 0), column.length),
  );
  const lines = [COLUMNS, ...rows].map((row) => {
    const cells = row.map((cell, index) => pad(cell, widths[index] ?? 0, COLUMNS[index] ?? ''));
    return `${cells.join('  ').trimEnd()}\n`;
  });
  return lines.join('');
}

function pad(cell: string, width: number, column: string): string {
  return NUMERIC.has(column) ? cell.padStart(width) : cell.padEnd(width);
}

function decimal(number: number | null): string {
  return number === null ? '-' : number.toFixed(1);
}

/** Ids come from a file and must not steer the terminal. */
function printable(id: string): string {
  const safe = id.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
  return safe.length > 60 ? `${safe.slice(0, 59)}…` : safe;
}
