/** `ai-deps catalog stale`: facts by age, and those that weigh without a primary source. */
import type { CompiledPack } from '../../pack/compiled.ts';
import { type Fact, factsIn } from './facts.ts';
import { allRows } from './kinds.ts';

export interface AgedFact extends Fact {
  /** Days from the date of the fact to as-of; a month counts from its first day. */
  readonly age: number;
}

const DAY = 86_400_000;

/** Facts older than that many days, and unverified ones that can change a score whatever their age; the oldest first. */
export function staleFacts(pack: CompiledPack, { asOf, olderThan }: { asOf: string; olderThan: number }): readonly AgedFact[] {
  const now = Date.parse(asOf);
  return allRows(pack)
    .flatMap((row) => factsIn(row))
    .map((fact) => ({
      ...fact,
      age: Math.floor((now - Date.parse(fact.date.length === 7 ? `${fact.date}-01` : fact.date)) / DAY),
    }))
    .filter(({ age, verified, weighs }) => age > olderThan || (!verified && weighs))
    .sort((left, right) => right.age - left.age || Number(left.verified) - Number(right.verified));
}
