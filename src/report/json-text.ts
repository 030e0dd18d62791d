/** Harmless inside a JSON parser, not on a terminal that prints the JSON: DEL, C1, format characters and separators. */
const UNSAFE = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as JSON, two spaces deep, with a final newline; what a terminal would act on is written as `\uNNNN`, which means the same. Throws on NaN and Infinity, which JSON would turn into null. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, refuseNonNumbers, 2);
  return `${text.replace(UNSAFE, unicodeEscape)}\n`;
}

function refuseNonNumbers(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Error(`the report holds ${value} at "${key}": no such number exists in JSON`);
  return value;
}

function unicodeEscape(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
