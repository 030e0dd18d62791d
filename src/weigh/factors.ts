import type { CompiledRule } from '../condition/compile.ts';
import type { Element } from '../condition/element.ts';
import { bestConfidence } from '../condition/element.ts';
import { evidenceFor, featuresFor } from '../condition/matching.ts';
import type { Scene } from '../condition/scene.ts';
import type { Factor } from '../model/graph.ts';

/**
 * Factors a rule puts on the capabilities of an element. A rule with `p` gives one. A rule without takes the p of the
 * features that the catalog assigns to it: the strongest where it names a factor type, else each feature is a type of its own.
 */
export function factorsOf(scene: Scene, rule: CompiledRule, element: Element): readonly Factor[] {
  const { dimension, factor, id } = rule.rule;
  const match = rule.match(element);
  if (match === null || dimension === undefined) return [];
  const features = featuresFor(scene, rule.rule, element);
  if (match.p !== undefined) {
    const evidence = evidenceFor(scene, rule.rule, element);
    const confidence = features.length > 0 ? bestConfidence(scene, evidence) : element.confidence;
    return [{ ruleId: id, factor: factor ?? id, dimension, p: match.p, confidence: level(confidence), evidence }];
  }
  const each = features.flatMap(({ feature, p, evidence }) => {
    if (p === null) return [];
    const confidence = level(bestConfidence(scene, evidence));
    return [{ ruleId: id, factor: factor ?? `${id}#${feature}`, dimension, p, confidence, evidence }];
  });
  if (factor === undefined) return each;
  return each.sort((a, b) => b.p * b.confidence - a.p * a.confidence).slice(0, 1);
}

/** literal 1, resolved 0.9, heuristic 0.6: SCORING.md 2.7. */
function level(confidence: number): number {
  if (confidence >= 1) return 1;
  return confidence >= 0.9 ? 0.9 : 0.6;
}
