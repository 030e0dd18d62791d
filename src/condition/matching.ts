import type { EvidenceId } from '../model/graph.ts';
import type { Rule } from '../model/rule.ts';
import type { Element } from './element.ts';
import { distinct, type Scene } from './scene.ts';

/** A feature of the element that the catalog assigns to the rule. */
export interface FeatureMatch {
  readonly feature: string;
  readonly name: string;
  readonly p: number | null;
  readonly evidence: readonly EvidenceId[];
}

/** Features of an element that the catalog assigns to a rule. */
export function featuresFor(scene: Scene, rule: Rule, element: Element): readonly FeatureMatch[] {
  return distinct(element.features.keys()).flatMap((feature) => {
    const fact = scene.facts.feature(feature);
    return fact?.rule === rule.id ? [{ feature, name: fact.name, p: fact.p, evidence: element.features.get(feature) ?? [] }] : [];
  });
}

/** Where a rule found what it says: the features it is about, else the element. */
export function evidenceFor(scene: Scene, rule: Rule, element: Element): readonly EvidenceId[] {
  const places = featuresFor(scene, rule, element).flatMap((match) => match.evidence);
  return places.length > 0 ? distinct(places) : element.evidence;
}
