/** What the remedy of a finding would gain, by scoring the portfolio after it. */
import type { Capability } from '../model/graph.ts';
import type { Finding } from '../model/report.ts';
import type { PortfolioCapability } from '../score/portfolio.ts';
import type { Action } from './move.ts';
import type { Option, OptionSource } from './options.ts';
import { revived, withoutEdges, withoutRule } from './remedies.ts';
import type { Scene } from './scene.ts';
import { type Target, type TargetSource, targetSource } from './subjects.ts';

type Gain = (finding: Finding) => number | null;

const FALLBACKS: readonly Action[] = ['add-fallback', 'independent-fallback', 'own-host', 'bypass-gateway'];

/** Rules whose remedy is a move; the first list with an option counts. */
const BY_MOVE: Readonly<Record<string, readonly (readonly Action[])[]>> = {
  'gateway/hosted-single-point': [FALLBACKS],
  'gateway/no-fallback': [FALLBACKS],
  'gateway/untested-failover': [['test-failover']],
  'jurisdiction/foreign-switch-off': [FALLBACKS],
  'lifecycle/retired-model': [['replace-retired']],
  'region/everything-in-one': [['second-region']],
  'region/pinned-endpoint': [['second-region']],
  'region/single-entry-region': [['second-region']],
};

const BY_CATEGORY: Readonly<Record<string, readonly (readonly Action[])[]>> = {
  concentration: [FALLBACKS],
  'open-weight': [['own-host'], FALLBACKS],
};

interface Context {
  readonly scene: Scene;
  readonly optionsOf: OptionSource;
  readonly targetsOf: TargetSource;
  /** Capabilities of any weight on which a rule put a factor or an edge, by the rule. */
  readonly byFactorRule: ReadonlyMap<string, readonly Capability[]>;
  readonly byEdgeRule: ReadonlyMap<string, readonly Capability[]>;
}

/** Makes the function that says what a finding's remedy gains; null where it cannot be modelled. */
export function gainSource(scene: Scene, optionsOf: OptionSource): Gain {
  const { capabilities } = scene.linked;
  const context: Context = {
    scene,
    optionsOf,
    targetsOf: targetSource(scene.linked),
    byFactorRule: byRule(capabilities, ({ factors }) => factors),
    byEdgeRule: byRule(capabilities, ({ extra }) => extra),
  };
  return (finding) => {
    const remedy = remedyOf(context, finding);
    if (!remedy) return null;
    if (remedy.size === 0) return 0;
    if (scene.spend(1) === 0) return null;
    // Rounding of the last digit is no loss.
    return Math.max(0, scene.before - scene.rescorer.valueAfter(remedy));
  };
}

type Remedy = ReadonlyMap<string, PortfolioCapability>;

/** Capabilities as the remedy leaves them; empty where it touches nothing of weight, undefined where nothing models it. */
function remedyOf(context: Context, finding: Finding): Remedy | undefined {
  const { ruleId, subject } = finding;
  const lists = Object.hasOwn(BY_MOVE, ruleId) ? BY_MOVE[ruleId] : undefined;
  // A host is no part of the score: whatever moves it gains nothing that could be counted.
  if (subject.startsWith('host:')) return undefined;
  if (ruleId === 'gateway/dead-fallback') return byDeadFallback(context, finding);
  const moved = lists && byMoves(context, finding, lists);
  if (moved) return moved;
  const factored = context.byFactorRule.get(ruleId);
  if (factored) return byFactor(context, finding, factored);
  const edged = context.byEdgeRule.get(ruleId);
  if (edged) return byEdge(context, finding, edged);
  const category = ruleId.slice(0, Math.max(0, ruleId.indexOf('/')));
  const ofCategory = Object.hasOwn(BY_CATEGORY, category) ? BY_CATEGORY[category] : undefined;
  return ofCategory && byMoves(context, finding, ofCategory);
}

