/** What one way through a gateway says: its model, its provider, its host and region, and where each may stand. */
import type { ConfigRoute, GatewayConfig } from '../model/gateway-config.ts';
import type { Declaration } from '../model/observed.ts';
import type { Reading } from '../model/reading.ts';
import type { GatewayModel } from '../model/resolved.ts';
import type { Expr } from '../model/source.ts';
import { configReadings, holdsOf, plainTextsAt, textAtPath } from './config-paths.ts';
import type { ConfigFile, FileDeclaration } from './gateway-file.ts';
import type { World } from './world.ts';

/** What other declarations say for a route that names them; one may lead to the next. */
export function joinedBodies({ declarations }: ConfigFile, from: FileDeclaration, { joins = [] }: ConfigRoute): readonly Expr[] {
  if (!joins.length) return [];
  const found: FileDeclaration[] = [from];
  for (const { block, when, by, label } of joins) {
    const names = found.flatMap((one) => textsAt(one, by));
    const meant = declarations.filter(
      (one) => one.block === block && (!when || holdsOf(one, when)) && textsAt(one, label).some((text) => names.includes(text)),
    );
    // Files of one folder may be variants of each other: a name counts where only one of them has it.
    const near = meant.filter(({ path }) => path === from.path);
    const next = near[0] ?? (new Set(meant.map(({ path }) => path)).size === 1 ? meant[0] : undefined);
    if (next) found.push(next);
  }
  return found.slice(1).map(({ body }) => body);
}

/** The label or the texts at a path. */
export function textsAt(declaration: Declaration, path: string): readonly string[] {
  const label = path.startsWith('labels.') ? textAtPath(declaration, path) : undefined;
  return label === undefined ? plainTextsAt(declaration.body, path) : [label];
}

interface Said {
  readonly route: ConfigRoute;
  /** The route itself, then what is joined to it. */
  readonly bodies: readonly Expr[];
  readonly path: string;
  readonly name: string;
}

/** Where a route leads that nothing here describes: the console knows, another file, or a name that only the gateway knows. */
function elsewhere(config: GatewayConfig, { route, bodies }: Said, model: Reading | undefined): readonly Reading[] {
  const prefix = route.prefix && model?.text?.includes('/') ? model.text.split('/', 1)[0] : undefined;
  const because = (why: string): readonly Reading[] => [{ why, how: 'unknown', env: [], confidence: 0.6, trail: [] }];
  if (route.stored) return because('gateway-console');
  if (route.each !== undefined && route.joins !== undefined && bodies.length === 1) return because('not-followed');
  return prefix !== undefined && !Object.hasOwn(config.providers, prefix) ? because('behind-gateway') : [];
}

/** Each facet from the first body that gives it. */
export function facetsOf({ world, config, scopeOf }: ConfigFile, said: Said): GatewayModel['facets'] {
  const { route, bodies, path, name } = said;
  const scope = scopeOf(path);
  const at = (paths: readonly string[] | undefined): readonly Reading[] => {
    for (const body of bodies) {
      const readings = configReadings(world, body, { paths, scope });
      if (readings.length) return readings;
    }
    return [];
  };
  const underlying = at(route.underlying).filter((reading) => reading.text !== undefined && !reading.why);
  const given = underlying.length ? underlying : at(route.model);
  const written = given.length ? given : at(route.within).flatMap((reading) => modelWithin(world, reading));
  const [place] = bodies;
  const asked: readonly Reading[] =
    route.named && /^[\w./:@-]+$/.test(name) && !name.includes('.*') && place
      ? [{ text: name, how: 'config', env: [], confidence: 0.9, trail: [{ path, ...place.at }] }]
      : [];
  const model = written.length ? written : asked;
  const base = at(route.baseUrl);
  const baseUrl = base.length ? base : elsewhere(config, said, model[0]);
  const region = at(route.region);
  return {
    ...(model.length ? { model } : {}),
    ...(baseUrl.length ? { baseUrl } : {}),
    ...(region.length ? { region } : {}),
  };
}

/** The model that a path of a URL names: the part behind `models/`, or the whole of it. */
function modelWithin({ catalog }: World, { text, ...reading }: Reading): readonly Reading[] {
  const named = text === undefined || reading.why ? undefined : (/(?:^|\/)models?\/([\w.@-]+)/.exec(text)?.[1] ?? text);
  return named !== undefined && catalog.model(named, true)?.family ? [{ ...reading, text: named }] : [];
}

/** Who runs it, as the format names it. */
export function providerOf(
  { config }: ConfigFile,
  { route, bodies, model }: { route: ConfigRoute; bodies: readonly Expr[]; model: Reading | undefined },
): string | undefined {
  const variant = route.variants?.find(({ path, in: some }) =>
    bodies.some((body) => holdsOf({ labels: [], body }, { path, ...(some ? { in: some } : {}) })),
  );
  if (variant) return variant.provider;
  const said = (route.provider ?? []).flatMap((path) => bodies.flatMap((body) => plainTextsAt(body, path)));
  const prefix = route.prefix && model?.text?.includes('/') ? model.text.slice(0, model.text.indexOf('/')) : undefined;
  for (const name of prefix === undefined ? said : [...said, prefix])
    if (Object.hasOwn(config.providers, name)) return config.providers[name];
  return undefined;
}
