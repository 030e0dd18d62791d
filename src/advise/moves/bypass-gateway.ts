/** A direct route beside a hosted gateway. */

import { KAPPA } from '../../score/constants.ts';
import { callFiles, compatOf, extrasOf } from '../leg-facts.ts';
import { addRoute, type Move } from '../move.ts';
import { entryOf, hostedRoute, withExtras } from '../new-route.ts';
import type { Scene, Spot } from '../scene.ts';

/** The same model at its maker's own service, tried when the gateway fails. */
export function bypassGateway(scene: Scene, spot: Spot): Move | undefined {
  const { catalog, asOf } = scene;
  const { primary, index, capability } = spot;
  const gateway = catalog.providers.get(primary.gateway?.slice('gateway:'.length) ?? '');
  if (!gateway || gateway.selfHosted || primary.modelId === undefined) return undefined;
  const match = catalog.model(primary.modelId, true);
  const lab = catalog.providers.get(match?.maker ?? '');
  if (!match || lab?.kind !== 'model-lab' || lab.status !== 'active' || lab.hosts.length + lab.hostPatterns.length === 0)
    return undefined;
  const end = catalog.retirement(lab.id, match.bare);
  const entry = entryOf(catalog, lab, []);
  if (!entry || (end?.shutdown !== undefined && end.precision !== 'earliest' && end.shutdown <= asOf)) return undefined;
  const route = withExtras(hostedRoute(catalog, lab, { match, entry }), extrasOf(scene, spot));
  const compat = compatOf(scene, spot, { modelId: match.bare, isDeprecated: end !== undefined });
  const manifests = scene.used.isInstalled(capability.workload, lab, primary) ? [] : scene.used.manifestsOf(capability.workload);
  return {
    action: 'bypass-gateway',
    leg: index,
    title: `direct route to ${lab.name} beside ${gateway.name}`,
    to: { operator: lab.id, model: match.bare, region: null },
    edit: addRoute({ ...route, kappa: KAPPA.auto, compat }),
    drops: [],
    files: [...callFiles(scene, capability), ...manifests],
    caveats: [`needs a key and a contract of its own at ${lab.name}`],
  };
}
