/** Tokens that may leave the tool: never a key, never credentials of a URL. */

const KEY_SHAPES =
  /(?:sk-[A-Za-z0-9_-]{8,}|AIza[0-9A-Za-z_-]{10,}|A[KS]IA[0-9A-Z]{8,}|hf_[A-Za-z0-9]{8,}|gsk_[A-Za-z0-9]{8,}|xai-[A-Za-z0-9]{16,}|r8_[A-Za-z0-9]{8,}|pplx-[A-Za-z0-9]{20,}|gh[pousr]_[A-Za-z0-9]{8,}|glpat-[A-Za-z0-9_-]{8,}|eyJ[A-Za-z0-9_-]{10,}\.|-----BEGIN|[A-Fa-f0-9]{32,})/;
const LONG = 200;

/** A token as evidence shows it: keys and credentials gone, length bounded, holes shown as `{…}`. */
export function safeToken(token: string): string {
  const shown = token
    .replaceAll('\u0000', '{…}')
    .replace(/(^[a-z][a-z0-9+.-]*:\/\/)[^/@\s]*@/i, '$1')
    .replace(/\?.*$/s, '');
  if (KEY_SHAPES.test(shown) || isRandom(shown)) return '[redacted]';
  return shown.length > LONG ? `${shown.slice(0, LONG)}…` : shown;
}

/** 32 or more letters and digits in a row with the variety of a key. */
function isRandom(text: string): boolean {
  return text
    .split(/[^A-Za-z0-9+/=_]+/)
    .some((run) => run.length >= 32 && /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run) && entropy(run) > 4);
}

function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
