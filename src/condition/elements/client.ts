import type { ClientElement } from '../../model/graph.ts';
import { type Element, makeElement, type OwnFields } from '../element.ts';
import type { Scene } from '../scene.ts';

/** Clients as rules see them. */
export function clientElements(scene: Scene): readonly Element[] {
  return scene.linked.clients.map((client) => {
    const fact = client.provider === undefined ? null : scene.facts.provider(client.provider);
    const name = fact?.name ?? client.provider ?? null;
    const own: OwnFields<'client'> = {
      provider: client.provider ?? null,
      providerName: name,
      cloud: fact?.cloud ?? null,
      sdk: client.sdk ?? null,
      region: client.region ?? null,
      regionHow: client.regionHow,
      baseUrlHow: client.baseUrlHow,
      modelHow: client.modelHow,
      apiVersion: versionOf(client),
    };
    const identity = {
      // No place in the id: a client keeps its identity when lines move.
      id: `client:${client.provider ?? 'unknown'}:${client.sdk ?? 'unknown'}`,
      label: `${name ?? 'unknown'} client`,
      workload: client.workload,
      context: client.context,
      capabilities: client.capabilities,
      evidence: client.evidence,
    };
    return makeElement(scene, 'client', { identity, own });
  });
}

/** API version a client names, where link says so. */
export function versionOf(client: ClientElement): string | null {
  return client.apiVersion ?? null;
}
