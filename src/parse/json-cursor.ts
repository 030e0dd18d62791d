const QUOTE = 34;
const BACKSLASH = 92;

/** Given a member; returns the offset behind its value where it read it, so that it is not read twice. */
export type VisitMember = (key: string, at: { readonly key: number; readonly value: number }) => number | undefined;

/**
 * Goes through the members of the object at an offset and returns the offset behind it, or behind what could be read.
 * Makes no values: a lockfile of many megabytes costs one pass over its characters.
 */
export function eachMember(text: string, start: number, visit: VisitMember): number {
  let offset = skipBlank(text, start);
  if (text[offset] !== '{') return skipValue(text, offset);
  offset = skipBlank(text, offset + 1);
  while (text.charCodeAt(offset) === QUOTE) {
    const key = offset;
    const keyEnd = skipString(text, key);
    const colon = skipBlank(text, keyEnd);
    if (text[colon] !== ':') return text.length;
    const value = skipBlank(text, colon + 1);
    const end = visit(stringAt(text, key, keyEnd), { key, value }) ?? skipValue(text, value);
    offset = skipBlank(text, end);
    if (text[offset] === ',') offset = skipBlank(text, offset + 1);
  }
  return text[offset] === '}' ? offset + 1 : text.length;
}

/** The string at an offset and the offset behind it; undefined where something else stands. */
export function readString(text: string, start: number): { readonly text: string; readonly end: number } | undefined {
  if (text.charCodeAt(start) !== QUOTE) return undefined;
  const end = skipString(text, start);
  return { text: stringAt(text, start, end), end };
}

/** True where a JSON object ends with nothing but blanks behind it. */
export function isWhole(text: string, end: number): boolean {
  return end <= text.length && text[end - 1] === '}' && skipBlank(text, end) === text.length;
}

function skipValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return skipString(text, start);
  const marks = first === '{' || first === '[' ? /["[\]{}]/g : /[,\]}\s]|$/g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    if (first !== '{' && first !== '[') return mark.index;
    if (mark[0] === '"') marks.lastIndex = skipString(text, mark.index);
    else if (mark[0] === '{' || mark[0] === '[') depth++;
    else if (--depth === 0) return marks.lastIndex;
  }
  return text.length;
}

function skipString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end + 1;
}

function isEscaped(text: string, offset: number): boolean {
  let first = offset;
  while (text.charCodeAt(first - 1) === BACKSLASH) first--;
  return (offset - first) % 2 === 1;
}

function stringAt(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  if (!inner.includes('\\')) return inner;
  return inner.replace(/\\(?:u([0-9a-fA-F]{4})|([^u]))/g, (_, code?: string, letter?: string) =>
    code === undefined ? (letter ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function skipBlank(text: string, start: number): number {
  let offset = start;
  while (offset < text.length && text.charCodeAt(offset) <= 32) offset++;
  return offset;
}
