const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([nrt"\\]))|\$\$\{|%%\{/g;
const LETTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** What a quoted template says between its holes: its escapes undone. */
export function quotedText(written: string): string {
  return written.replace(ESCAPE, (whole: string, short?: string, long?: string, letter?: string) => {
    if (letter !== undefined) return LETTERS[letter] ?? letter;
    const digits = short ?? long;
    if (digits === undefined) return whole.slice(1);
    const code = Number.parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** What a heredoc says between its holes. It knows no escapes but the doubled sign; its first line break belongs to the opening. */
export function heredocText(written: string, isFirst: boolean): string {
  const text = isFirst ? written.replace(/^[ \t]*\r?\n/, '') : written;
  return text.replace(/\$\$\{|%%\{/g, (doubled) => doubled.slice(1));
}
