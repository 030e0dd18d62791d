/** What stops when things go away: scenarios, and the most exposed node of each layer. */
import type { Linked } from '../model/graph.ts';
import type { LayerRow, WhatIfBlock } from '../model/report.ts';
import type { Scenario } from '../model/rule.ts';
import type { Portfolio } from '../score/portfolio.ts';
import type { UnknownMode } from '../score/settle.ts';
import { whatIf } from '../score/what-if.ts';
import type { Measured } from './measured.ts';
import { nodeName } from './node-name.ts';
import { exactly, expand, type OwnerFacts } from './selectors.ts';

export interface LossOptions {
  readonly scenarios: readonly Pick<Scenario, 'id' | 'title' | 'lose'>[];
  readonly facts: OwnerFacts;
  readonly unknown: UnknownMode;
}

/** The loss of each scenario, in the order given. Exposures are 0..1. */
export function losses(linked: Linked, portfolio: Portfolio, { scenarios, facts, unknown }: LossOptions): readonly WhatIfBlock[] {
  return scenarios.map(({ id, title, lose }) =>
    blockOf({ scenario: id, title, lost: expand(lose, linked, facts) }, portfolio, unknown),
  );
}

/** The loss of the most exposed node of each layer; layers on which nothing rests are left out. */
export function worstPerLayer({ portfolio, layers }: Measured, { unknown }: { unknown: UnknownMode }): readonly WhatIfBlock[] {
  const home = new Set(portfolio.home);
  return layers.flatMap((row) => {
    const worst = row.shares.find((share) => share.exposure > 0 && canBeLost(row, share.node, home));
    if (!worst) return [];
    return [blockOf({ scenario: worst.node, title: `${worst.name} goes away`, lost: [exactly(worst.node)] }, portfolio, unknown)];
  });
}

/** Nobody can lose what has no name, and one's own country is no supplier. */
function canBeLost({ layer }: LayerRow, node: string, home: ReadonlySet<string>): boolean {
  const name = nodeName(node);
  if (name === 'unknown' || name.startsWith('unknown:')) return false;
  return layer !== 'jurisdiction' || !home.has(name);
}

type Scene = Pick<WhatIfBlock, 'scenario' | 'title' | 'lost'>;

function blockOf(scene: Scene, portfolio: Portfolio, unknown: UnknownMode): WhatIfBlock {
  const loss = whatIf(portfolio, scene.lost, { unknown });
  return {
    ...scene,
    exposure: fractionOf(loss.exposure),
    unknown: fractionOf(loss.unknown),
    infrastructure: fractionOf(loss.infrastructure),
    capabilities: [...loss.rows].sort((one, other) => (one.id < other.id ? -1 : 1)),
  };
}

/** The model speaks in percent, the report in parts of one. */
function fractionOf(percent: number | null): number | null {
  return percent === null ? null : percent / 100;
}
