import type { Route } from '../model/graph.ts';
import { distinct, nameOf, nodesIn, type Scene } from './scene.ts';

/** The 27 members: one jurisdiction, `EU`. */
const EUROPEAN_UNION = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '));

/** Countries as jurisdictions: members of the Union fold to EU. */
export function foldJurisdictions(countries: readonly string[]): readonly string[] {
  return distinct(countries.map((country) => (EUROPEAN_UNION.has(country) ? 'EU' : country)));
}

/** `aws:eu-west-1` -> cloud and region; a place of our own has no cloud. */
export function splitRegion(name: string): { readonly cloud: string; readonly region: string } {
  const colon = name.indexOf(':');
  return { cloud: colon < 0 ? '' : name.slice(0, colon), region: name.slice(colon + 1) };
}

/** True for a region that a cloud lists. */
export function isRegion(scene: Scene, name: string): boolean {
  const { cloud, region } = splitRegion(name);
  return scene.facts.region(cloud, region) !== null;
}

/** Whether inference on a route may leave the residency the policy asks for, and to where. */
export function residencyOf(
  scene: Scene,
  route: Route,
): { readonly leaves: boolean | null; readonly outside: readonly string[] } {
  const allowed = scene.situation.policy.residency;
  if (allowed.length === 0) return { leaves: null, outside: [] };
  if (route.regionKind === 'global') return { leaves: true, outside: ['any region'] };
  const places = [...nodesIn(route, 'region').map((entry) => entry.node), ...route.destinations];
  const verdicts = distinct(places).map((node) => ({ node, inside: isInside(scene, node, allowed) }));
  const outside = verdicts.filter((verdict) => verdict.inside === false).map((verdict) => nameOf(verdict.node));
  if (outside.length > 0) return { leaves: true, outside };
  const certain = verdicts.length > 0 && verdicts.every((verdict) => verdict.inside === true);
  return { leaves: certain ? false : null, outside: [] };
}

function isInside(scene: Scene, node: string, allowed: readonly string[]): boolean | null {
  const { cloud, region } = splitRegion(nameOf(node));
  const fact = scene.facts.region(cloud, region);
  const jurisdiction = fact?.jurisdiction ?? scene.nodes.get(node)?.jurisdiction ?? geographyOf(region);
  if (jurisdiction === undefined) return null;
  return allowed.includes(jurisdiction) || (fact !== null && allowed.includes(fact.country));
}

/** A service that promises a geography, not a region: `anthropic:us`. */
function geographyOf(region: string): string | undefined {
  return /^[a-z]{2}$/.test(region) ? foldJurisdictions([region.toUpperCase()])[0] : undefined;
}
