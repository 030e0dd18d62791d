import type { Report } from '../model/report.ts';

/** Capability id -> what people call it: its label; its workload before it where there are several; its operator, then its file, then a number, behind it where that is not enough to tell it apart. Workloads without AI go by their path. */
export function capabilityNames(
  report: Pick<Report, 'capabilities' | 'workloads' | 'routes' | 'graph' | 'evidence'>,
): ReadonlyMap<string, string> {
  const { capabilities, workloads } = report;
  const isMany = new Set(capabilities.map(({ workload }) => workload)).size > 1;
  const nodes = new Map(report.graph.nodes.map(({ id, name }) => [id, name]));
  const routes = new Map(report.routes.map((route) => [route.id, route]));
  const short = capabilities.map(({ label, workload }) => (isMany && workload !== '' ? `${workload} ${label}` : label));
  const operators = capabilities.map(({ legs }) => {
    const route = routes.get(legs.at(-1)?.primary ?? '');
    const first = route?.nodes.operator[0];
    if (route && !first) return 'own host';
    return first && 'node' in first ? (nodes.get(first.node) ?? first.node) : 'operator not known';
  });
  const paths = new Map(report.evidence.map(({ id, path }) => [id, path]));
  const files = capabilities.map(({ sites }) => fileName(paths.get(sites[0] ?? '') ?? ''));
  const long = distinguish(short, (index) => `(${operators[index]})`);
  const placed = distinguish(long, (index) => (files[index] ? `in ${files[index]}` : ''));
  const names = distinguish(placed, (index) => `#${index + 1}`);
  const entries = capabilities.map(({ id }, index): [string, string] => [id, names[index] ?? id]);
  return new Map([...workloads.map(({ id, path }): [string, string] => [`workload:${id}`, path || id]), ...entries]);
}

/** The last two parts of a path: names of files repeat (`route.ts`), their folders seldom do. */
function fileName(path: string): string {
  return path.split('/').slice(-2).join('/');
}

/** Adds a mark to the names that occur more than once. */
function distinguish(names: readonly string[], mark: (index: number) => string): readonly string[] {
  const seen = new Map<string, number>();
  for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
  return names.map((name, index) => ((seen.get(name) ?? 0) > 1 ? `${name} ${mark(index)}` : name));
}
