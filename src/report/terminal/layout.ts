/** Text into columns. Everything here escapes first, so that what is measured is what is shown. */
import { characterWidth, displayWidth } from '../display-width.ts';
import { escapeTerminal } from '../escape-terminal.ts';

/** Nobody reads more of one text on a screen; the JSON report has it whole. */
const LONGEST_TEXT = 2000;

/** Breaks text at spaces into lines of at most `width` columns; a longer word is cut. At least one line. */
export function wrap(text: string, width: number): readonly string[] {
  const words = text.slice(0, LONGEST_TEXT).split(' ').filter(Boolean);
  return flow(text.length > LONGEST_TEXT ? [...words, '…'] : words, { separator: ' ', width });
}

/** Lays tokens out side by side, breaking between them where it can. */
export function flow(tokens: readonly string[], { separator, width }: { separator: string; width: number }): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const token of tokens.flatMap((one) => parts(escapeTerminal(one), width))) {
    const longer = line === '' ? token : `${line}${separator}${token}`;
    if (displayWidth(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = token;
    }
  }
  return [...lines, line];
}

/** Cuts a text that is too wide at its end. */
export function fitEnd(text: string, width: number): string {
  const safe = escapeTerminal(text);
  return displayWidth(safe) <= width ? safe : `${head(safe, width - 1)}…`;
}

/** Cuts a text that is too wide in its middle: of a path, the beginning and the file name say most. */
export function fitMiddle(text: string, width: number): string {
  const safe = escapeTerminal(text);
  if (displayWidth(safe) <= width) return safe;
  const room = Math.max(0, width - 1);
  const front = head(safe, Math.floor(room / 3));
  return `${front}…${tail(safe, room - displayWidth(front))}`;
}

/** Fills up with spaces behind the text. */
export function padEnd(text: string, width: number): string {
  const safe = escapeTerminal(text);
  return safe + ' '.repeat(Math.max(0, width - displayWidth(safe)));
}

/** Puts text behind a lead; further lines stand under its beginning. Breaks at spaces. */
export function hang(lead: string, text: string, width: number): readonly string[] {
  const indent = displayWidth(escapeTerminal(lead));
  return beside(lead, wrap(text, Math.max(1, width - indent)));
}

/** Puts ready lines behind a lead; further lines stand under the first. */
export function beside(lead: string, lines: readonly string[]): readonly string[] {
  const safe = escapeTerminal(lead);
  const indent = ' '.repeat(displayWidth(safe));
  return lines.map((line, index) => (index === 0 ? safe : indent) + line);
}

/** A token that is too wide breaks at its spaces, then anywhere. */
function parts(token: string, width: number): readonly string[] {
  if (displayWidth(token) <= width) return [token];
  return token.includes(' ') ? wrap(token, width) : pieces(token, width);
}

/** Cuts a word into parts that fit, in one pass: words of the audited tree can be very long. */
function pieces(word: string, width: number): readonly string[] {
  const found: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of word) {
    const more = characterWidth(character);
    if (piece !== '' && used + more > width) {
      found.push(piece);
      piece = '';
      used = 0;
    }
    piece += character;
    used += more;
  }
  return [...found, piece];
}

function head(text: string, width: number): string {
  return taken([...text], width).join('');
}

function tail(text: string, width: number): string {
  return taken([...text].reverse(), width)
    .reverse()
    .join('');
}

function taken(characters: readonly string[], width: number): string[] {
  const found: string[] = [];
  let used = 0;
  for (const character of characters) {
    used += characterWidth(character);
    if (used > width) break;
    found.push(character);
  }
  return found;
}
