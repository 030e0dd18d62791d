/** Calls of functions in a text of SQL, found without a grammar: dialects and templates differ, a name before a parenthesis does not. */

/** One call: the name in upper case, its plain first argument, and where it stands in the text. */
export interface SqlCall {
  readonly name: string;
  /** The text between the quotes; absent: no plain text. */
  readonly first?: string;
  readonly start: number;
  readonly end: number;
}

const CALL = /(?<![\w.])[A-Za-z_]\w{0,60}(?:\.[A-Za-z_]\w{0,60}){0,3}\s{0,20}\(/g;
const FIRST = /\s{0,200}'([^'\\\n]{0,200})'/y;
const MOST = 200;

/** Calls whose name is wanted, in the order of the text. */
export function sqlCalls(text: string, isWanted: (name: string) => boolean): readonly SqlCall[] {
  const found: SqlCall[] = [];
  for (const { 0: call, index } of text.matchAll(CALL)) {
    const name = call.slice(0, -1).trimEnd().toUpperCase();
    if (found.length >= MOST || !isWanted(name) || isComment(text, index)) continue;
    FIRST.lastIndex = index + call.length;
    const argument = FIRST.exec(text);
    const end = index + call.length + (argument?.[0].length ?? 0);
    found.push({ name, ...(argument?.[1] === undefined ? {} : { first: argument[1] }), start: index, end });
  }
  return found;
}

/** Behind `--` on its line. */
function isComment(text: string, index: number): boolean {
  return text.slice(text.lastIndexOf('\n', index) + 1, index).includes('--');
}
