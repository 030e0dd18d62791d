import type { Layer, NodeId } from '../../model/graph.ts';
import type { Report } from '../../model/report.ts';
import { LAYERS } from '../../score/constants.ts';

const COUNTRY = /, [A-Z]{2}$/;

/** The layer of a node id; undefined for the id of a scenario. */
export function layerOf(id: NodeId): Layer | undefined {
  return LAYERS.find((layer) => id.startsWith(`${layer}:`));
}

/** A node as people call it in a sentence: the country behind a region stays in the table. */
export function personalName(id: NodeId, { layers, graph }: Pick<Report, 'layers' | 'graph'>): string {
  const shared = layers.flatMap(({ shares }) => shares).find(({ node }) => node === id)?.name;
  const name = shared ?? graph.nodes.find((node) => node.id === id)?.name ?? id.slice(id.indexOf(':') + 1);
  return layerOf(id) === 'region' || layerOf(id) === 'host' ? name.replace(COUNTRY, '') : name;
}

/** A name in the layer table: what has no name is not known. */
export function tableName(name: string): string {
  return name === 'unknown' || name.startsWith('unknown:') ? 'not known' : name;
}
