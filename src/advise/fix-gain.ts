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
  /** Rules that put a factor or an edge on some capability. */
  readonly factorRules: ReadonlySet<string>;
  readonly edgeRules: ReadonlySet<string>;
}

/** Makes the function that says what a finding's remedy gains; null where it cannot be modelled. */
export function gainSource(scene: Scene, optionsOf: OptionSource): Gain {
  const { capabilities } = scene.linked;
  const context: Context = {
    scene,
    optionsOf,
    targetsOf: targetSource(scene.linked),
    factorRules: new Set(capabilities.flatMap(({ factors }) => factors.map(({ ruleId }) => ruleId))),
    edgeRules: new Set(capabilities.flatMap(({ extra }) => extra.map(({ ruleId }) => ruleId))),
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
  if (context.factorRules.has(ruleId)) return byFactor(context, finding);
  if (context.edgeRules.has(ruleId)) return byEdge(context, finding);
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
  const targets = weighted(scene, all);
  if (targets.length === 0) return all.length > 0 ? new Map() : undefined;
  const remedy = new Map<string, PortfolioCapability>();
  for (const capability of new Set(targets.map((one) => one.capability))) {
    const legs = new Set(targets.flatMap((one) => (one.capability === capability ? [one.target.leg] : [])));
    // A finding on one leg is mended there; one on several is about the capability.
    const [leg] = legs.size === 1 ? legs : [];
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

function byFactor({ scene, targetsOf }: Context, finding: Finding): Remedy {
  const named = new Set(targetsOf(finding).map(({ capability }) => capability));
  const places = new Set(finding.evidence);
  return changed(scene, (capability, scored) =>
    withoutRule(capability, scored, {
      ruleId: finding.ruleId,
      // Rules on packages and workloads name no capability: the places tell.
      isMeant: (factor) => named.has(capability.id) || factor.evidence.some((id) => places.has(id)),
    }),
  );
}

function byEdge({ scene, targetsOf }: Context, finding: Finding): Remedy {
  const named = new Set(targetsOf(finding).map(({ capability }) => capability));
  return changed(scene, (capability, scored) =>
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
  { linked, scored }: Scene,
  change: (capability: Capability, scored: PortfolioCapability) => PortfolioCapability | undefined,
): Remedy {
  const remedy = new Map<string, PortfolioCapability>();
  for (const capability of linked.capabilities) {
    const before = capability.weight > 0 ? scored.get(capability.id) : undefined;
    const after = before && change(capability, before);
    if (after) remedy.set(capability.id, after);
  }
  return remedy;
}
