/** What a loss does, in words. */
import type { WhatIfBlock } from '../../model/report.ts';
import { counted, type Screen } from './screen.ts';

type Row = WhatIfBlock['capabilities'][number];

/** State -> what one capability does, and several. Worst first. */
const STATES: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['dark', ['stops', 'stop']],
  ['manual', ['needs a switch by hand', 'need a switch by hand']],
  ['failover', ['fails over', 'fail over']],
  ['at-risk', ['is weakened', 'are weakened']],
  ['unknown', ['not known', 'not known']],
  ['ok', ['ok', 'ok']],
]);

/** Beyond so many, capabilities are counted instead of named. */
const NAMED = 4;

/** What happens to the capabilities that count, and to workloads without AI that are hit: the worst first, those of one fate together. */
export function lossInWords({ capabilities }: WhatIfBlock, screen: Screen): readonly string[] {
  const rows = capabilities.filter(({ id, state }) => screen.scored.has(id) || (isInfrastructure(id, screen) && state !== 'ok'));
  const most = rows.length <= NAMED ? NAMED : 1;
  let isFirst = true;
  return [...STATES].flatMap(([state, [one, many]]) => {
    const those = rows.filter((row) => row.state === state);
    if (those.length === 0) return [];
    const words = those.length === 1 ? one : many;
    if (those.length <= most) return [`${listed(those, screen)} ${words}`];
    if (those.length === rows.length) return [`all ${rows.length} ${words}`];
    const amount = isFirst ? `${those.length} of ${rows.length}` : those.length;
    isFirst = false;
    return [`${amount} ${words}`];
  });
}

/** The rest of `if it goes, …`: what happens to the capabilities that count. */
export function consequence({ capabilities }: WhatIfBlock, screen: Screen): string {
  const rows = capabilities.filter(({ id }) => screen.scored.has(id));
  for (const [state, [one, many]] of STATES) {
    const hit = rows.filter((row) => row.state === state).length;
    if (state === 'ok' || hit === 0) continue;
    if (state === 'unknown')
      return `what happens to ${hit} of ${counted(rows.length, 'capability', 'capabilities')} is not known`;
    if (rows.length === 1) return `the only capability ${one}`;
    return `${hit} of ${rows.length} capabilities ${hit === 1 ? one : many}`;
  }
  return 'nothing stops';
}

/** `chat`, `chat and agent`, `chat, agent and embeddings`. */
function listed(rows: readonly Row[], { names }: Screen): string {
  const all = rows.map(({ id }) => names.get(id) ?? id);
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}

function isInfrastructure(id: string, { capabilities }: Screen): boolean {
  return !capabilities.has(id);
}
