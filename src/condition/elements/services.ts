import type { Route } from '../../model/graph.ts';
import type { ServiceFact } from '../facts.ts';
import { distinct, nameOf, type Scene } from '../scene.ts';

const NEAR_DAYS = 180;

/** Ends of services that a capability uses: by its features, its SDKs, or by calling a provider that ends as a whole. */
export function serviceFields(scene: Scene, primaries: readonly Route[], features: ReadonlyMap<string, unknown>) {
  const used = primaries.flatMap((route) => {
    if (route.provider === undefined) return [];
    const sdk = route.sdk === undefined ? undefined : nameOf(route.sdk);
    return scene.facts.services(route.provider).filter((service) => isUsed(service, sdk, features));
  });
  const due = used.filter(({ days }) => days <= 0);
  const labels = (services: readonly ServiceFact[]) => distinct(services.map(({ label }) => label));
  return {
    endedServices: labels(due.filter(({ state }) => state === 'off')),
    frozenServices: labels(due.filter(({ state }) => state !== 'off')),
    endingServices: labels(used.filter(({ days }) => days > 0 && days <= NEAR_DAYS)),
  };
}

function isUsed(service: ServiceFact, sdk: string | undefined, features: ReadonlyMap<string, unknown>): boolean {
  return (
    service.whole ||
    (sdk !== undefined && service.sdks.includes(sdk)) ||
    service.features.some((feature) => features.has(feature))
  );
}
