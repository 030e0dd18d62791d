/** True where a path matches a glob: `*` within a folder, `**` across folders, `?` one character. Linear in the path: the glob comes from the audited tree. */
export function matchesGlob(glob: string, path: string): boolean {
  const pattern = tokens(glob.replace(/^\.?\//, ''));
  let reachable = spread(pattern, new Set([0]));
  for (const char of path) reachable = spread(pattern, step(pattern, reachable, char));
  return reachable.has(pattern.length);
}

/** `**` + `/` is two tokens: one may be skipped with the next, the other runs to the end of a folder. */
type Token = { readonly any: 'name' | 'tree' | 'one' | 'folders' | 'folder' } | { readonly text: string };

function tokens(glob: string): readonly Token[] {
  // A folder stands for everything in it.
  const whole = glob.endsWith('/') ? `${glob}**` : glob;
  return (whole.match(/\*\*\/|\*+|[\s\S]/gu) ?? []).flatMap((part): readonly Token[] => {
    if (part === '**/') return [{ any: 'folders' }, { any: 'folder' }];
    if (part === '*') return [{ any: 'name' }];
    if (part.startsWith('**')) return [{ any: 'tree' }];
    return [part === '?' ? { any: 'one' } : { text: part }];
  });
}

/** Positions reachable without a character: stars may match nothing. */
function spread(pattern: readonly Token[], from: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set<number>();
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (all.has(at)) continue;
    all.add(at);
    const token = pattern[at];
    if (token === undefined || 'text' in token) continue;
    if (token.any === 'name' || token.any === 'tree') open.push(at + 1);
    if (token.any === 'folders') open.push(at + 1, at + 2);
  }
  return all;
}

function step(pattern: readonly Token[], from: ReadonlySet<number>, char: string): ReadonlySet<number> {
  const next = new Set<number>();
  for (const at of from) {
    const token = pattern[at];
    if (token === undefined) continue;
    if ('text' in token) {
      if (token.text === char) next.add(at + 1);
    } else for (const to of moves(token.any, char)) next.add(at + to);
  }
  return next;
}

/** How far a character takes each wildcard: 0 stays, 1 goes on. */
function moves(any: 'name' | 'tree' | 'one' | 'folders' | 'folder', char: string): readonly number[] {
  if (any === 'tree') return [0];
  if (any === 'folder') return char === '/' ? [0, 1] : [0];
  if (any === 'folders' || char === '/') return [];
  return any === 'one' ? [1] : [0];
}
