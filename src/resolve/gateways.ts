/** Declarations of gateway configurations -> the models they serve, their fallbacks, and what they keep elsewhere. */
import type { GatewayConfig } from '../model/gateway-config.ts';
import type { Declaration } from '../model/observed.ts';
import type { GatewayEntry, GatewayModel } from '../model/resolved.ts';
import type { Expr, Span } from '../model/source.ts';
import { holdsOf, plainTextsAt, textAtPath, valuesAt } from './config-paths.ts';
import { contextOf } from './contexts.ts';
import type { ConfigFile, FileDeclaration } from './gateway-file.ts';
import { modelsOf } from './gateway-models.ts';
import { folderOf } from './locate.ts';
import { EMPTY_UNIT, type Placed } from './terraform.ts';
import { moduleOf, type World } from './world.ts';

/** Declarations and fallbacks of one file that are looked at: far more than people write. */
const DECLARATIONS = 2000;
const FALLBACKS = 200;

interface Group {
  readonly config: GatewayConfig;
  readonly gateway: string;
  readonly declarations: FileDeclaration[];
  /** What was left out of them. */
  left: number;
}

/** What all gateway configurations of the tree say, file by file. */
export function gatewaysOf(
  world: World,
  placed: readonly Placed[],
  workloadOf: (path: string) => string,
): readonly GatewayEntry[] {
  return groupsOf(world, placed).flatMap(({ config, gateway, declarations, left }) => {
    const [{ path = '' } = {}] = declarations;
    const file: ConfigFile = {
      world: withOwnEnvironment(world, config, declarations),
      config,
      declarations,
      place: { format: config.id as Declaration['format'], gateway, context: contextOf(path), workload: workloadOf(path) },
      scopeOf: (from) => ({ module: moduleOf(from, EMPTY_UNIT) }),
    };
    const models = modelsOf(file);
    if (!models.length && !isGateway(file)) return [];
    return [...models, ...fallbacksOf(file), ...aliasesOf(file), ...opaqueOf(file, models), ...unreadOf(file, left)];
  });
}

