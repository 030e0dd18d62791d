/** Developer tools: by the files that configure them, the servers and actions those name, and the packages they come in. */
import type { DeveloperTool } from '../model/catalog-tables.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Location } from '../model/source.ts';
import type { LinkContext } from './context.ts';
import { byText } from './evidence.ts';
import { byKey, placedEntry } from './inventory.ts';
import { toolFiles } from './tool-files.ts';

type Tool = Inventory['tools'][number];

/** A tool may have hundreds of rule files; the first places say enough. */
const PLACES = 20;

/** Every tool once, and every server by name and file. They are context, whatever folder they lie in: nothing of them is deployed. */
export function toolsOf(context: LinkContext, paths: readonly string[]): Inventory['tools'] {
  const places = new Map<DeveloperTool, Place[]>();
  const add = (tool: DeveloperTool, place: Place): void => {
    places.set(tool, [...(places.get(tool) ?? []), place]);
  };
  const tools = [...context.catalog.tools.values()];
  for (const { tool, path } of toolFiles(tools, paths)) add(tool, { at: { path, ...TOP }, token: path, detector: 'collect' });
  const byAction = new Map(tools.flatMap((tool) => tool.actions.map((action) => [action.toLowerCase(), tool] as const)));
  const byPackage = new Map(tools.flatMap((tool) => tool.packages.map((name) => [name, tool] as const)));
  for (const mention of context.resolved.tools) {
    const tool = mention.kind === 'action' ? byAction.get(mention.name.toLowerCase()) : undefined;
    if (tool) add(tool, { at: mention.at, path: mention.path, token: mention.name, detector: 'config/yaml' });
  }
  for (const { entry, at } of context.resolved.packages) {
    const tool = byPackage.get(`${entry.ecosystem}:${entry.name}`);
    if (tool) add(tool, { at, token: entry.name, detector: `manifest/${entry.ecosystem}` });
  }
  return [...[...places].map(([tool, found]) => toolEntry(context, tool, found)), ...serversOf(context)].sort(byKey);
}

const TOP = { line: 1, column: 1, endLine: 1, endColumn: 1 };

interface Place {
  readonly at: Location | Omit<Location, 'path'>;
  readonly path?: string;
  readonly token: string;
  readonly detector: string;
}

function evidenceOf(context: LinkContext, { at, path, token, detector }: Place): string {
  const where: Location = 'path' in at ? at : { path: path ?? '', ...at };
  return context.book.add({ at: where, token, detector, how: 'config' });
}

function toolEntry(context: LinkContext, tool: DeveloperTool, places: readonly Place[]): Tool {
  const evidence = places.slice(0, PLACES).map((place) => evidenceOf(context, place));
  return {
    ...placedEntry(context, {
      id: tool.id,
      key: tool.id,
      context: 'tooling',
      evidence,
      confidence: tool.verified ? 1 : 0.9,
      how: 'config',
    }),
    name: tool.name,
    kind: tool.kind,
    providers: [...tool.providers].sort(byText),
    runs: null,
    host: null,
  };
}

function serversOf(context: LinkContext): readonly Tool[] {
  const seen = new Map<string, Tool>();
  for (const { kind, name, runs, host, at, path } of context.resolved.tools) {
    const key = `mcp:${name} ${path}`;
    if (kind !== 'mcp-server' || seen.has(key)) continue;
    const evidence = [evidenceOf(context, { at, path, token: name, detector: 'config/mcp' })];
    const provider = host === undefined ? undefined : context.catalog.host(host)?.provider.id;
    seen.set(key, {
      ...placedEntry(context, { id: `mcp:${name}`, key, context: 'tooling', evidence, confidence: 1, how: 'config' }),
      name,
      kind: 'mcp-server',
      providers: provider === undefined ? [] : [provider],
      runs: runs ?? null,
      host: host ?? null,
    });
  }
  return [...seen.values()];
}
