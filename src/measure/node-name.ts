import type { NodeId } from '../model/graph.ts';

/** The name of a node without its layer; a node without a name is unknown. */
export function nodeName(id: NodeId): string {
  const name = id.slice(id.indexOf(':') + 1);
  return name.trim() === '' ? 'unknown' : name;
}
