/** What stops when these nodes go away. */
import { largest, smallest, sum } from './arithmetic.ts';
import { KAPPA, LAYERS, type Layer } from './constants.ts';
import { type Failure, failureOf } from './lost.ts';
import type { Portfolio } from './portfolio.ts';
import {
  type LayerNodes,
  type SettledLeg,
  type SettledRoute,
  settle,
  totalWeight,
  UNKNOWN,
  type Unit,
  type UnknownMode,
} from './settle.ts';

/** From best to worst; the worst leg speaks for its capability. */
const STATES = ['ok', 'unknown', 'at-risk', 'failover', 'manual', 'dark'] as const;

export type State = (typeof STATES)[number];

export interface WhatIfRow {
  readonly id: string;
  readonly state: State;
  /** Part of the capability that is lost, 0..1. */
  readonly loss: number;
}

/** Percent, 0..100 (a report divides by 100); null where there is nothing to lose. */
export interface WhatIf {
  readonly exposure: number | null;
  /** Percent of the weight whose fate is not known. */
  readonly unknown: number | null;
  /** The same as exposure, for workloads without AI. */
  readonly infrastructure: number | null;
  readonly rows: readonly WhatIfRow[];
}

/** Below this a route is hurt but stands. */
const SURVIVES = 0.5;

/** Loses `lost`: node ids, group ids, `provider:x`; a trailing `*` means all that begin so, `@0.25` that part only. */
export function whatIf(
  portfolio: Portfolio,
  lost: readonly string[],
  { unknown = 'pessimistic' }: { unknown?: UnknownMode | undefined } = {},
): WhatIf {
  const { units, infrastructure } = settle(portfolio, { unknown, isGrouped: false });
  const failure = failureOf(lost, new Map(Object.entries(portfolio.groups ?? {})));
  const scored = units.map((unit) => ({ unit, row: rowOf(unit, failure) }));
  const unscored = infrastructure.map((unit) => ({ unit, row: rowOf(unit, failure) }));
  return {
    exposure: percent(scored, ({ loss }) => loss),
    unknown: percent(scored, ({ state }) => (state === 'unknown' ? 1 : 0)),
    infrastructure: percent(unscored, ({ loss }) => loss),
    rows: [...scored, ...unscored].map(({ row }) => row),
  };
}

function percent(rows: readonly { unit: Unit; row: WhatIfRow }[], of: (row: WhatIfRow) => number): number | null {
  if (rows.length === 0) return null;
  return (100 * sum(rows, ({ unit, row }) => unit.weight * of(row))) / totalWeight(rows.map(({ unit }) => unit));
}

function rowOf(unit: Unit, failure: Failure): WhatIfRow {
  const own = nodesLoss(unit.own, failure);
  const parts = [{ state: ownState(own), loss: own }, ...unit.legs.map((leg) => legLoss(leg, failure))];
  const worst = largest(parts, ({ state }) => STATES.indexOf(state));
  return { id: unit.id, state: STATES[worst] ?? 'dark', loss: largest(parts, ({ loss }) => loss) };
}

function ownState(loss: number): State {
  if (loss === 0) return 'ok';
  return loss < SURVIVES ? 'at-risk' : 'dark';
}

function legLoss({ primary, fallbacks }: SettledLeg, failure: Failure): { state: State; loss: number } {
  const lost = routeLoss(primary, failure);
  // A fallback that might be lost as well saves nobody.
  const rest = fallbacks.map((route) => ({
    credit: route.credit,
    lost: mightFail(route, failure) ? 1 : routeLoss(route, failure),
  }));
  const loss = lost * (1 - largest(rest, (route) => route.credit * (1 - route.lost)));
  if (lost === 0) return { state: mightFail(primary, failure) ? 'unknown' : 'ok', loss };
  if (lost < SURVIVES) return { state: 'at-risk', loss };
  const rescue = largest(rest, (route) => (route.lost < SURVIVES ? route.credit : 0));
  return { state: rescueState(rescue), loss };
}

function rescueState(credit: number): State {
  if (credit > KAPPA.manual) return 'failover';
  return credit > 0 ? 'manual' : 'dark';
}

function routeLoss({ nodes, destinations }: SettledRoute, failure: Failure): number {
  const everywhere = destinations.length > 0 ? smallest(destinations, (region) => failure.partOf('region', region)) : 0;
  return Math.max(nodesLoss(nodes, failure), everywhere);
}

function nodesLoss(nodes: LayerNodes, failure: Failure): number {
  return largest(LAYERS, (layer) => layerLoss(nodes, layer, failure));
}

/** A route is spread over its clouds, so their losses add up; any other node is needed whole. */
function layerLoss(nodes: LayerNodes, layer: Layer, failure: Failure): number {
  const lossOf = ([node, k]: readonly [string, number]) => k * failure.partOf(layer, node);
  return layer === 'cloud' ? Math.min(1, sum(nodes[layer], lossOf)) : largest(nodes[layer], lossOf);
}

function mightFail({ nodes }: SettledRoute, failure: Failure): boolean {
  return LAYERS.some((layer) => (nodes[layer].get(UNKNOWN) ?? 0) > 0 && failure.touches(layer));
}
