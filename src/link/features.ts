/** Features of a use, each where it hangs on a client of somebody who offers it. */
import type { FeatureUse, Target, Use } from '../model/resolved.ts';
import type { LinkContext } from './context.ts';
import { operatorId } from './operators.ts';
import { candidatesOf } from './routes.ts';

/** What the clients of a use really offer: the words of an SDK say nothing of a compatible server of somebody else. */
export function featuresOfUse(context: LinkContext, use: Use): readonly FeatureUse[] {
  return use.targets.flatMap((target) => {
    if (!target.features.length) return [];
    const owners = ownersOf(context, target, use.workload);
    return target.features.filter(({ feature }) => isOffered(context, feature, owners));
  });
}

function isOffered(context: LinkContext, feature: string, owners: ReadonlySet<string>): boolean {
  const known = context.catalog.features.get(feature);
  return !known?.providers.length || known.providers.some((provider) => owners.has(provider));
}

/** Operators, gateways and the store that the routes of a target reach; nobody where that is unknown. */
function ownersOf(context: LinkContext, target: Target, workload: string): ReadonlySet<string> {
  const reached = candidatesOf(context, target, workload).flatMap(({ who }) => [operatorId(who), who.gateway?.id]);
  return new Set([...reached, target.store].flatMap((id) => (id === undefined ? [] : [id])));
}
