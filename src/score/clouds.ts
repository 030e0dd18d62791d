import { sum } from './arithmetic.ts';
import { RELATION } from './constants.ts';

/** A sourced fact: this operator's service stands on that cloud. */
export interface HostedOn {
  readonly cloud: string;
  readonly relation: keyof typeof RELATION;
}

/** Cloud nodes of an operator. What the facts leave open is a node of its own; no fact at all is one unknown node. */
export function clouds(operator: string, hostedOn: readonly HostedOn[]): Record<string, number> {
  if (hostedOn.length === 0) return { unknown: 1 };
  const nodes = new Map<string, number>();
  for (const { cloud, relation } of hostedOn) {
    const rivals = hostedOn.filter((other) => other.relation === relation).length;
    nodes.set(cloud, RELATION[relation] / rivals);
  }
  // Rounded, because 1 - 0.6 - 0.4 in doubles is not 0 and would leave a node of no size.
  const rest = Math.round((1 - sum(nodes.values(), (k) => k)) * 1e9) / 1e9;
  if (rest > 0) nodes.set(`${operator}:other-cloud`, rest);
  return Object.fromEntries(nodes);
}
