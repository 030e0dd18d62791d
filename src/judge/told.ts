/** Ids in messages as people say them: owner groups, makers, clouds, regions and countries by the names of their nodes. */
import type { Element } from '../condition/element.ts';
import type { Scene } from '../condition/scene.ts';
import type { Layer } from '../model/graph.ts';

/** Fields of views that hold ids, and the layer those are of. */
const LAYER_OF: Readonly<Record<string, Layer>> = {
  operators: 'operator',
  soleOperators: 'operator',
  suppliers: 'operator',
  banned: 'operator',
  makers: 'maker',
  regions: 'region',
  entryRegions: 'region',
  region: 'region',
  hostRegions: 'region',
  sharedClouds: 'cloud',
  hostClouds: 'cloud',
  jurisdictions: 'jurisdiction',
};

/** The fields of an element that a message would show as ids, with names in their place. */
export function namesFor(scene: Scene, { view }: Element): Readonly<Record<string, readonly string[]>> {
  const told: Record<string, readonly string[]> = {};
  for (const [field, layer] of Object.entries(LAYER_OF)) {
    const value = view[field];
    if (typeof value === 'string') told[field] = [nameOf(scene, layer, value)];
    if (Array.isArray(value)) told[field] = [...new Set(value.map((id) => nameOf(scene, layer, String(id))))];
  }
  return told;
}

function nameOf(scene: Scene, layer: Layer, id: string): string {
  const own = scene.nodes.get(`${layer}:${id}`) ?? scene.nodes.get(id);
  if (own) return own.name;
  const members = scene.linked.nodes.filter((node) => node.layer === layer && node.group === id).map((node) => node.name);
  return members.length ? members.join(' and ') : id;
}
