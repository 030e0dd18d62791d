// Starts of keys: some no other text begins with, some count only with what follows them.
const KEY_STARTS =
  /(?:^|[^a-z0-9])(?:sk-|sk_|rk_|pk_|gsk_|hf_|r8_|nvapi-|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AIza|ya29\.|eyJ|npm_|lsv2_|(?:AKIA|ASIA)[A-Z0-9]{12}|(?:SG\.|xai-|pplx-|tvly-|key-|csk-|fw_|co_|jina_|pa-)[A-Za-z0-9]{16})/;
const LONG = 20;
const VERY_LONG = 32;
const ENTROPY = 3.3;

/** True for a text that is, or holds, what looks like a key: a known start, or a long run that no person made up. */
export function looksSecret(text: string): boolean {
  if (KEY_STARTS.test(text)) return true;
  return (
    text.split(/[^A-Za-z0-9+=]+/).some(isRandom) ||
    text.split(/[^A-Za-z0-9_+=]+/).some((run) => run.length >= VERY_LONG && isRandom(run))
  );
}

/** Long, of letters and digits mixed all over; words, dates and versions are not. */
function isRandom(run: string): boolean {
  if (run.length < LONG) return false;
  const digits = run.match(/\d/g)?.length ?? 0;
  const changes = run.match(/\d[A-Za-z]|[A-Za-z]\d/g)?.length ?? 0;
  const hasBothCases = /[a-z]/.test(run) && /[A-Z]/.test(run);
  const isMixed = (digits >= 3 && changes >= 4) || (hasBothCases && digits >= 1) || run.length >= VERY_LONG;
  return isMixed && entropy(run) > ENTROPY;
}

function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
