import type { Report } from '../../src/model/report.ts';

/** `class gateway operator` of everything the capabilities can take. */
export function waysOf({ capabilities, routes }: Report): readonly string[] {
  const shown = (id: string) => {
    const route = routes.find((one) => one.id === id);
    const operator = route?.nodes.operator.at(-1);
    const runner = operator && 'node' in operator ? operator.node.replace('operator:', '') : `? ${operator?.unknown}`;
    return `${route?.gateway?.replace('gateway:', '') ?? '-'} ${runner}`;
  };
  return capabilities.flatMap(({ legs }) =>
    legs.flatMap((leg) => [`primary ${shown(leg.primary)}`, ...leg.fallbacks.map((one) => `${one.class} ${shown(one.route)}`)]),
  );
}
