/** Claims about what depends on what: capabilities, routes, fallbacks, workloads. */
import type { Report, ReportCapability, ReportRoute } from '../../src/model/report.ts';
import { someRow, type Verb } from './verb.ts';

/** `primary <operation> <provider> <model>`, `fallback <class> …`, and what else the graph answers. */
export const graphVerbs = {
  capabilities([count], report) {
    const weighted = weightedOf(report);
    return { holds: weighted.length === Number(count), found: weighted.map(show) };
  },
  capability([operation, , count], report) {
    return someRow(weightedOf(report), (one) => one.operation === operation && one.legs.length === Number(count), show);
  },
  primary([operation, provider, model], report) {
    const routes = weightedOf(report).map((one) => ({
      operation: one.operation,
      route: routeOf(report, one.legs.at(-1)?.primary),
    }));
    return someRow(
      routes,
      (row) => row.operation === operation && runs(report, row.route, provider) && row.route?.model === `model:${model}`,
      (row) => `${row.operation} ${row.route?.id}`,
    );
  },
  leg([provider, model], report) {
    const routes = weightedOf(report).flatMap((one) => one.legs.map((leg) => routeOf(report, leg.primary)));
    return someRow(
      routes,
      (route) => runs(report, route, provider) && route?.model === `model:${model}`,
      (route) => route?.id ?? '?',
    );
  },
  manual([operation, least], report) {
    return someRow(weightedOf(report), (one) => one.operation === operation && manualOf(one) >= Number(least), show);
  },
  fallback([kind, reach, from, to], report) {
    return someRow(
      fallbacksOf(report),
      (row) =>
        row.kind === kind &&
        (reach === undefined || row.crosses === (reach === 'cross-provider')) &&
        (from === undefined || runs(report, row.from, from)) &&
        (to === undefined || runs(report, row.to, to)),
      (row) => `${row.kind} ${row.crosses ? 'cross-provider' : 'same-provider'}: ${row.from?.id} -> ${row.to?.id}`,
    );
  },
  store([provider], { capabilities }) {
    return someRow(
      capabilities.flatMap((one) => one.legs.flatMap((leg) => leg.stores)),
      (store) => store.provider === provider,
      (store) => store.provider,
    );
  },
  /** `workload <id>`, or `workload host <region>`: where some workload itself runs. */
  workload([id, region], { workloads }) {
    const isHost = id === 'host';
    return someRow(
      workloads.flatMap((one) => (isHost ? one.host.map(({ node }) => node) : [one.id])),
      (row) => row === (isHost ? `host:${region}` : id),
      (row) => row,
    );
  },
  jurisdiction([id], { graph }) {
    return someRow(
      graph.nodes.filter((node) => node.layer === 'jurisdiction'),
      (node) => node.id === `jurisdiction:${id}` && node.known,
      (node) => node.id,
    );
  },
} satisfies Record<string, Verb>;

function weightedOf({ capabilities }: Report): readonly ReportCapability[] {
  return capabilities.filter((one) => one.weight > 0);
}

function show({ id, legs }: ReportCapability): string {
  const shown = legs.map((leg) => [leg.primary, ...leg.fallbacks.map((one) => `${one.class} ${one.route}`)].join(' | '));
  return `${id}: ${shown.join(' + ')}`;
}

function routeOf({ routes }: Report, id: string | null | undefined): ReportRoute | undefined {
  return routes.find((route) => route.id === id);
}

/** Own operators and gateways stand on the route; a runtime of one's own has no such node, and its calls name it. */
function runs({ inventory }: Report, route: ReportRoute | undefined, provider: string | undefined): boolean {
  if (!route) return false;
  if (route.nodes.operator.some((one) => 'node' in one && one.node === `operator:${provider}`)) return true;
  if (route.gateway === `gateway:${provider}`) return true;
  if (route.nodes.operator.length > 0) return false;
  return inventory.callSites.some((call) => call.routes.includes(route.id) && call.operators.includes(provider ?? ''));
}

function manualOf({ legs }: ReportCapability): number {
  return Math.max(...legs.map((leg) => leg.fallbacks.filter((one) => one.class === 'manual').length));
}

/** Automatic mechanisms of the inventory, and what a capability lists beside its primary. */
function fallbacksOf(report: Report) {
  const written = report.inventory.fallbacks.flatMap((one) =>
    one.to.map((to) => ({
      kind: one.class,
      crosses: one.crossProvider,
      from: routeOf(report, one.from),
      to: routeOf(report, to),
    })),
  );
  const listed = weightedOf(report).flatMap((one) =>
    one.legs.flatMap((leg) =>
      leg.fallbacks.map((spare) => {
        const [from, to] = [routeOf(report, leg.primary), routeOf(report, spare.route)];
        return { kind: spare.class, crosses: operatorsOf(from) !== operatorsOf(to), from, to };
      }),
    ),
  );
  return [...written, ...listed];
}

function operatorsOf(route: ReportRoute | undefined): string {
  return JSON.stringify(route?.nodes.operator ?? []);
}
