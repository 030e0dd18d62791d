/** A second way in to the same operator: a wider inference scope, and a retry through another region. */
import { KAPPA } from '../../score/constants.ts';
import type { PortfolioRoute } from '../../score/portfolio.ts';
import { compatOf, extrasOf, routeFiles } from '../leg-facts.ts';
import type { LegEdit, Move } from '../move.ts';
import { countriesOf, type Entry, withExtras } from '../new-route.ts';
import type { Scene, Spot } from '../scene.ts';
import { type Present, type Widening, wider } from './wider-scope.ts';

/** Only where the catalog knows how the provider spreads inference. */
export function secondRegion(scene: Scene, spot: Spot): Move | undefined {
  const present = presentEntry(scene, spot);
  const widening = present && wider(scene, spot, present);
  if (!present || !widening) return undefined;
  const { primary, index } = spot;
  const { retry } = widening;
  const modelId = primary.modelId ?? '';
  const isDeprecated = scene.catalog.retirement(present.provider.id, modelId) !== undefined;
  const compat = compatOf(scene, spot, { modelId, isDeprecated });
  return {
    action: 'second-region',
    leg: index,
    title: widening.title,
    to: { operator: present.provider.id, model: primary.modelId ?? null, region: retry.name },
    edit: editOf(scene, spot, { present, widening, compat }),
    drops: [],
    files: routeFiles(scene, spot),
    caveats: widening.caveats,
  };
}

/** The one region through which every call goes. */
function presentEntry({ catalog }: Scene, { primary }: Spot): Present | undefined {
  const provider = catalog.providers.get(primary.provider ?? '');
  const gateway = catalog.providers.get(primary.gateway?.slice('gateway:'.length) ?? '');
  const [entry, ...others] = primary.nodes.region ?? [];
  const isHidden = gateway !== undefined && !gateway.selfHosted;
  // A model that is shut down is shut down everywhere.
  if (primary.retired || !provider?.cloud || provider.selfHosted || isHidden || others.length > 0 || !entry || 'unknown' in entry)
    return undefined;
  const [cloud = '', ...token] = entry.node.slice('region:'.length).split(':');
  const region = cloud === provider.cloud ? catalog.region(cloud, token.join(':')) : undefined;
  return region && { provider, region, k: entry.k };
}

interface Change {
  readonly present: Present;
  readonly widening: Widening;
  readonly compat: number;
}

function editOf(scene: Scene, spot: Spot, { present, widening, compat }: Change): LegEdit {
  const enter = (route: PortfolioRoute, entry: NonNullable<Widening['primary']>): PortfolioRoute => {
    const moved = { ...route, region: { [entry.name]: entry.k }, jurisdiction: lawOf(scene, spot, { route, present, entry }) };
    // Extra nodes lie where the store lies, whatever the model does.
    return withExtras({ ...moved, destinations: entry.destinations }, regionExtras(scene, spot));
  };
  return ([primary = {}, ...fallbacks]) => {
    const retry = { ...enter(primary, widening.retry), kappa: KAPPA.auto, compat };
    return [widening.primary ? enter(primary, widening.primary) : primary, ...fallbacks, retry];
  };
}

function regionExtras(scene: Scene, spot: Spot) {
  return extrasOf(scene, spot).filter(({ layer }) => layer === 'region' || layer === 'jurisdiction');
}

/** A pin brings the law of its country; the seats stay. */
function lawOf(
  { catalog }: Scene,
  { primary }: Spot,
  { route, present, entry }: { route: PortfolioRoute; present: Present; entry: Entry },
): Readonly<Record<string, number>> {
  const match = primary.modelId === undefined ? undefined : catalog.model(primary.modelId, true);
  const facts = match ?? { weights: 'open' as const };
  const seats = new Map(Object.entries(countriesOf(catalog, present.provider, { match: facts, entry })));
  const held = Object.entries(route.jurisdiction === undefined || route.jurisdiction === 'unknown' ? {} : route.jurisdiction);
  for (const [country, k] of held) {
    if (present.k < 1 || country !== present.region.jurisdiction) seats.set(country, Math.max(seats.get(country) ?? 0, k));
  }
  return Object.fromEntries(seats);
}
