import type { NodeId } from '../model/graph.ts';
import type { LayerRow, ScoreBlock } from '../model/report.ts';
import type { Portfolio } from '../score/portfolio.ts';

/** Score of one workload alone. */
export interface MeasuredWorkload {
  readonly score: ScoreBlock;
  /** Sum of the weights of its capabilities. */
  readonly totalWeight: number;
}

/** The numbers of a graph. */
export interface Measured {
  /** The graph in the input form of the score model, for whoever re-scores a change to it. */
  readonly portfolio: Portfolio;
  readonly score: ScoreBlock;
  /** Workload id -> its own score. Every workload of the graph is there. */
  readonly workloads: ReadonlyMap<string, MeasuredWorkload>;
  /** All ten layers, from the code outwards. */
  readonly layers: readonly LayerRow[];
  /** Exposure (0..1) of a node, or of the group that owns it; 0 where nothing rests on it. */
  exposureOf(node: NodeId): number;
}
