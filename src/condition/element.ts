import type { Capability, EvidenceId } from '../model/graph.ts';
import type { Each } from '../model/rule.ts';
import { largest } from './collecting.ts';
import type { Situation, View, ViewOf } from './field.ts';
import type { COMMON } from './fields/every.ts';
import type { FIELDS } from './fields.ts';
import { distinct, nodesIn, ownerOf, type Scene } from './scene.ts';

/** One thing a rule looks at: its view, and what a finding about it needs. */
export interface Element {
  readonly each: Each;
  readonly id: string;
  readonly workload: string;
  readonly context: string | null;
  /** Capabilities it serves: they receive the factor or the edge. */
  readonly capabilities: readonly string[];
  readonly evidence: readonly EvidenceId[];
  /** Evidence of single features, for rules about features. */
  readonly features: ReadonlyMap<string, readonly EvidenceId[]>;
  /** Owner group of the operator of its primary route; null where there is none or more than one. */
  readonly operatorGroup: string | null;
  readonly confidence: number;
  readonly view: View;
}

/** What a builder says of an element beside its own fields. */
export interface Identity {
  readonly id: string;
  readonly label: string;
  readonly capabilities: readonly string[];
  readonly evidence: readonly EvidenceId[];
  readonly workload?: string;
  readonly context?: string;
  readonly confidence?: number;
  readonly features?: ReadonlyMap<string, readonly EvidenceId[]>;
}

/** Fields of an element without the common ones. */
export type OwnFields<E extends Each> = Omit<ViewOf<(typeof FIELDS)[E]>, keyof typeof COMMON>;

/** Puts the common fields beside an element's own. */
export function makeElement<E extends Each>(scene: Scene, each: E, { identity, own }: Parts<E>): Element {
  const served = identity.capabilities.flatMap((id) => scene.capabilities.get(id) ?? []);
  const workload = identity.workload ?? only(served.map((capability) => capability.workload)) ?? '';
  const context = identity.context ?? only(served.map((capability) => capability.context));
  const capabilities = distinct(identity.capabilities);
  const common: ViewOf<typeof COMMON> = {
    id: identity.id,
    label: identity.label,
    workload: workload === '' ? null : workload,
    context,
    capabilities,
    weight: largest(
      served.map((capability) => capability.weight),
      0,
    ),
    critical: served.some((capability) => capability.weight > 0 && capability.criticality === 'critical'),
    weighted: scene.weighted,
    value: scene.numbers?.score.value ?? null,
    grade: scene.numbers?.score.grade ?? null,
  };
  return {
    each,
    id: identity.id,
    workload,
    context,
    capabilities,
    evidence: distinct(identity.evidence),
    features: identity.features ?? new Map(),
    operatorGroup: operatorGroupOf(scene, served),
    confidence: identity.confidence ?? bestConfidence(scene, identity.evidence),
    view: joinFields(common, own, scene.situation),
  };
}

/** Not a spread: V8 grows that a few fields at a time, which was most of the time of this step for many elements. */
function joinFields(common: object, own: object, { home, policy, asOf }: Situation): View {
  return Object.assign(Object.create(null), common, own, { home, policy, asOf });
}

interface Parts<E extends Each> {
  readonly identity: Identity;
  readonly own: OwnFields<E>;
}

/** Confidence of the surest evidence; 1 where a number, not a place, speaks. */
export function bestConfidence(scene: Scene, evidence: readonly EvidenceId[]): number {
  const known = evidence.flatMap((id) => scene.evidence.get(id)?.confidence ?? []);
  return known.length === 0 ? 1 : largest(known, 0);
}

/** The one value of a list, or null. */
export function only(values: readonly string[]): string | null {
  const [first, ...rest] = distinct(values);
  return first !== undefined && rest.length === 0 ? first : null;
}

function operatorGroupOf(scene: Scene, served: readonly Capability[]): string | null {
  const owners: string[] = [];
  for (const capability of served) {
    const first = capability.legs[0];
    if (first === undefined) continue;
    const route = scene.routes.get(first.primary);
    const operator = nodesIn(route, 'operator')[0];
    owners.push(operator === undefined ? (route?.provider ?? '') : ownerOf(scene, operator.node));
  }
  const owner = only(owners);
  return owner === '' ? null : owner;
}