/** The best move of each affected capability, all at once. */
function byMoves(
  { scene, optionsOf, targetsOf }: Context,
  finding: Finding,
  lists: readonly (readonly Action[])[],
): Remedy | undefined {
  const all = targetsOf(finding);
  const legs = new Map<Capability, Set<number | undefined>>();
  for (const { capability, target } of weighted(scene, all)) {
    legs.set(capability, (legs.get(capability) ?? new Set()).add(target.leg));
  }
  if (legs.size === 0) return all.length > 0 ? new Map() : undefined;
  const remedy = new Map<string, PortfolioCapability>();
  for (const [capability, affected] of legs) {
    // A finding on one leg is mended there; one on several is about the capability.
    const [leg] = affected.size === 1 ? affected : [];
    const option = bestOption(optionsOf(capability), lists, leg);
    if (option) remedy.set(capability.id, option.changed);
  }
  return remedy.size > 0 ? remedy : undefined;
}

function bestOption(
  options: readonly Option[],
  lists: readonly (readonly Action[])[],
  leg: number | undefined,
): Option | undefined {
  for (const actions of lists) {
    const fitting = options.filter(({ moves }) =>
      moves.every((move) => actions.includes(move.action) && (leg === undefined || move.leg === leg)),
    );
    const [first, ...rest] = fitting;
    if (first) return rest.reduce((best, option) => (option.after < best.after ? option : best), first);
  }
  return undefined;
}

function byFactor({ scene, targetsOf }: Context, finding: Finding, factored: readonly Capability[]): Remedy {
  const named = new Set(targetsOf(finding).map(({ capability }) => capability));
  const places = new Set(finding.evidence);
  return changed(scene, factored, (capability, scored) =>
    withoutRule(capability, scored, {
      ruleId: finding.ruleId,
      // Rules on packages and workloads name no capability: the places tell.
      isMeant: (factor) => named.has(capability.id) || factor.evidence.some((id) => places.has(id)),
    }),
  );
}

function byEdge({ scene, targetsOf }: Context, finding: Finding, edged: readonly Capability[]): Remedy {
  const named = new Set(targetsOf(finding).map(({ capability }) => capability));
  return changed(scene, edged, (capability, scored) =>
    named.has(capability.id) ? withoutEdges(scene, { capability, scored, ruleId: finding.ruleId }) : undefined,
  );
}

/** The same fallback in working order; one that could not help even then is to be replaced. */
function byDeadFallback(context: Context, finding: Finding): Remedy | undefined {
  const { scene, targetsOf } = context;
  const remedy = new Map<string, PortfolioCapability>();
  for (const { capability, target } of weighted(scene, targetsOf(finding))) {
    const scored = remedy.get(capability.id) ?? scene.scored.get(capability.id);
    const after = scored && revived(scene, { capability, scored, target });
    if (after) remedy.set(capability.id, after);
  }
  return remedy.size > 0 ? remedy : byMoves(context, finding, [FALLBACKS]);
}

function weighted({ capabilities }: Scene, targets: readonly Target[]): readonly { capability: Capability; target: Target }[] {
  return targets.flatMap((target) => {
    const capability = capabilities.get(target.capability);
    return capability && capability.weight > 0 ? [{ capability, target }] : [];
  });
}

/** Capabilities of weight that a change touches. */
function changed(
  { scored }: Scene,
  capabilities: readonly Capability[],
  change: (capability: Capability, scored: PortfolioCapability) => PortfolioCapability | undefined,
): Remedy {
  const remedy = new Map<string, PortfolioCapability>();
  for (const capability of capabilities) {
    const before = capability.weight > 0 ? scored.get(capability.id) : undefined;
    const after = before && change(capability, before);
    if (after) remedy.set(capability.id, after);
  }
  return remedy;
}

function byRule(
  capabilities: readonly Capability[],
  of: (capability: Capability) => readonly { readonly ruleId: string }[],
): ReadonlyMap<string, readonly Capability[]> {
  const found = new Map<string, Capability[]>();
  for (const capability of capabilities) {
    for (const rule of new Set(of(capability).map(({ ruleId }) => ruleId))) push(found, rule, capability);
  }
  return found;
}

function push(lists: Map<string, Capability[]>, rule: string, capability: Capability): void {
  const list = lists.get(rule);
  if (list) list.push(capability);
  else lists.set(rule, [capability]);
}
