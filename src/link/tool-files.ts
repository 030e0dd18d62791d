import type { DeveloperTool } from '../model/catalog-tables.ts';

interface Pattern {
  readonly tool: DeveloperTool;
  readonly rest: readonly string[];
}

/** Files of the tree that configure a tool, at whatever depth: parts of a repository have their own. */
export function toolFiles(
  tools: readonly DeveloperTool[],
  paths: readonly string[],
): readonly { readonly tool: DeveloperTool; readonly path: string }[] {
  const byFirst = new Map<string, Pattern[]>();
  for (const tool of tools) {
    for (const file of tool.files) {
      const [first = '', ...rest] = file.split('/');
      const list = byFirst.get(first) ?? [];
      byFirst.set(first, list);
      list.push({ tool, rest });
    }
  }
  return paths.flatMap((path) => {
    const segments = path.split('/');
    const found = segments.flatMap((segment, index) =>
      (byFirst.get(segment) ?? []).filter(({ rest }) => fits(rest, segments.slice(index + 1))).map(({ tool }) => tool),
    );
    return [...new Set(found)].map((tool) => ({ tool, path }));
  });
}

/** `*` stands for any part of one name, a last `**` for everything below. */
function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  if (pattern.at(-1) === '**') {
    const fixed = pattern.slice(0, -1);
    return segments.length > fixed.length && fixed.every((part, index) => fitsName(part, segments[index] ?? ''));
  }
  return pattern.length === segments.length && pattern.every((part, index) => fitsName(part, segments[index] ?? ''));
}

function fitsName(pattern: string, name: string): boolean {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === name;
  return name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
}
