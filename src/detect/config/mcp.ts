// https://modelcontextprotocol.io/docs/develop/connect-local-servers
import type { Observed, ToolMention } from '../../model/observed.ts';
import type { Entry, Expr } from '../../model/source.ts';
import { parseJson } from '../../parse/json.ts';
import { trouble } from '../../parse/parsed.ts';
import { entriesOf, textOf, textsOf, valueAt } from '../../parse/record.ts';
import { redacted } from '../../parse/secret.ts';
import { defineDetector } from '../../plugin.ts';

export default defineDetector({
  id: 'config/mcp',
  docs: 'https://modelcontextprotocol.io/docs/develop/connect-local-servers',
  kinds: [
    '.mcp.json',
    'mcp.json',
    'claude_desktop_config.json',
    'mcp_settings.json',
    'cline_mcp_settings.json',
    'opencode.json',
    'opencode.jsonc',
  ],
  cap: 4_000_000,
  always: true,
  version: 1,
  observe: ({ text }) => readServers(text),
});

/** Where assistants keep their servers. */
const HOLDERS: readonly (readonly string[])[] = [['mcpServers'], ['servers'], ['mcp', 'servers'], ['mcp']];
/** Programs that fetch and run a package, and whose registry it comes from. */
const RUNNERS: ReadonlyMap<string, string> = new Map([
  ['npx', 'npm'],
  ['bunx', 'npm'],
  ['pnpx', 'npm'],
  ['dlx', 'npm'],
  ['exec', 'npm'],
  ['uvx', 'pypi'],
  ['pipx', 'pypi'],
  ['docker', 'docker'],
  ['podman', 'docker'],
]);
const PACKAGE = /^(?:@[\w.-]+\/)?[\w.-]+(?:\/[\w.-]+)*(?=(?:\[[\w,.-]+\])?(?:[@:=]+[\w.^~*-]+)?$)/;
const HOST = /^(?:https?|wss?):\/\/(?:[^@/?#]*@)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d+)?(?:[/?#]|$)/i;

function readServers(text: string): Observed {
  const parsed = parseJson(text);
  const servers = parsed.documents.flatMap((document) => {
    const holder = HOLDERS.map((path) => valueAt(document, ...path)).find((value) => entriesOf(value).some(isServer));
    return entriesOf(holder).filter(isServer).map(serverOf);
  });
  return { ...(servers.length > 0 ? { tools: servers } : {}), ...trouble(parsed) };
}

function isServer({ value }: Entry): boolean {
  return [valueAt(value, 'command'), valueAt(value, 'url'), valueAt(value, 'serverUrl'), valueAt(value, 'httpUrl')].some(
    (part) => part !== undefined,
  );
}

/** Name, program or package, and host. Arguments, environment, headers and the rest of a URL may hold keys: they are not kept. */
function serverOf({ key, value, at }: Entry): ToolMention {
  const url = ['url', 'serverUrl', 'httpUrl'].map((name) => textOf(valueAt(value, name))).find((text) => text !== undefined);
  const host = HOST.exec(url ?? '')?.[1]?.toLowerCase();
  const runs = programOf(value);
  return {
    kind: 'mcp-server',
    name: redacted(key),
    ...(runs === undefined ? {} : { runs }),
    ...(host === undefined ? {} : { host }),
    at,
  };
}

function programOf(server: Expr): string | undefined {
  const [command, ...rest] = textsOf(valueAt(server, 'command'));
  if (command === undefined) return undefined;
  const words = [command, ...rest, ...textsOf(valueAt(server, 'args'))].map((word) => baseOf(word));
  const runner = words.findIndex((word, index) => index < 2 && RUNNERS.has(word));
  const registry = RUNNERS.get(words[runner] ?? '');
  if (registry === undefined) return redacted(baseOf(command));
  const name = packageIn([command, ...rest, ...textsOf(valueAt(server, 'args'))].slice(runner + 1));
  return name === undefined ? redacted(baseOf(command)) : `${registry}:${redacted(name)}`;
}

/** The first word that is no option; one that an option introduces is its value. */
function packageIn(words: readonly string[]): string | undefined {
  const named = words.findIndex((word) => /^(?:--from|--package|-p)$/.test(word));
  const candidates = named >= 0 ? words.slice(named + 1) : words.filter((_, index) => !isOption(words, index));
  return PACKAGE.exec(candidates[0] ?? '')?.[0];
}

function isOption(words: readonly string[], index: number): boolean {
  const word = words[index] ?? '';
  return (
    word.startsWith('-') || /^(?:-e|--env|-v|--volume|--mount|--name|--network)$/.test(words[index - 1] ?? '') || word === 'run'
  );
}

function baseOf(word: string): string {
  return word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1).replace(/\.(?:exe|cmd)$/i, '');
}
