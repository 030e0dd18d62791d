/** The models of one gateway configuration, each with how requests come to it. */
import type { ConfigPool, ConfigRoute, GatewayConfig } from '../model/gateway-config.ts';
import type { Declaration } from '../model/observed.ts';
import type { GatewayModel, Reading } from '../model/resolved.ts';
import type { Expr } from '../model/source.ts';
import { configReadings, holdsOf, itemsAt, plainTextsAt, textAtPath } from './config-paths.ts';
import type { Scope } from './value.ts';
import type { World } from './world.ts';

/** Pools inside pools. */
const MAX_DEPTH = 6;

/** The declarations of one format in one file. */
export interface ConfigFile {
  readonly world: World;
  readonly config: GatewayConfig;
  readonly declarations: readonly Declaration[];
  readonly place: Pick<GatewayModel, 'path' | 'format' | 'gateway' | 'context' | 'workload'>;
  readonly scope: Scope;
}

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

function modelsAt(file: ConfigFile, declaration: Declaration, route: ConfigRoute): readonly Ordered[] {
  const name = textAtPath(declaration, route.name) ?? '';
  const pool = file.config.pools.find((one) => one.by === 'name');
  const leaves = route.nested
    ? leavesOf(file, declaration.body, { nested: route.nested, way: ONLY, depth: 0 })
    : [{ body: declaration.body, way: pool ? wayOf(file, pool, declaration.body) : ONLY }];
  const written = pool?.order ? Number(textAtPath(declaration, pool.order) ?? '') : 0;
  const order = Number.isFinite(written) ? written : 0;
  return leaves.flatMap(({ body, way }) => {
    const said = sharedBody(file, declaration, route);
    const facets = facetsOf(file, route, said ? [body, said] : [body]);
    const provider = providerOf(file, route, body, facets.model?.[0]);
    if (provider === undefined && !facets.model && !facets.baseUrl) return [];
    return [
      {
        ...file.place,
        kind: 'model',
        at: { path: file.place.path, ...body.at },
        name,
        asked: file.config.asked,
        ...(provider === undefined ? {} : { provider }),
        facets,
        ...way,
        order,
      },
    ];
  });
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
  // Inside a spare, nothing is nearer to the first than the spare itself.
  const beside = way === ONLY ? own : way;
  return items.flatMap((item, index) => leavesOf(file, item, { nested, way: index === 0 ? way : beside, depth: depth + 1 }));
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

/** What a named declaration says for all routes that name it. */
function sharedBody({ declarations }: ConfigFile, declaration: Declaration, { shared }: ConfigRoute): Expr | undefined {
  const name = shared && textAtPath(declaration, shared.by);
  if (!shared || name === undefined) return undefined;
  return declarations.find((one) => one.block === shared.block && textAtPath(one, shared.label) === name)?.body;
}

/** Each facet from the first body that gives it. */
function facetsOf({ world, scope }: ConfigFile, route: ConfigRoute, bodies: readonly Expr[]): GatewayModel['facets'] {
  const at = (paths: readonly string[] | undefined): readonly Reading[] => {
    for (const body of bodies) {
      const readings = configReadings(world, body, { paths, scope });
      if (readings.length) return readings;
    }
    return [];
  };
  const underlying = at(route.underlying).filter((reading) => reading.text !== undefined && !reading.why);
  const model = underlying.length ? underlying : at(route.model);
  const baseUrl = at(route.baseUrl);
  const region = at(route.region);
  return {
    ...(model.length ? { model } : {}),
    ...(baseUrl.length ? { baseUrl } : {}),
    ...(region.length ? { region } : {}),
  };
}

function providerOf({ config }: ConfigFile, route: ConfigRoute, body: Expr, model: Reading | undefined): string | undefined {
  const variant = route.variants?.find(({ path, in: some }) =>
    holdsOf({ labels: [], body }, { path, ...(some ? { in: some } : {}) }),
  );
  if (variant) return variant.provider;
  const said = (route.provider ?? []).flatMap((path) => plainTextsAt(body, path));
  const prefix = route.prefix && model?.text?.includes('/') ? model.text.slice(0, model.text.indexOf('/')) : undefined;
  for (const name of prefix === undefined ? said : [...said, prefix])
    if (Object.hasOwn(config.providers, name)) return config.providers[name];
  return undefined;
}

/** Routes that split their traffic among named ones serve under a name of their own what those serve. */
function splitsOf({ config, declarations, place }: ConfigFile, own: readonly Ordered[]): readonly Ordered[] {
  return config.pools.flatMap(({ block, by, item, class: kind, mechanism }) =>
    declarations
      .filter((declaration) => item !== undefined && declaration.block === block)
      .flatMap((declaration) => {
        const names = itemsAt(declaration.body, by).flatMap((one) => plainTextsAt(one, item ?? ''));
        const at = { path: place.path, ...declaration.at };
        const served = names.flatMap((name) => own.filter((model) => model.name === name));
        return served.map((model) => ({ ...model, at, name: declaration.labels[0] ?? '', class: kind, mechanism }));
      }),
  );
}
