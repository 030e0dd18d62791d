/** The models of one gateway configuration, each with how requests come to it. */
import type { ConfigPool, ConfigRoute } from '../model/gateway-config.ts';
import type { GatewayModel } from '../model/resolved.ts';
import type { Expr } from '../model/source.ts';
import { holdsOf, itemsAt, plainTextsAt, textAtPath } from './config-paths.ts';
import { contextOf } from './contexts.ts';
import { facetsOf, joinedBodies, providerOf, textsAt } from './gateway-facets.ts';
import type { ConfigFile, FileDeclaration } from './gateway-file.ts';

/** Pools inside pools. */
const MAX_DEPTH = 6;

type Way = Pick<GatewayModel, 'class' | 'mechanism'>;
type Ordered = GatewayModel & { readonly order: number };

const ONLY: Way = { class: 'manual', mechanism: 'route' };

/** Models by name; those of one name in the order they are tried. */
export function modelsOf(file: ConfigFile): readonly GatewayModel[] {
  const { config, declarations } = file;
  const own = declarations.flatMap((declaration) =>
    config.routes
      .filter((route) => route.block === declaration.block && (!route.when || holdsOf(declaration, route.when)))
      .flatMap((route) => modelsAt(file, declaration, route)),
  );
  const all = [...own, ...splitsOf(file, own)];
  const firstOf = new Map<string, number>();
  all.forEach(({ name }, index) => {
    if (!firstOf.has(name)) firstOf.set(name, index);
  });
  return all
    .map((model, index) => ({ model, index }))
    .sort(
      (a, b) =>
        (firstOf.get(a.model.name) ?? 0) - (firstOf.get(b.model.name) ?? 0) || a.model.order - b.model.order || a.index - b.index,
    )
    .map(({ model: { order: _order, ...model } }) => model);
}

function modelsAt(file: ConfigFile, declaration: FileDeclaration, route: ConfigRoute): readonly Ordered[] {
  const holders = route.each === undefined ? [declaration.body] : itemsAt(declaration.body, route.each);
  return holders.flatMap((holder) => {
    const named = textsAt({ ...declaration, body: holder }, route.name);
    return (named.length ? named : ['']).flatMap((text) =>
      modelsIn(file, { declaration, holder, name: text === '.*' ? '*' : text, route }),
    );
  });
}

interface Held {
  readonly declaration: FileDeclaration;
  readonly holder: Expr;
  readonly name: string;
  readonly route: ConfigRoute;
}

function modelsIn(file: ConfigFile, { declaration, holder, name, route }: Held): readonly Ordered[] {
  const { path } = declaration;
  const pool = file.config.pools.find((one) => one.by === 'name');
  const leaves = route.nested
    ? leavesOf(file, holder, { nested: route.nested, way: ONLY, depth: 0 })
    : [{ body: holder, way: pool ? wayOf(file, pool, holder) : ONLY }];
  const order = pool?.order ? orderOf(textAtPath(declaration, pool.order)) : 0;
  return leaves.flatMap(({ body, way }) => {
    const bodies = [body, ...joinedBodies(file, { ...declaration, body }, route)];
    const paths = [...new Set([holder, ...bodies.slice(1)].flatMap((one) => pathsTo(one, name, route)))];
    const facets = facetsOf(file, { route, bodies, path, name });
    const provider = providerOf(file, { route, bodies, model: facets.model?.[0] });
    if (provider === undefined && !facets.model && !facets.baseUrl) return [];
    return [
      {
        ...file.place,
        path,
        context: contextOf(path),
        kind: 'model',
        at: { path, ...body.at },
        name,
        asked: file.config.asked,
        ...(provider === undefined ? {} : { provider }),
        ...(paths.length ? { paths } : {}),
        facets,
        ...way,
        order,
      },
    ];
  });
}

function orderOf(text: string | undefined): number {
  const order = Number(text ?? '');
  return Number.isFinite(order) ? order : 0;
}

/** URL paths of the gateway that lead to a route; what matches everything leads nowhere in particular. */
function pathsTo(holder: Expr, name: string, { paths = [], url }: ConfigRoute): readonly string[] {
  const written = paths.flatMap((path) => plainTextsAt(holder, path));
  const all = url === undefined || name === '' ? written : [...written, url.replace('{name}', () => name)];
  return all.filter((path) => /^\/[\w.-]{2,}/.test(path));
}

interface Nesting {
  readonly nested: string;
  /** How requests come to what stands here; the first of a pool is what its holder is. */
  readonly way: Way;
  readonly depth: number;
}

/** The targets of a pool, those of pools inside it too: how each is reached is said by the pool it shares with the first. */
function leavesOf(file: ConfigFile, holder: Expr, { nested, way, depth }: Nesting): readonly { body: Expr; way: Way }[] {
  const items = depth < MAX_DEPTH ? itemsAt(holder, nested) : [];
  if (!items.length) return [{ body: holder, way }];
  const pool = file.config.pools.find(
    (one) => one.by === nested && (one.when ?? []).every((condition) => holdsOf({ labels: [], body: holder }, condition)),
  );
  const own = pool ? wayOf(file, pool, holder) : ONLY;
  const tried = pool?.order ? items.toSorted(byOrder(pool.order)) : items;
  // Inside a spare, nothing is nearer to the first than the spare itself.
  const beside = way === ONLY ? own : way;
  return tried.flatMap((item, index) => leavesOf(file, item, { nested, way: index === 0 ? way : beside, depth: depth + 1 }));
}

function byOrder(path: string): (a: Expr, b: Expr) => number {
  return (a, b) => orderOf(plainTextsAt(a, path)[0]) - orderOf(plainTextsAt(b, path)[0]);
}

/** What the pool of a holder does when its first target fails. */
function wayOf({ config, declarations }: ConfigFile, pool: ConfigPool, holder: Expr): Way {
  const isKept = (pool.unless ?? []).some((condition) =>
    declarations.some((one) => one.block === condition.block && holdsOf(one, condition)),
  );
  if (isKept) return { class: 'manual', mechanism: pool.mechanism };
  const narrow = config.narrowed.find(({ path, only }) => {
    const texts = plainTextsAt(holder, path);
    return texts.length > 0 && texts.every((text) => only.map(String).includes(text));
  });
  return { class: narrow?.class ?? pool.class, mechanism: pool.mechanism };
}

/** Routes that split their traffic among named ones serve under a name of their own what those serve. */
function splitsOf({ config, declarations }: ConfigFile, own: readonly Ordered[]): readonly Ordered[] {
  return config.pools.flatMap(({ block, by, item, class: kind, mechanism }) =>
    declarations
      .filter((declaration) => item !== undefined && declaration.block === block)
      .flatMap((declaration) => {
        const names = itemsAt(declaration.body, by).flatMap((one) => plainTextsAt(one, item ?? ''));
        const at = { path: declaration.path, ...declaration.at };
        const served = names.flatMap((name) => own.filter((model) => model.name === name));
        return served.map((model) => ({ ...model, at, name: declaration.labels[0] ?? '', class: kind, mechanism }));
      }),
  );
}
