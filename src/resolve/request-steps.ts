/** A request that lists the services its gateway asks, one after the other. */
import type { Provider } from '../model/catalog.ts';
import type { ConfigRoute, GatewayConfig } from '../model/gateway-config.ts';
import type { Declaration } from '../model/observed.ts';
import type { Reading } from '../model/reading.ts';
import type { GatewayModel } from '../model/resolved.ts';
import { contextOf } from './contexts.ts';
import { modelsOf } from './gateway-models.ts';
import type { Value } from './value.ts';
import type { World } from './world.ts';

/** Where the catalog says what the body of a request means, no file. */
const BLOCK = 'request';
/** More steps than anybody writes. */
const STEPS = 20;

type RecordValue = Value & { kind: 'record' };

/** The ways that a body lists; none where it is no such list, or where what is asked first cannot be told. */
export function requestSteps(world: World, gateway: Provider, body: Value | undefined): readonly GatewayModel[] {
  const config = [...world.catalog.configs.values()].find((one) => one.gateway === gateway.id);
  const route = config?.routes.find((one) => one.block === BLOCK);
  if (!config || !route || body?.kind !== 'list') return [];
  const named: GatewayConfig = { ...config, providers: { ...gateway.upstreams?.names, ...config.providers } };
  const [first = [], ...others] = body.items
    .slice(0, STEPS)
    .map((item) => (item.kind === 'record' ? stepOf(world, { config: named, route, gateway: gateway.id }, item) : []));
  return first.length ? [...first, ...others.flat()] : [];
}

interface Meant {
  readonly config: GatewayConfig;
  readonly route: ConfigRoute;
  readonly gateway: string;
}

function stepOf(world: World, { config, route, gateway }: Meant, { expr, scope }: RecordValue): readonly GatewayModel[] {
  const { path } = scope.module;
  const format = config.id as Declaration['format'];
  return modelsOf({
    world,
    config,
    declarations: [{ block: route.block, format, labels: [], body: expr, at: expr.at, path }],
    place: { format, gateway, context: contextOf(path), workload: '.' },
    scopeOf: () => scope,
  }).map(atUnknown);
}

/** A service of another name is run by somebody, and its maker's own is not to be guessed. */
function atUnknown(step: GatewayModel): GatewayModel {
  if (step.provider !== undefined || step.facets.baseUrl) return step;
  const base: Reading = { why: 'behind-gateway', how: 'unknown', env: [], confidence: 0.6, trail: [] };
  return { ...step, facets: { ...step.facets, baseUrl: [base] } };
}