/** Declarations by the configuration they belong to. */
function groupsOf(world: World, placed: readonly Placed[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { path, declaration } of placed) {
    const config = world.catalog.configs.get(declaration.format);
    if (config?.gateway === undefined || config.inactive.some((condition) => holdsOf(declaration, condition))) continue;
    const key = `${config.together === 'folder' ? folderOf(path) : path}\n${config.id}`;
    const group = groups.get(key) ?? { config, gateway: config.gateway, declarations: [], left: 0 };
    if (group.declarations.length < DECLARATIONS) group.declarations.push({ ...declaration, path });
    else group.left += 1;
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What is left out is said: a gateway may do more than what was read. */
function unreadOf({ declarations, place }: ConfigFile, left: number): readonly GatewayEntry[] {
  const last = declarations.at(-1);
  if (left === 0 || !last) return [];
  const why = `only the first ${DECLARATIONS} declarations of a configuration are read`;
  return [{ ...place, path: last.path, kind: 'opaque', at: { path: last.path, ...last.at }, why }];
}

/** A file that only says what passes through a gateway without any model behind it is no configuration of an AI gateway. */
function isGateway({ config, declarations }: ConfigFile): boolean {
  return declarations.some(({ block }) => config.fallbacks.some((fallback) => fallback.block === block));
}

/** Variables that the file itself gives to its gateway come before those of its surroundings. */
function withOwnEnvironment(world: World, config: GatewayConfig, declarations: readonly FileDeclaration[]): World {
  const own = new Map<string, Expr & { kind: 'text' }>();
  for (const { block, path } of config.environment)
    for (const declaration of declarations.filter((one) => one.block === block))
      for (const record of valuesAt(declaration.body, path))
        for (const { key, value } of record.kind === 'record' ? record.entries : [])
          if (value.kind === 'text') own.set(key, value);
  if (!own.size) return world;
  return {
    ...world,
    environment: (name, from) => {
      const value = own.get(name);
      if (!value) return world.environment(name, from);
      return [{ text: value.text, how: 'config', env: [name], confidence: 0.9, trail: [{ path: from, ...value.at }] }];
    },
  };
}

function fallbacksOf({ config, declarations, place }: ConfigFile): readonly GatewayEntry[] {
  return config.fallbacks.flatMap(({ block, path, shape, class: kind, mechanism }) =>
    declarations
      .filter((declaration) => declaration.block === block)
      .flatMap(({ body, path: from }) =>
        (shape === 'list' ? forAll(body, path) : forEach(body, path)).map((written) => ({ ...written, from })),
      )
      .slice(0, FALLBACKS)
      .map(({ name, to, at, from }) => ({
        ...place,
        path: from,
        kind: 'fallback' as const,
        at: { path: from, ...at },
        name,
        to,
        class: kind,
        mechanism,
      })),
  );
}

interface Written {
  readonly name: string;
  readonly to: readonly string[];
  readonly at: Span;
}

function forAll(body: Expr, path: string): readonly Written[] {
  const to = plainTextsAt(body, path);
  const at = valuesAt(body, path)[0]?.at;
  return at && to.length ? [{ name: '*', to, at }] : [];
}

/** `[{ chat: [spare, last] }, …]`; each further one may be written out with options of its own. */
function forEach(body: Expr, path: string): readonly Written[] {
  return valuesAt(body, path)
    .flatMap((expr) => (expr.kind === 'list' ? expr.items : [expr]))
    .flatMap((item) => (item.kind === 'record' ? item.entries : []))
    .flatMap(({ key, value, at }) => {
      const items = value.kind === 'list' ? value.items : [value];
      const to = items.flatMap((item) => (item.kind === 'text' ? [item.text] : plainTextsAt(item, 'model')));
      return to.length ? [{ name: key, to, at }] : [];
    });
}

function aliasesOf({ config, declarations, place }: ConfigFile): readonly GatewayEntry[] {
  return config.aliases.flatMap(({ block, path }) =>
    declarations
      .filter((declaration) => declaration.block === block)
      .flatMap(({ body, path: from }) =>
        valuesAt(body, path)
          .flatMap((expr) => (expr.kind === 'record' ? expr.entries : []))
          .flatMap(({ key, value, at }) => {
            const to = value.kind === 'text' ? value.text : plainTextsAt(value, 'model')[0];
            const base = { ...place, path: from, kind: 'alias' as const, at: { path: from, ...at } };
            return to === undefined ? [] : [{ ...base, name: key, to }];
          }),
      ),
  );
}

/** Once per file and reason. */
function opaqueOf({ config, declarations, place }: ConfigFile, models: readonly GatewayModel[]): readonly GatewayEntry[] {
  return config.opaque.flatMap(({ block, path, equals, contains, always, why }) => {
    const found = declarations.find((declaration) => {
      if (block !== undefined && declaration.block !== block) return false;
      if (always) return models.length > 0;
      if (path === undefined) return false;
      if (contains !== undefined) return textAtPath(declaration, path)?.includes(contains) ?? false;
      const condition = { path, ...(equals === undefined ? {} : { equals }) };
      return everyRecord(declaration.body).some((body) => holdsOf({ labels: declaration.labels, body }, condition));
    });
    const { path: from = '' } = found ?? {};
    return found ? [{ ...place, path: from, kind: 'opaque' as const, at: { path: from, ...found.at }, why }] : [];
  });
}

/** A body and the records in its lists: routes may stand inside routes. */
function everyRecord(body: Expr): readonly Expr[] {
  const found: Expr[] = [];
  const stack: Expr[] = [body];
  for (let expr = stack.pop(); expr; expr = stack.pop()) {
    if (expr.kind === 'record') {
      found.push(expr);
      stack.push(...expr.entries.flatMap(({ value }) => (value.kind === 'list' ? value.items : [])));
    }
  }
  return found;
}
