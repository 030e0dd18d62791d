/** Ways out, and what mending each finding would gain: changed portfolios, scored again as a whole. */
import type { Finding, PlanB } from '../model/report.ts';
import { gainSource } from './fix-gain.ts';
import { optionSource } from './options.ts';
import { type Planned, planOf } from './plan.ts';
import { type AdviseInput, setScene } from './scene.ts';

/** Proposes what to change and fills in `fixGain`; the findings keep their order. */
export function advise(input: AdviseInput): { readonly planB: readonly PlanB[]; readonly findings: readonly Finding[] } {
  const { planned, findings } = adviseInDetail(input);
  return { planB: planned.map(({ entry }) => entry), findings };
}

/** The same with the changed capability of each plan, for whoever checks the numbers. */
export function adviseInDetail(input: AdviseInput): {
  readonly planned: readonly Planned[];
  readonly findings: readonly Finding[];
} {
  const scene = setScene(input);
  if (!scene) return { planned: [], findings: input.findings.map((finding) => ({ ...finding, fixGain: null })) };
  const optionsOf = optionSource(scene);
  const planned = planOf(scene, optionsOf);
  const gainOf = gainSource(scene, optionsOf);
  return { planned, findings: input.findings.map((finding) => ({ ...finding, fixGain: gainOf(finding) })) };
}
