/** Adds up what `of` says of each item. */
export function sum<T>(items: Iterable<T>, of: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
}

/** The largest of what `of` says, at least 0. A loop: spreading a long list into Math.max overflows the stack. */
export function largest<T>(items: Iterable<T>, of: (item: T) => number): number {
  let most = 0;
  for (const item of items) most = Math.max(most, of(item));
  return most;
}

/** The smallest of what `of` says, at most 1. */
export function smallest<T>(items: Iterable<T>, of: (item: T) => number): number {
  let least = 1;
  for (const item of items) least = Math.min(least, of(item));
  return least;
}

/** Chance that at least one of independent faults bites. */
export function noisyOr(probabilities: readonly number[]): number {
  let none = 1;
  for (const probability of probabilities) none *= 1 - probability;
  return 1 - none;
}
