import type { Each } from '../model/rule.ts';
import type { Element } from './element.ts';
import { capabilityElements, legElements } from './elements/capability.ts';
import { clientElements } from './elements/client.ts';
import { gatewayElements } from './elements/gateway.ts';
import { layerElements, nodeElements } from './elements/graph.ts';
import { modelElements, packageElements, regionElements, resourceElements, storeElements } from './elements/inventory.ts';
import { fallbackElements, routeElements } from './elements/route.ts';
import { workloadElements } from './elements/workload.ts';
import type { Scene } from './scene.ts';

const BUILDERS = {
  capability: capabilityElements,
  leg: legElements,
  route: routeElements,
  fallback: fallbackElements,
  client: clientElements,
  store: storeElements,
  gateway: gatewayElements,
  workload: workloadElements,
  node: nodeElements,
  layer: layerElements,
  package: packageElements,
  model: modelElements,
  region: regionElements,
  resource: resourceElements,
} as const satisfies Record<Each, (scene: Scene) => readonly Element[]>;

/** Elements of each kind, built when the first rule asks for them. */
export function elementSource(scene: Scene): (each: Each) => readonly Element[] {
  const built = new Map<Each, readonly Element[]>();
  return (each) => {
    const known = built.get(each);
    if (known !== undefined) return known;
    const elements = BUILDERS[each](scene);
    built.set(each, elements);
    return elements;
  };
}
