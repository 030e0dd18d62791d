/** One model that several branches of a choice are given is meant for one of them: it is not every client's. */
import type { Reading } from '../model/reading.ts';
import type { Target } from '../model/resolved.ts';
import type { LooseUse } from './uses.ts';

/** Branches that are given a model from one place. */
interface Sharing {
  readonly branches: Set<string>;
  hasUsual: boolean;
}

type Shared = ReadonlyMap<string, Sharing>;

/** The branch that is usually taken keeps what all are given; where none is, link asks whose model it is. */
export function apart(uses: readonly LooseUse[]): readonly LooseUse[] {
  const shared = sharedBy(uses.flatMap(({ targets }) => targets));
  if (!shared.size) return uses;
  return uses.map((use) => ({ ...use, targets: use.targets.map((target) => told(target, shared)) }));
}

function sharedBy(targets: readonly Target[]): Shared {
  const found = new Map<string, Sharing>();
  for (const { branch, facets } of targets) {
    if (!branch) continue;
    for (const reading of modelsOf(facets)) {
      const key = keyOf(branch.of, reading);
      const sharing = found.get(key) ?? { branches: new Set(), hasUsual: false };
      sharing.branches.add(branch.is.join());
      sharing.hasUsual ||= branch.usual;
      found.set(key, sharing);
    }
  }
  return new Map([...found].filter(([, { branches }]) => branches.size > 1));
}

function modelsOf({ model = [], deployment = [] }: Target['facets']): readonly Reading[] {
  return [...model, ...deployment].filter(({ text, why, trail }) => text !== undefined && why === undefined && trail.length > 0);
}

function keyOf(of: string, { text, trail: [at] }: Reading): string {
  return `${of} ${text} ${at?.path}:${at?.line}:${at?.column}`;
}

function told(target: Target, shared: Shared): Target {
  const { branch, facets } = target;
  if (!branch || !modelsOf(facets).some((reading) => shared.has(keyOf(branch.of, reading)))) return target;
  const one = (reading: Reading): Reading => {
    const sharing = reading.text === undefined ? undefined : shared.get(keyOf(branch.of, reading));
    if (!sharing || (sharing.hasUsual && branch.usual)) return reading;
    if (!sharing.hasUsual) return { ...reading, shared: true };
    return { why: 'branch', how: 'unknown', env: reading.env, confidence: 0.6, trail: [] };
  };
  const { model, deployment } = facets;
  return {
    ...target,
    facets: {
      ...facets,
      ...(model ? { model: model.map(one) } : {}),
      ...(deployment ? { deployment: deployment.map(one) } : {}),
    },
  };
}
