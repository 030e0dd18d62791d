/** Everything that moves the cursor, colours, hides, reorders or breaks a line: controls (C0, DEL, C1), format characters (bidi, zero-width, tags), separators, lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text of the audited tree made harmless: what a terminal would act on, or a reader could not see, is spelled out as `\xNN` or `\u{…}`. Doing it twice changes nothing. */
export function escapeTerminal(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}
