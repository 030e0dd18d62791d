/** One `NAME=value` of ENV or ARG; without a value the name alone. */
export interface Assignment {
  readonly name: string;
  readonly text?: string;
}

const NAME = /^[A-Za-z_][\w.-]*/;
/** A word as the shell sees it: quoted parts and escaped characters belong to it. */
const WORD = /(?:[^\s"'\\]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*"|'[^']*'|["'\\])+/g;
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|\\([\s\S])/g;

/** The assignments of one instruction; `ENV NAME value with blanks` is the old form of ENV. */
export function assignmentsOf(rest: string, isArgument: boolean): readonly Assignment[] {
  const words = rest.match(WORD) ?? [];
  const [first = ''] = words;
  if (!isArgument && !first.includes('=')) {
    const name = NAME.exec(first)?.[0];
    const text = rest.slice(first.length).trim();
    return name === undefined || text === '' ? [] : [{ name, text: unquoted(text) }];
  }
  return words.flatMap((word): readonly Assignment[] => {
    const name = NAME.exec(word)?.[0];
    if (name === undefined) return [];
    return word[name.length] === '=' ? [{ name, text: unquoted(word.slice(name.length + 1)) }] : [{ name }];
  });
}

/** The words of a command line, without their quotes. */
export function wordsOf(line: string): readonly string[] {
  return (line.match(WORD) ?? []).map((word) => unquoted(word));
}

function unquoted(word: string): string {
  return word.replace(QUOTED, (_, double?: string, single?: string, escaped?: string) => {
    return double === undefined ? (single ?? escaped ?? '') : double.replace(/\\(["\\$`])/g, '$1');
  });
}
