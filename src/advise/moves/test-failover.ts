/** A failover that has run once is worth more than one that has not. */

import { KAPPA } from '../../score/constants.ts';
import { callFiles } from '../leg-facts.ts';
import { changeFallbacks, type Move } from '../move.ts';
import type { Scene, Spot } from '../scene.ts';

/** A test in which the primary fails and the fallbacks of the leg answer. */
export function testFailover(scene: Scene, spot: Spot): Move | undefined {
  const { leg, index, capability } = spot;
  const isAuto = (position: number) => {
    const fallback = leg.fallbacks[position];
    return fallback?.class === 'auto' && fallback.compat > 0;
  };
  const first = leg.fallbacks.find((_, position) => isAuto(position));
  if (!first) return undefined;
  const route = scene.routes.get(first.route);
  const provider = route?.provider === undefined ? undefined : scene.catalog.providers.get(route.provider);
  return {
    action: 'test-failover',
    leg: index,
    title: provider ? `test the failover to ${provider.name}` : 'test the failover',
    to: { operator: provider?.selfHosted ? null : (route?.provider ?? null), model: route?.modelId ?? null, region: null },
    edit: changeFallbacks(isAuto, (fallback) => ({ ...fallback, kappa: KAPPA.tested })),
    drops: [],
    files: callFiles(scene, capability),
    caveats: ['a test that fails the primary, or a dated attestation'],
  };
}
