/** Looking up what the configuration of a gateway says about a name that callers ask for. */
import type { GatewayAlias, GatewayEntry, GatewayFallback, GatewayModel } from '../model/resolved.ts';
import { byText } from './evidence.ts';

/** All that one file says of one gateway. */
export interface GatewayFile {
  readonly context: GatewayEntry['context'];
  readonly workload: string;
  readonly path: string;
  readonly models: readonly GatewayModel[];
  readonly fallbacks: readonly GatewayFallback[];
  readonly aliases: readonly GatewayAlias[];
}

/** A model behind a gateway that is asked for by this name. */
export interface Behind {
  readonly entry: GatewayModel;
  readonly asked: string;
  readonly file: GatewayFile;
}

/** A way that is tried when the first of a name fails. */
export interface Spare extends Behind {
  readonly class: GatewayFallback['class'];
  readonly mechanism: string;
  /** What in the configuration says so. */
  readonly said: GatewayModel | GatewayFallback;
}

export interface Gateways {
  /** Configurations, sorted by path. */
  readonly files: readonly GatewayFile[];
  /** Where a gateway sends what asks for a name; undefined: no configuration says. */
  first(gateway: string, name: string, workload: string): Behind | undefined;
  /** Where a URL leads whose path a configuration gives to a route of its own; undefined: to none of them. */
  through(url: string, workload: string): Behind | undefined;
}

/** Paths that any service has. */
const COMMON = /^\/(?:v\d+|api|openai|chat)(?:\/v\d+)?\/?$/;

/** Configurations for trying things out lie beside the one that counts. */
const NOT_MEANT = /(?:^|[./_-])(?:dev|development|local|test|staging|example|sample)(?=[./_-])/i;

/** Lookups over all entries; one file answers for a caller, the nearest that knows the name. */
export function gatewayLookup(entries: readonly GatewayEntry[]): Gateways {
  const byGateway = new Map<string, GatewayFile[]>();
  const files = filesOf(entries);
  for (const { gateway, file } of files)
    if (file.context === 'production') byGateway.set(gateway, [...(byGateway.get(gateway) ?? []), file]);
  return {
    files: files.map(({ file }) => file),
    first: (gateway, name, workload) => {
      const near = byGateway.get(gateway)?.toSorted((a, b) => rank(a, workload) - rank(b, workload)) ?? [];
      // Clients put a word before the name that says how to speak to a gateway: `litellm_proxy/desk`, `openai/desk`.
      const names = [name, ...(name.includes('/') ? [name.slice(name.indexOf('/') + 1)] : [])];
      return names.flatMap((one) => near.flatMap((file) => behindIn(file, one).slice(0, 1)))[0];
    },
    through: (url, workload) => {
      const path = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+([^?#]*)/i.exec(url)?.[1] ?? '';
      const all = files.map(({ file }) => file).filter((file) => file.context === 'production');
      const near = all.toSorted((a, b) => rank(a, workload) - rank(b, workload));
      return near.flatMap((file) => {
        const entry = file.models.find((model) => model.paths?.some((prefix) => leadsTo(path, prefix)));
        return entry ? [{ entry, asked: entry.name, file }] : [];
      })[0];
    },
  };
}

function leadsTo(path: string, prefix: string): boolean {
  return !COMMON.test(prefix) && (path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`));
}

function filesOf(entries: readonly GatewayEntry[]): readonly { gateway: string; file: GatewayFile }[] {
  const groups = new Map<string, GatewayEntry[]>();
  for (const entry of entries) {
    const key = `${entry.path}\n${entry.gateway}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups]
    .sort(([a], [b]) => byText(a, b))
    .flatMap(([, own]) => {
      const [head] = own;
      if (!head) return [];
      const file: GatewayFile = {
        context: head.context,
        workload: head.workload,
        path: head.path,
        models: own.filter((entry) => entry.kind === 'model'),
        fallbacks: own.filter((entry) => entry.kind === 'fallback'),
        aliases: own.filter((entry) => entry.kind === 'alias'),
      };
      return [{ gateway: head.gateway, file }];
    });
}

function rank(file: GatewayFile, workload: string): number {
  return (isMeant(file) ? 0 : 4) + (file.workload === workload ? 0 : file.workload === '.' ? 1 : 2);
}

/** false: its name says that it is for trying things out. */
export function isMeant({ path }: GatewayFile): boolean {
  return !NOT_MEANT.test(path);
}

/** The first of the ways that code describes to its own client. */
export function inCode(models: readonly GatewayModel[], name: string): Behind | undefined {
  const [head] = models;
  const file = head && { ...head, models, fallbacks: [], aliases: [] };
  return file && behindIn(file, name)[0];
}

/** Entries of a name: exactly or as an alias, by a pattern; where callers name a route, those of the only one. */
export function behindIn(file: GatewayFile, name: string): readonly Behind[] {
  const asked = file.aliases.find((alias) => alias.name === name)?.to ?? name;
  const named = file.models.filter((model) => model.asked === 'model');
  const exact = named.filter((model) => model.name === asked);
  if (exact.length) return exact.map((entry) => ({ entry, asked, file }));
  const pattern = named.find((model) => starOf(model.name, asked) !== undefined)?.name;
  if (pattern !== undefined)
    return named.filter((model) => model.name === pattern).map((entry) => ({ entry: filledIn(entry, asked), asked, file }));
  const routes = file.models.filter((model) => model.asked === 'route');
  const isOne = routes.every((route) => route.name === routes[0]?.name);
  return isOne ? routes.map((entry) => ({ entry, asked, file })) : [];
}

/** What stands for the `*` of a pattern; undefined: it does not match. */
function starOf(pattern: string, name: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return undefined;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const isMatch = name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after);
  return isMatch ? name.slice(before.length, name.length - after.length) : undefined;
}

/** `openai/*` asked for `openai/gpt-5.4` is `openai/gpt-5.4`. */
function filledIn(entry: GatewayModel, name: string): GatewayModel {
  const part = starOf(entry.name, name) ?? '';
  const model = entry.facets.model?.map((reading) =>
    reading.text === undefined ? reading : { ...reading, text: reading.text.replace('*', () => part) },
  );
  return { ...entry, facets: { ...entry.facets, ...(model ? { model } : {}) } };
}

/** What is tried after the first entry of a name: the others of the name, then what the fallbacks name. */
export function sparesOf({ asked, file }: Behind): readonly Spare[] {
  const pool = behindIn(file, asked)
    .slice(1)
    .map((other): Spare => ({ ...other, class: other.entry.class, mechanism: other.entry.mechanism, said: other.entry }));
  const own = file.fallbacks.filter((fallback) => fallback.name === asked);
  // What stands for every name is for those without fallbacks of their own.
  const general = file.fallbacks.filter(
    (fallback) => fallback.name === '*' && !own.some((other) => other.class === fallback.class),
  );
  const named = [...own, ...general].flatMap((said) =>
    said.to.flatMap((name) =>
      behindIn(file, name).map((other): Spare => ({ ...other, class: said.class, mechanism: said.mechanism, said })),
    ),
  );
  return [...pool, ...named];
}
