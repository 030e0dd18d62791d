import type { CompiledPack } from '../../pack/compiled.ts';
import { factsIn } from './facts.ts';
import { allRows } from './kinds.ts';

export type Stats = Readonly<Record<string, number>>;

/** How much the catalog knows. `unverified` counts facts, the parts of an entry included. */
export function statsOf(pack: CompiledPack): Stats {
  const facts = allRows(pack).flatMap((row) => factsIn(row));
  const open = facts.filter(({ verified }) => !verified);
  return {
    providers: pack.providers.length,
    clouds: pack.clouds.length,
    packages: pack.packages.length,
    ecosystems: new Set(pack.packages.map(({ ecosystem }) => ecosystem)).size,
    compromisedReleases: pack.packages.reduce(
      (sum, { compromised }) => sum + compromised.flatMap(({ versions }) => versions).length,
      0,
    ),
    modelFamilies: pack.families.length,
    retirements: pack.retirements.length,
    services: pack.services.length,
    notices: pack.notices.length,
    features: pack.features.length,
    gateways: pack.providers.filter(({ kind }) => kind === 'gateway').length,
    tools: pack.tools.length,
    regions: pack.regions.length,
    scopes: pack.scopes.length,
    resources: pack.resources.length,
    surfaces: pack.surfaces.length,
    configs: pack.configs.length,
    rules: pack.rules.length,
    scenarios: pack.scenarios.length,
    words: pack.vocabulary.words.length,
    facts: facts.length,
    unverified: open.length,
    unverifiedWeighing: open.filter(({ weighs }) => weighs).length,
  };
}
