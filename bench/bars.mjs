// The bars of this project are ratios within one run, so that a slow machine is slow for everybody.

const FULL = 0.1;
const ORDINARY = 0.02;
const MEMORY = { bar: 250, goal: 180 };

/** Which bar a tree is held to: how much of it speaks of AI. */
export function kindOf({ files, hits }) {
  const share = files === 0 ? 0 : hits / files;
  return share >= FULL ? 'full' : share >= ORDINARY ? 'ordinary' : 'none';
}

/** Every bar that applies, with what was measured. */
export function barsOf(kind, times, peak) {
  const ratio = (one, other) => times.get(one).median / times.get(other).median;
  const first = {
    none: { what: 'first run / rg -l', value: ratio('ours, first run', 'rg -l'), bar: 2.5, goal: 2 },
    ordinary: { what: 'first run / rg -l', value: ratio('ours, first run', 'rg -l'), bar: 5, goal: 4 },
    full: { what: 'first run / rg -n', value: ratio('ours, first run', 'rg -n'), bar: 12, goal: 8 },
  }[kind];
  const rows = [first, { what: 'second run / rg -l', value: ratio('ours, second run', 'rg -l'), bar: 3, goal: 2 }];
  if (times.has('cdxgen aibom')) {
    rows.push({ what: 'first run / cdxgen', value: ratio('ours, first run', 'cdxgen aibom'), bar: 0.6, goal: 0.4 });
  }
  if (peak !== undefined) rows.push({ what: 'peak memory, MB', value: peak, ...MEMORY });
  return rows.map((row) => ({ ...row, verdict: row.value <= row.goal ? 'goal' : row.value <= row.bar ? 'bar' : 'over' }));
}
